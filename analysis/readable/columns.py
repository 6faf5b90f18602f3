"""Every readable table, declared once: its columns in order, with the kind and meaning of each."""

from dataclasses import dataclass
from typing import Final

TEXT, LONG, DAY, COUNT, NUMBER, SHARE, YES_NO, LINK = (
    "text",
    "long text",
    "day",
    "count",
    "number",
    "share",
    "yes or no",
    "link",
)


@dataclass(frozen=True)
class Column:
    """One column of a readable table."""

    name: str
    kind: str  # one of those above
    about: str  # its meaning, for a reader


@dataclass(frozen=True)
class ReadableTable:
    """A readable table."""

    name: str
    about: str  # what a row is
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]


DATE = Column("date", DAY, "day on which the article was published; empty if unknown")
OUTLET = Column(
    "outlet",
    TEXT,
    "who published the article, which state runs it, and from what it is translated; empty if unknown",
)
TITLE = Column("title", TEXT, "headline of the article")
LINK_TO = Column("link", LINK, "web address of the article, if known")
FILE = Column("file", TEXT, "file in the folder of articles, and the line in it if it has several articles")
SENTENCE = Column("sentence", LONG, "the passage of the article that says so")
CORRECTED = Column("corrected", YES_NO, "whether an analyst corrected something in this row")
PAIR = Column("pair", TEXT, "the two countries or blocs, in alphabetical order of their codes")
ORIGINAL = Column(
    "original",
    TEXT,
    "language and file of the original of a translated article, or that it is not at hand",
)
SOURCES = (LINK_TO, FILE, ORIGINAL)
SIDES = (
    Column("who", TEXT, "who acts, as the article has it"),
    Column("who (country)", TEXT, "country or bloc of whoever acts"),
    Column("whom", TEXT, "whom the act is aimed at, as the article has it"),
    Column("whom (country)", TEXT, "country or bloc that the act is aimed at"),
    PAIR,
)
WHAT = Column("what", TEXT, "what is done, in plain words, such as *air strike* or *tariffs*")
KIND_OF_ACT = Column("kind", TEXT, "words or deeds, cooperative or hostile; or a request, which is neither")
HARM = (
    Column("where", TEXT, "where it happens, as the article has it"),
    Column("killed", COUNT, "how many people the act is said to have killed; empty if no number is given"),
    Column("injured", COUNT, "how many people the act is said to have injured; empty if no number is given"),
)
INTENSITY = Column(
    "intensity", NUMBER, "from -10, the most hostile, to +10, the most cooperative (PLOVER scores)"
)

