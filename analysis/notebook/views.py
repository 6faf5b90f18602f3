"""What the notebooks show of a corpus, each a method: type `corpus.charts.` or `corpus.views.` and press Tab.

Numbers come with the sentences they are from; a chart with rows that an analyst corrected says so.
"""

from pathlib import Path
from typing import Final

from pandas import DataFrame, concat

from analysis.briefing.front_page import MIN_COUNTRIES_ON_MAP, SENTENCES, period_chart
from analysis.charts.bars import spikes_chart, topic_chart
from analysis.charts.base import Chart, empty_chart, with_sentence
from analysis.charts.grids import (
    speaker_over_time_chart,
    theme_by_theatre_chart,
    theme_over_time_chart,
    topic_by_speaker_chart,
)
from analysis.charts.network import network_chart
from analysis.charts.timeline import (
    country_over_time_chart,
    incidents_chart,
    weekly_chart,
    what_is_left_out,
)
from analysis.charts.world_map import NO_INCIDENTS, world_map
from analysis.country_names import country_in_sentence, dyad_in_sentence
from analysis.evaluation.measured import stance_sentence
from analysis.findings.answers import (
    Answer,
    speaker_answer,
    speaker_robustness,
    tension_robustness,
    topic_answer,
    topic_robustness,
)
from analysis.findings.corpus_inventory import (
    corpus_answer,
    date_basis,
    inventory_view,
    rejected_view,
    reprints_view,
)
from analysis.findings.incident_lines import (
    incident_lines,
    leading_lines,
    no_timeline,
    pair_stories,
    timeline_groups,
)
from analysis.findings.page import MAX_LISTED_INCIDENTS
from analysis.findings.subjects import (
    OneCountry,
    change_sentences,
    find_speaker,
    find_theme,
    nothing_about,
    speaker_facts,
    statement_targets,
    target_names,
)
from analysis.findings.wording import words
from analysis.indicators.incident_timeline import (
    country_levels,
    incident_timeline,
    pair_levels,
    sides_over_time,
    sure_incidents,
)
from analysis.indicators.periods import ALL, readable_period
from analysis.indicators.speaker_stances import dated_stances, stance_changes, stance_periods
from analysis.indicators.theme_shares import theme_shares
from analysis.nlp.topics.discovery import discover_topics, load_memory
from analysis.notebook.corpus_tables import CorpusError, CorpusTables, Following, plain_errors
from analysis.phrasing import counted
from analysis.pipeline.desk import kept_for
from analysis.pipeline.filters import Scope, deduplicate, narrowed
from analysis.pipeline.typed_names import checked_side
from analysis.schemas import Incidents
from analysis.views.articles import MAX_ARTICLES, discovered_view, one_theme_view, topic_view
from analysis.views.corrections import corrections_sentence, corrections_view
from analysis.views.evidence import statement_rows
from analysis.views.incidents import (
    incidents_view,
    map_table,
    one_country_view,
    partner_rows,
    spikes_view,
    telling_rows,
    timeline_view,
)
from analysis.views.render import View, answer_view, view
from analysis.views.speakers import one_speaker_view, speaker_view, statements_by_period, voices_view

KEPT_BESIDE_NOTEBOOKS = "../.faultline"
MAX_IN_TIMELINE = 200  # incidents of an exported page; the explorer has all
MAX_COUNTRY_STATEMENTS = 30  # of a country, of each side


TONE_SENTENCE: Final = (
    "Tone tells how something is put, not what the speaker thinks of anyone: a calm sentence about a war can "
    "be warm, and tone detects conflict no better than a coin toss (macro-F1 0.52)."
)


