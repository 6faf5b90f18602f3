"""The answer to each notebook's question, and what would overturn it."""

from typing import Final

from analysis.country_names import dyad_in_sentence
from analysis.findings.answers import Answer, speaker_answer, topic_answer
from analysis.findings.corpus_inventory import corpus_answer, date_basis
from analysis.findings.robustness import (
    robustness_view,
    speaker_robustness,
    tension_robustness,
    topic_robustness,
)
from analysis.notebook.corpus_tables import Following
from analysis.phrasing import counted
from analysis.views.render import View, answer_view

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
        """Who says most, and in what tone."""
        return self._shown(speaker_answer(self._corpus.tables))

    def bottom_line(self) -> View:
        """How things stand between the first three pairs of the reporting period."""
        sentences = self._corpus.front_page.bottom_line or ("Nothing between two countries was read.",)
        return self._shown(Answer(sentences, INCIDENTS_CAVEAT))

    def _shown(self, answer: Answer) -> View:
        """The answer, or that there is nothing on the pair or the country that was asked for."""
        scope, corpus = self._corpus.scope, self._corpus
        if scope.subject and corpus.tables.events.empty and corpus.quotes.empty:
            what = "No event between" if scope.pair else "Nothing about"
            count = len(corpus.articles)
            read = "the only article read" if count == 1 else f"the {counted(count, 'article')} read"
            nothing = f"{what} {dyad_in_sentence(scope.subject)} was found in {read}"
            answer = Answer((f"{nothing}: there is nothing to show.",), answer.caveat)
        return answer_view(*answer)


class Robustness(Following):
    """What would overturn an answer: each lead counted again without one story, outlet or statement."""

    def topics(self) -> View:
        """Whether the leading theme would lead without any one story or outlet."""
        return robustness_view(topic_robustness(self._corpus.tables))

    def speakers(self) -> View:
        """Whether the most quoted speaker stays so without one story or outlet, or with sure rows only."""
        return robustness_view(speaker_robustness(self._corpus.tables))

    def tension(self) -> View:
        """Whether the leading pair leads without any one story or outlet; how few misread acts change it."""
        return robustness_view(tension_robustness(self._corpus.period_inputs))
