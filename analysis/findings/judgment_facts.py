"""What a key judgment says, as values: one dataclass for each rule, which a template of its name words."""

from dataclasses import dataclass
from datetime import date

from analysis.findings.acts import ActCount
from analysis.findings.support import Support
from analysis.findings.wording import words


@dataclass(frozen=True)
class Change:
    """Hostility between a pair rose or eased."""

    pair: str
    is_rise: bool
    term: str  # of likelihood
    since: str  # what it is compared with
    indicator: str
    before_value: float
    value: float
    reason: str  # the acts that moved it, as in `Changes`
    low: float  # of the 95% interval of the difference
    high: float
    before_story_count: int
    story_count: int


@dataclass(frozen=True)
class Alert:
    """A pair stands out in the latest period."""

    pair: str
    period: str
    kind: str  # "spike" or "new rung"
    line: str  # how it stands out, as in `Alerts`


@dataclass(frozen=True)
class ActShare:
    """The acts of one kind among those of a pair."""

    kind: str  # "cooperative" or "hostile"
    count: int  # of which an act of both sides is one
    acts: tuple[ActCount, ...]  # the most frequent
    has_more: bool  # kinds of act than these


@dataclass(frozen=True)
class Balance:
    """What the acts of a pair mostly are."""

    pair: str
    story_count: int
    degree: str  # "mostly", "only", or "both" where neither kind prevails
    kind: str  # which kind is in the majority, if only by one: "cooperative" or "hostile"
    other_kind: str
    newest: tuple[ActCount, ...]  # acts of the newest story; none where all are of one day
    newest_day: date | None
    shares: tuple[ActShare, ...]  # the larger first
    demand_count: int
    turning_count: int  # further acts of the other kind that would end the majority


@dataclass(frozen=True)
class Contested:
    """What speakers of one side report of the other side's dealings with a third country."""

    reporter: str  # country codes
    source: str
    target: str
    root: str
    answer_count: int  # statements by speakers of `source` that name `target`


@dataclass(frozen=True)
class Announced:
    """What is announced between a pair and not reported as done since."""

    pair: str
    story_count: int
    kinds: tuple[str, ...]  # "contact", "pressure"
    last_day: date | None  # of the announcements, if newer articles do not repeat them
    acts: tuple[ActCount, ...]


@dataclass(frozen=True)
class ForceBetween:
    """A pair between which force is reported."""

    pair: str
    story_count: int
    last_day: date | None  # of the reports, if newer articles do not repeat them
    accords: tuple[ActCount, ...]  # agreements and concessions reported as late as the force


@dataclass(frozen=True)
class Force:
    """Between which pairs force is reported, in the order of the pairs."""

    recent: tuple[ForceBetween, ...]
    unnamed_recent_count: int  # further pairs
    older: tuple[ForceBetween, ...]
    unnamed_older_count: int


Fact = Change | Alert | Balance | Contested | Announced | Force


@dataclass(frozen=True)
class Judgment:
    """One key judgment: exactly one of `likelihood` and `confidence` is filled."""

    rule: str  # also the name of the template that words it
    subject: str  # pairs of countries, as "CHN-USA" or "IRN-ISR RUS-UKR"
    fact: Fact
    support: Support | None  # what a confidence rests on
    likelihood: str
    confidence: str
    event_ids: tuple[str, ...]

    def worded(self, form: str) -> str:
        return words(f"findings/judgments/{self.rule}", form, self.fact)

    @property
    def statement(self) -> str:
        return self.worded("statement")

    @property
    def short(self) -> str:
        """The statement without its examples and numbers of stories, as a clause that begins a sentence."""
        return self.worded("short")

    @property
    def aside(self) -> str:
        """The same as a clause within a sentence; only of the rules "contested" and "force"."""
        return self.worded("aside")

    @property
    def alternative(self) -> str:
        """Another way to read the same reports."""
        return self.worded("alternative")

    @property
    def overturn(self) -> str:
        """What would change the judgment."""
        return self.worded("overturn")

    @property
    def basis(self) -> str:
        """Why this term or level."""
        if self.support is None:
            return self.worded("basis")
        return words("findings/judgments/support", "basis", self.support)