class Charts(Following):
    """Charts of a corpus. A chart with rows that an analyst corrected says so at its foot."""

    def _noted(self, chart: Chart, *tables: str) -> Chart:
        """The chart with a note on the corrections in the tables that it was made from."""
        return with_sentence(chart, corrections_sentence(self._corpus.tables, *tables))

    def themes(self) -> Chart:
        """Share of the sentences in which each theme occurs."""
        return self._noted(topic_chart(self._corpus.tables.topics, self._corpus.tables.sentences), "topics")

    def theatres(self) -> Chart:
        """Share of the sentences that are about each part of the world."""
        tables = self._corpus.tables
        return self._noted(topic_chart(tables.topics, tables.sentences, dimension="theatre"), "topics")

    def theme(self, theme: str) -> Chart | None:
        """The share of each outlet's articles that have one theme, by day, week or month.

        Args:
            theme: its name, or words that only it contains, such as "trade"; None is shown for "".

        Raises:
            CorpusError: there is no such theme, or there are several; the message suggests some.
        """
        found, period, shares = asked_theme(self._corpus, theme)
        by_period = shares[(shares["period"] == ALL) == (period == ALL)]
        chart = theme_over_time_chart(by_period, theme=found, period=period)
        return self._noted(chart, "topics", "articles")

    def themes_by_theatre(self) -> Chart:
        """How many sentences name a theme and a theatre together."""
        return self._noted(theme_by_theatre_chart(self._corpus.tables.topics), "topics")

    def tone_and_stance(self) -> View:
        """How each speaker sounds and whom each is for and against; each mark leads to its statement."""
        tables = self._corpus.tables
        trust = (stance_sentence(), TONE_SENTENCE, corrections_sentence(tables, "quotes"))
        return voices_view(tables, " ".join(filter(None, trust)))

    def speaker(self, name: str) -> Chart | None:
        """Whom one person speaks for and against, by day, week or month.

        Args:
            name: a name or whole words of one, such as "Lavrov", or a speaker's id; None is shown for "".

        Raises:
            CorpusError: nobody has that name, or several do; the message suggests names.
        """
        quotes, dated, period = asked_speaker(self._corpus, name)
        facts, periods = speaker_facts(self._corpus.tables, quotes), stance_periods(dated, period)
        chart = speaker_over_time_chart(periods, target_names(dated), speaker=facts["name"], period=period)
        return self._noted(chart, "quotes")

    def themes_by_speaker(self) -> Chart:
        """What the most quoted speakers speak about."""
        chart = topic_by_speaker_chart(self._corpus.tables.quotes, self._corpus.tables.topics)
        return self._noted(chart, "quotes", "topics")

    def network(self, incidents: DataFrame | None = None) -> Chart:
        """Who deals with whom: a line for each pair with sure incidents of the reporting period.

        Args:
            incidents: `Incidents` rows; by default those of the reporting period.
        """
        inputs = self._corpus.period_inputs
        sure = sure_incidents(incident_rows(incidents, inputs.current))
        return self._noted(network_chart(pair_levels(sure, inputs.sides["dyad"])), "events")

    def spikes(self) -> Chart:
        """The pairs that in the reporting period were far more hostile than at all other times."""
        return self._noted(spikes_chart(self._corpus.spikes), "articles", "events")

    def period_picture(self) -> Chart:
        """The reporting period at a glance: leading pairs over time or, for few days, who acts on whom."""
        return self._noted(
            period_chart(self._corpus.period_inputs, self._corpus.front_page), "articles", "events"
        )

    def country(self, country: str) -> Chart | None:
        """One country over time: its incidents, what its speakers say about others, and others about it.

        Args:
            country: a country or bloc, by name or code, such as "Iran" or "EU"; None is shown for "" and for
                several.

        Raises:
            CorpusError: it is neither; the message suggests some.
        """
        if "," in country or ";" in country:
            return None
        one = asked_country(self._corpus, country)
        if one.is_empty:
            return empty_chart(nothing_about(one))
        chart = country_over_time_chart(
            country_counts(one),
            country=one.name,
            period=one.period,
            left_out=what_is_left_out(one.timeline),
        )
        return self._noted(chart, "articles", "events", "quotes")

    def timeline(self) -> Chart:
        """How many incidents of the reporting period, hostile and cooperative, begin in each day or week."""
        current = self._corpus.period_inputs.current
        if sentence := no_timeline(current):
            return empty_chart(sentence)
        return self._noted(incidents_chart(incident_timeline(current)), "articles", "events")

    def world_map(self, incidents: DataFrame | None = None) -> Chart:
        """Where conflict is surely reported and which pairs lead; for two countries, a map would say nothing.

        Args:
            incidents: `Incidents` rows; by default those of the reporting period.
        """
        inputs = self._corpus.period_inputs
        sure = sure_incidents(incident_rows(incidents, inputs.current))
        levels = country_levels(sure)
        if len(levels) < MIN_COUNTRIES_ON_MAP:
            return empty_chart(f"No map: sure incidents involve {counted(len(levels), 'country')}.")
        return self._noted(world_map(levels, pair_levels(sure, inputs.sides["dyad"])), "events")

    def incidents_by_week(self, incidents: DataFrame | None = None) -> Chart:
        """How many hostile and how many cooperative incidents each week has.

        Args:
            incidents: rows of `corpus.incidents`; by default all of them.
        """
        incidents = incident_rows(incidents, self._corpus.period_inputs.incidents)
        return self._noted(weekly_chart(incidents), "events")


