"""Lists and tables of a corpus with their evidence, each a method: type `corpus.views.` and press Tab."""

from pathlib import Path

from analysis.charts.world_map import NO_INCIDENTS
from analysis.findings.corpus_inventory import date_basis, inventory_view, rejected_view, reprints_view
from analysis.findings.incident_lines import leading_lines, no_timeline, timeline_groups
from analysis.findings.one_country import nothing_about
from analysis.findings.one_speaker import change_sentences, statement_targets
from analysis.findings.page import MOST_LISTED
from analysis.findings.pair_stories import pair_stories
from analysis.indicators.incident_timeline import country_levels, pair_levels, sure_incidents
from analysis.indicators.speaker_stances import stance_changes
from analysis.nlp.topics.discovery import discover_topics, load_memory
from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.live import following
from analysis.notebook.over_time import (
    asked_country,
    asked_incidents,
    asked_speaker,
    asked_theme,
    country_view,
)
from analysis.pipeline.desk import kept_for
from analysis.pipeline.reporting_period import AUTO
from analysis.views.articles import MAX_ARTICLES, corpus_view, discovered_view, one_theme_view, topic_view
from analysis.views.corrections import corrections_view
from analysis.views.incidents import incidents_view, timeline_view
from analysis.views.pairs import map_table, spikes_view, stories_view
from analysis.views.render import View, view
from analysis.views.speakers import one_speaker_view, speaker_view, statements_by_period

KEPT_BESIDE_NOTEBOOKS = "../.faultline"
MOST_IN_TIMELINE = 200  # incidents of an exported page; the explorer has all