ARTICLES: Final = ReadableTable(
    "articles",
    "One row for each article that was read.",
    (
        DATE,
        OUTLET,
        TITLE,
        Column("author", TEXT, "who wrote it, if the file says"),
        Column("words", COUNT, "length of the text in words"),
        Column("statements", COUNT, "its rows in the table of statements"),
        Column("events", COUNT, "its rows in the table of events; each says who does what to whom"),
        Column("reprints", COUNT, "how many other articles here tell the same story in the same words"),
        Column("note", LONG, "a note by an analyst, or the source of the date"),
        CORRECTED,
        *SOURCES,
    ),
)
STATEMENTS: Final = ReadableTable(
    "statements",
    "One row for each statement that is attributed to somebody, in quotation marks or not.",
    (
        DATE,
        OUTLET,
        TITLE,
        Column("speaker", TEXT, "who said it; empty if the article does not say"),
        Column("role", TEXT, "post or office of the speaker, as the article has it"),
        Column("affiliation", TEXT, "the body the speaker belongs to, as the article has it"),
        Column("country", TEXT, "country of the speaker"),
        Column("verb", TEXT, "the reporting word; with *deny*, the statement is what the speaker denies"),
        Column("statement", LONG, "what was said"),
        Column(
            "kind",
            TEXT,
            "direct: all in quotation marks; partial: partly; indirect: not; translated: in a translation",
        ),
        Column("for", TEXT, "whom the speaker supports or praises"),
        Column("against", TEXT, "whom the speaker opposes or blames"),
        Column("also names", TEXT, "whom the speaker names without a clear stance"),
        Column("tone", NUMBER, "tone of the words (TextBlob), from -1, negative, to +1, positive"),
        Column("how sure", SHARE, "how likely it is that this is the right speaker"),
        SENTENCE,
        CORRECTED,
        *SOURCES,
    ),
)
EVENTS: Final = ReadableTable(
    "events",
    "One row for each event: something that a sentence reports as done, announced, considered or denied. "
    "Several rows may be about one event.",
    (
        DATE,
        OUTLET,
        TITLE,
        SENTENCE,
        *SIDES,
        WHAT,
        KIND_OF_ACT,
        Column(
            "status",
            TEXT,
            "past and ongoing: done; future: announced; hypothetical: only considered; negated: said not to "
            "have happened; historical: long ago, such as in a year that ended more than 90 days "
            "before the article",
        ),
        Column("when", TEXT, "the words that date the act, if there are any"),
        *HARM,
        Column("said by", TEXT, "who reports the act; empty if the article itself does"),
        INTENSITY,
        Column("how sure", SHARE, "how likely it is that the act was read correctly"),
        CORRECTED,
        *SOURCES,
    ),
)
INCIDENTS: Final = ReadableTable(
    "incidents",
    "One row for each incident between two sides, done or announced, however many stories report it.",
    (
        Column("date", DAY, "day of the incident, or of its first report if no article names a day"),
        Column("until", DAY, "last day of the incident; same as its date if it lasted one day"),
        Column("day named", YES_NO, "whether an article names the day; no: the day of the first report"),
        *SIDES,
        WHAT,
        KIND_OF_ACT,
        Column("status", TEXT, "done or announced"),
        Column("claim of", TEXT, "the only side that says so; empty if others report it too"),
        Column("denied", YES_NO, "whether an article reports that somebody denies it"),
        *HARM,
        Column("theme", TEXT, "what its sentences are about"),
        Column("stories", COUNT, "stories that report it, reprints counted once"),
        Column(
            "outlets", COUNT, "independent outlets that report it: those of one owner or state count once"
        ),
        Column("first reported", DAY, "day of the first article that reports it"),
        Column("last reported", DAY, "day of the newest article that reports it"),
        INTENSITY,
        Column("how sure", SHARE, "how likely it is that at least one report of it was read correctly"),
        Column("sentence", LONG, "the clearest sentence that reports it"),
        Column("outlet", TEXT, "who published this sentence; empty if unknown"),
        Column("title", TEXT, "headline of the article with this sentence"),
        CORRECTED,
        *SOURCES,
    ),
)
TOPICS: Final = ReadableTable(
    "topics",
    "One row for each sentence and each topic that it is about.",
    (
        DATE,
        OUTLET,
        TITLE,
        SENTENCE,
        Column("kind", TEXT, "theme: what it is about; theatre: the part of the world it is about"),
        Column("topic", TEXT, "the theme or theatre"),
        Column("share", SHARE, "the share of this topic among the themes, or theatres, of the sentence"),
        Column("words", TEXT, "the words that decided it; empty where the reader or an analyst decided"),
        CORRECTED,
        FILE,
        ORIGINAL,
    ),
)
INDICATORS: Final = ReadableTable(
    "indicators",
    "One row for each pair of countries and each indicator, over all days.",
    (
        PAIR,
        Column("indicator", TEXT, "what is measured"),
        Column("value", NUMBER, "the value; empty if nothing was found to measure"),
        Column("low", NUMBER, "lower end of the 95% interval; empty if unknown"),
        Column("high", NUMBER, "upper end of the 95% interval; empty if unknown"),
        Column("events", COUNT, "events behind the value; for shares of stories, the stories that match"),
        Column("stories", COUNT, "stories behind the value; for values per story, all stories read"),
        Column("range", TEXT, "the lowest and highest possible value of the indicator"),
        Column("direction", TEXT, "which way is worse"),
        Column("meaning", LONG, "how the indicator is defined"),
    ),
)
WEEKS: Final = ReadableTable(
    "weeks",
    "One row for each pair of countries and each week in which something is done or announced between them.",
    (
        Column("week", DAY, "Monday of the week in which the articles were published"),
        PAIR,
        Column("conflict per story", NUMBER, "weight of hostile acts per story read, from 0 to 1"),
        Column("low", NUMBER, "lower end of the 95% interval of the conflict per story"),
        Column("high", NUMBER, "upper end of the 95% interval of the conflict per story"),
        Column("hostile words", COUNT, "accusations, rejections and threats"),
        Column("hostile deeds", COUNT, "protest, sanctions, mobilisation, coercion and assault"),
        Column("cooperative words", COUNT, "talks, agreements and support in words"),
        Column("cooperative deeds", COUNT, "cooperation, aid and concessions in deeds"),
        Column("hostile, announced", COUNT, "hostile events that are announced"),
        Column("cooperative, announced", COUNT, "cooperative events that are announced"),
        Column("stories read", COUNT, "all stories of the week, whatever countries they are about"),
    ),
)
CORRECTIONS: Final = ReadableTable(
    "corrections",
    "One row for each correction by an analyst, including those that a later one replaces.",
    (
        Column("made on", DAY, "day of the correction"),
        Column("made by", TEXT, "who made it"),
        Column("about", TEXT, "what was corrected: an article, a statement, an event or a sentence"),
        Column("what", TEXT, "what was done: added, removed, or the field that was corrected"),
        Column("before", TEXT, "what the program said"),
        Column("after", TEXT, "what the analyst says"),
        Column("why", LONG, "the analyst's reason"),
        Column("applied", YES_NO, "whether it changes the tables now"),
        Column("still applies", LONG, "whether it still matches what the program reads, and if not, why"),
        DATE,
        TITLE,
        Column("beginning", LONG, "the first words of the corrected passage"),
        *SOURCES,
    ),
)
REJECTED: Final = ReadableTable(
    "rejected",
    "One row for each file or record that could not be read.",
    (
        Column("file", TEXT, "file in the folder of articles, and the line in it if it has several records"),
        Column("reason", LONG, "why it could not be read"),
    ),
)
IN_NOTEBOOKS: Final = {
    "statements": ("date", "outlet", "speaker", "role", "country", "statement", "for", "against", "how sure"),
    "events": ("date", "outlet", "who", "whom", "what", "status", "sentence", "how sure"),
    "incidents": ("date", "who", "whom", "what", "status", "where", "stories", "sentence", "how sure"),
}
"""The columns of each table that a notebook shows: as many as fit of those by which a reader judges a row."""
TABLES: Final = {
    table.name: table
    for table in (
        ARTICLES,
        STATEMENTS,
        EVENTS,
        INCIDENTS,
        TOPICS,
        INDICATORS,
        WEEKS,
        CORRECTIONS,
        REJECTED,
    )
}