class Views(Following):
    """Lists and tables, every number with the sentences it comes from."""

    def sources(self) -> View:
        """Each article with its outlet and date and where the date comes from; articles by outlet."""
        articles = self._corpus.articles
        return inventory_view(articles, date_basis(articles, self._corpus.seeds))

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

    def theme(self, theme: str) -> View | None:
        """How much is written on one theme, by day, week or month and by outlet, with its newest sentences.

        Args:
            theme: its name, or words that only it contains, such as "trade"; None is shown for "".

        Raises:
            CorpusError: there is no such theme, or there are several; the message suggests some.
        """
        found, _, shares = asked_theme(self._corpus, theme)
        return one_theme_view(self._corpus.tables, found, shares, shares[shares["period"] == ALL])

    def discovered_topics(self, *, most: int = MAX_ARTICLES) -> View:
        """Topics that the corpus suggests by itself; none below twenty articles.

        Each keeps the number that it had in the last briefing, as `../.faultline` has it.

        Args:
            most: how many articles a topic opens to, those that have most of it.
        """
        kept = kept_for(self._corpus.seeds, KEPT_BESIDE_NOTEBOOKS)
        memory = load_memory(str(kept / "discovered_topics.json"))
        discovered, _ = discover_topics(self._corpus.articles, memory)
        return discovered_view(discovered, self._corpus.articles, most=most)

    def briefings(self) -> View:
        """The briefings written so far, those of desks too, the newest first, each with a link to it."""
        from analysis.briefing.build import briefings_in  # the rest of a notebook needs none of it

        folder = Path(self._corpus.store or KEPT_BESIDE_NOTEBOOKS).parent / "briefings"
        return view("views/briefings", briefings=briefings_in(folder), folder=folder.as_posix())

    def speakers(self) -> View:
        """Each speaker with every statement marked in its paragraph, and whom they speak about."""
        return speaker_view(self._corpus.tables)

    def speaker(self, name: str) -> View | None:
        """What one person said over time: about whom, how it changed, and every statement by date and outlet.

        Args:
            name: a name or whole words of one, such as "Lavrov", or a speaker's id; None is shown for "".

        Raises:
            CorpusError: nobody has that name, or several do; the message suggests names.
        """
        quotes, dated, period = asked_speaker(self._corpus, name)
        tables, names = self._corpus.tables, target_names(dated)
        return one_speaker_view(
            speaker_facts(tables, quotes),
            change_sentences(stance_changes(dated), names),
            stance_periods(dated, period),
            names,
            statements_by_period(quotes, tables, statement_targets(dated, names), period=period),
        )

    def incidents(self, *, most: int = MAX_LISTED_INCIDENTS) -> View:
        """What happened in the reporting period and what is announced, by day, each with its sentence.

        Args:
            most: how many that have happened, and how many announced ones.
        """
        lines = leading_lines(self._corpus.period_inputs, most)
        return incidents_view(lines, total=len(self._corpus.period_inputs.current))

    def timeline(self) -> View:
        """Incidents of the reporting period by day, week or month; each group opens to its incidents."""
        inputs = self._corpus.period_inputs
        if sentence := no_timeline(inputs.current):
            return view("views/note", sentence=sentence)
        found = incident_timeline(inputs.current)
        return timeline_view(timeline_groups(found, inputs, most=MAX_IN_TIMELINE), total=len(found))

    def country(self, country: str) -> View | None:
        """One country over time: its partners and incidents, what its speakers say, what others say about it.

        Args:
            country: a country or bloc, by name or code, such as "Iran" or "EU"; None is shown for "" and for
                several.

        Raises:
            CorpusError: it is neither; the message suggests some.
        """
        if "," in country or ";" in country:
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
        return view("views/stories", stories=pair_stories(self._corpus.period_inputs))

    def spikes(self) -> View:
        """When a pair was far more hostile than it usually is, with the events that made each spike."""
        return spikes_view(self._corpus.spikes, self._corpus.tables)