@following
class Views:
    """Lists and tables, every number with the sentences it comes from."""

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

    def sources(self) -> View:
        """Each article with its outlet and date and where the date comes from; articles by outlet."""
        articles = self._corpus.articles
        return inventory_view(articles, date_basis(articles, self._corpus.seeds))

    def articles(self) -> View:
        """The articles that the tables come from, and the files that were rejected."""
        articles = self._corpus.articles
        is_used = articles["article_id"].isin(self._corpus.sentences["article_id"])
        return corpus_view(articles[is_used], self._corpus.rejected)

    def rejected(self) -> View:
        """Files that were rejected, with the reason."""
        return rejected_view(self._corpus.rejected)

    def reprints(self) -> View:
        """Stories that several articles tell."""
        return reprints_view(self._corpus.articles)

    def corrections(self) -> View:
        """What an analyst corrected, and whether each correction still applies."""
        return corrections_view(self._corpus.as_read)

    def themes(self) -> View:
        """Each theme with its sentences, in which the words that decided are marked."""
        return topic_view(self._corpus.tables, "theme")

    def theatres(self) -> View:
        """Each theatre with its sentences, in which the words that decided are marked."""
        return topic_view(self._corpus.tables, "theatre")

    def theme(self, theme: str = "") -> View | None:
        """How much is written on one theme, by day, week or month and by outlet, with its newest sentences.

        Args:
            theme: its name, or words that only it contains, such as "trade"; None is shown for "".

        Raises:
            CorpusError: there is no such theme, or there are several; the message suggests some.
        """
        if not theme.strip():
            return None
        one = asked_theme(self._corpus, theme)
        return one_theme_view(self._corpus.tables, one.theme, one.by_period, one.by_outlet)

    def discovered_topics(self, memory: str = AUTO, *, most: int = MAX_ARTICLES) -> View:
        """Topics that the corpus suggests by itself; none below twenty articles.

        Args:
            memory: file of the last briefing with the words of its topics, so that each keeps its number;
                "auto": that of these articles, in `../.faultline`.
            most: how many articles a topic opens to, those that have most of it.
        """
        path = self._kept("discovered_topics.json") if memory == AUTO else memory
        discovered, _ = discover_topics(self._corpus.articles, load_memory(path))
        return discovered_view(discovered, self._corpus.articles, most=most)

    def briefings(self) -> View:
        """The briefings written so far, those of desks too, the newest first, each with a link to it."""
        from analysis.briefing.build import briefings_in  # the rest of a notebook needs none of it

        folder = Path(self._corpus.store or KEPT_BESIDE_NOTEBOOKS).parent / "briefings"
        return view("views/briefings", briefings=briefings_in(folder), folder=folder.as_posix())

    def _kept(self, name: str) -> str:
        """The path of something that is kept beside the notebooks for this folder of articles."""
        return str(kept_for(self._corpus.seeds, KEPT_BESIDE_NOTEBOOKS) / name)

    def speakers(self) -> View:
        """Each speaker with every statement marked in its paragraph, and whom they speak about."""
        return speaker_view(self._corpus.tables)

    def speaker(self, name: str = "") -> View | None:
        """What one person said over time: about whom, how it changed, and every statement by date and outlet.

        Args:
            name: a name or part of one, such as "Lavrov", or a speaker's id; None is shown for "".

        Raises:
            CorpusError: nobody has that name, or several do; the message suggests names.
        """
        if not name.strip():
            return None
        one = asked_speaker(self._corpus, name)
        on = statement_targets(one.dated, one.names)
        return one_speaker_view(
            one.facts,
            change_sentences(stance_changes(one.dated), one.names),
            one.periods,
            one.names,
            statements_by_period(one.quotes, self._corpus.tables, on, period=one.period),
        )

    def incidents(self, *, most: int = MOST_LISTED) -> View:
        """What happened in the reporting period and what is announced, by day, each with its sentence.

        Args:
            most: how many that have happened, and how many announced ones.
        """
        inputs = self._corpus.period_inputs
        return incidents_view(leading_lines(inputs, most), total=len(inputs.current))

    def timeline(self, *, kind: str = "", country: str = "", pair: str = "", least_stories: int = 1) -> View:
        """Incidents of the reporting period by day, week or month; each group opens to its incidents.

        Args:
            kind: "force", "threats", "talks and visits" or another kind that the explorer of incidents lists.
            country: only incidents of this country or bloc, by name or code.
            pair: only incidents between these two.
            least_stories: only incidents that at least this many stories report.

        Raises:
            CorpusError: one of them is not what it should be.
        """
        asked = {"kind": kind, "country": country, "pair": pair, "least_stories": least_stories}
        found = asked_incidents(self._corpus, **asked)
        if sentence := no_timeline(self._corpus.period_inputs.current):
            return view("views/note", sentence=sentence)
        groups = timeline_groups(found, self._corpus.period_inputs, most=MOST_IN_TIMELINE)
        return timeline_view(groups, total=len(found))

    def country(self, country: str = "") -> View | None:
        """One country over time: its partners and incidents, what its speakers say, what others say about it.

        Args:
            country: a country or bloc, by name or code, such as "Iran" or "EU"; None is shown for "" and for
                several.

        Raises:
            CorpusError: it is neither; the message suggests some.
        """
        if not country.strip() or "," in country or ";" in country:
            return None
        one = asked_country(self._corpus, country)
        return view("views/note", sentence=nothing_about(one)) if one.is_empty else country_view(one)

    def countries(self) -> View:
        """The numbers of the world map: conflict reported about each country, and the leading pairs."""
        inputs = self._corpus.period_inputs
        incidents = sure_incidents(inputs.current)
        if incidents.empty:
            return view("views/note", sentence=NO_INCIDENTS)
        return map_table(country_levels(incidents), pair_levels(incidents, inputs.sides["dyad"]))

    def pairs_in_short(self) -> View:
        """What eases, what strains and what is announced between each leading pair."""
        return stories_view(pair_stories(self._corpus.period_inputs))

    def spikes(self) -> View:
        """When a pair was far more hostile than it usually is, with the events that made each spike."""
        return spikes_view(self._corpus.spikes, self._corpus.tables)