def incident_rows(given: object, default: DataFrame) -> DataFrame:
    """The incidents that a chart draws: those that were given, or else the default.

    Raises:
        CorpusError: rows of something else were given.
    """
    if given is None:
        return default
    found = list(given.columns) if isinstance(given, DataFrame) else given
    if not isinstance(found, list) or not set(Incidents.columns) <= set(found):
        raise CorpusError(
            f"this chart draws rows of corpus.incidents with all their columns, but was given {found!r}"
        )
    return given


def asked_theme(corpus: CorpusTables, typed: str) -> tuple[str, str, DataFrame]:
    """How much is written on one theme; a reprint counts for the outlet that printed it.

    Args:
        corpus: an open corpus.
        typed: a theme, or words that only one theme contains.

    Returns:
        Its name, "day", "week", "month" or "all", and `ThemeShares` by this period and over all articles.

    Raises:
        CorpusError: there is no such theme, or there are several; the message suggests some.
    """
    read = narrowed(corpus.as_read, corpus.scope)
    with plain_errors():
        theme = find_theme(typed, read.topics)
    period = readable_period(read.articles["published_date"])
    periods = dict.fromkeys((period, ALL))
    shares = [theme_shares(read.articles, read.topics, theme, period=one) for one in periods]
    return theme, period, concat(shares, ignore_index=True)


def asked_speaker(corpus: CorpusTables, typed: str) -> tuple[DataFrame, DataFrame, str]:
    """Everything that one speaker said.

    Args:
        corpus: an open corpus.
        typed: a name, whole words of one, or a speaker's id.

    Returns:
        Their rows of `Quotes`, the table of `dated_stances`, and "day", "week", "month" or "all".

    Raises:
        CorpusError: nobody has that name, or several do; the message suggests names.
    """
    tables = corpus.tables
    with plain_errors():
        speaker = find_speaker(typed, tables.quotes)
        quotes = tables.quotes[tables.quotes["speaker_id"] == speaker].reset_index(drop=True)
    days = tables.articles.loc[tables.articles["article_id"].isin(quotes["article_id"]), "published_date"]
    return quotes, dated_stances(quotes, tables.stances, tables.articles), readable_period(days)


def asked_country(corpus: CorpusTables, typed: str) -> OneCountry:
    """What the articles say about one country or bloc, within what the corpus was narrowed to.

    Args:
        corpus: an open corpus.
        typed: a name or code of a country, or of a bloc such as the EU or NATO.

    Raises:
        CorpusError: it is neither; the message suggests some.
    """
    with plain_errors():
        code = checked_side(typed)
    read = narrowed(corpus.as_read, corpus.scope)
    return OneCountry(code, deduplicate(narrowed(read, Scope(country=code))))


def country_counts(one: OneCountry) -> DataFrame:
    """Its incidents and stances by period: table of `sides_over_time`, empty if everything is on one day."""
    if one.period == ALL:
        return sides_over_time(one.timeline.iloc[:0], one.by_own.iloc[:0], one.on_it.iloc[:0], "day")
    return sides_over_time(one.timeline, one.by_own, one.on_it, one.period)


def country_view(one: OneCountry) -> View:
    """Partners, periods, incidents and statements of one country."""
    on = statement_targets(one.by_own, target_names(one.by_own))
    on |= statement_targets(one.on_it, target_names(one.on_it))
    facts = {
        "name": one.name,
        "named": country_in_sentence(one.code),
        "incident_count": len(one.timeline),
        "article_count": len(one.days),
        "first": one.span[0],
        "last": one.span[1],
        "partners": partner_rows(one.partners, one.by_own, one.on_it),
        "partner_count": len(one.partners),
    }
    told = {
        "quotes": telling_rows(one.telling_words, one.tables),
        "own": statement_rows(one.own_quotes, one.tables, on, most=MAX_COUNTRY_STATEMENTS),
        "own_count": len(one.own_quotes),
        "other": statement_rows(one.quotes_on_it, one.tables, on, most=MAX_COUNTRY_STATEMENTS),
        "other_count": len(one.quotes_on_it),
    }
    leading = list(incident_lines(one.leading.head(MAX_LISTED_INCIDENTS), one.inputs))
    return one_country_view(facts, country_counts(one), leading, told)


INCIDENTS_CAVEAT: Final = (
    "These are reports, read from single sentences by rules and a model. What nobody reported is missing, "
    "and what one story or one side alone reports may be wrong."
)


class Answers(Following):
    """Two sentences each, with their main caveat."""

    def corpus(self) -> View:
        """What was read, from whom, and what weakens it."""
        bases = date_basis(self._corpus.articles, self._corpus.seeds)
        return answer_view(*corpus_answer(self._corpus.articles, self._corpus.rejected, bases))

    def topics(self) -> View:
        """What the news is about, and where it is set."""
        return self._shown(topic_answer(self._corpus.tables))

    def speakers(self) -> View:
        """Who says most, and how many statements come from unnamed sources."""
        return self._shown(speaker_answer(self._corpus.tables))

    def bottom_line(self) -> View:
        """How things stand between the first three pairs of the reporting period."""
        return self._shown(
            Answer(
                self._corpus.front_page.bottom_line
                or (words(SENTENCES, "nothing_told", len(self._corpus.period_inputs.current)),),
                INCIDENTS_CAVEAT,
            )
        )

    def _shown(self, answer: Answer) -> View:
        """The answer, or that there is nothing on the pair or the country that was asked for."""
        scope, corpus = self._corpus.scope, self._corpus
        if scope.subject and corpus.tables.events.empty and corpus.tables.quotes.empty:
            what = "No event between" if scope.pair else "Nothing about"
            read = f"the {counted(len(corpus.articles), 'article')} read"
            nothing = f"{what} {dyad_in_sentence(scope.subject)} was found in {read}"
            answer = Answer((f"{nothing}: there is nothing to show.",), answer.caveat)
        return answer_view(*answer)


class Robustness(Following):
    """What would overturn an answer: each lead counted again without one story or outlet."""

    def topics(self) -> View:
        """Whether the leading theme would lead without any one story or outlet."""
        return view("findings/robustness", sentences=topic_robustness(self._corpus.tables))

    def speakers(self) -> View:
        """Whether the most quoted speaker stays so without any one story or outlet."""
        return view("findings/robustness", sentences=speaker_robustness(self._corpus.tables))

    def tension(self) -> View:
        """Whether the leading pair leads without any one story or outlet."""
        return view("findings/robustness", sentences=tension_robustness(self._corpus.period_inputs))
