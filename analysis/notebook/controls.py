"""What an analyst works with in a notebook: explorers to look closer, forms to add and correct."""

from analysis.notebook.corpus_tables import CorpusTables
from analysis.workbench.add_article_form import AddArticleForm
from analysis.workbench.correction_form import CorrectionForm
from analysis.workbench.explorers import SpeakerExplorer, TensionExplorer, TopicExplorer
from analysis.workbench.incident_timeline import IncidentTimeline
from analysis.workbench.try_term_form import TryTermForm


class Explorers:
    """Filters, bars to choose from, their evidence, and an article to read."""

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

    def topics(self) -> TopicExplorer:
        """Themes and theatres by outlet, story, speaker, pair and day."""
        return TopicExplorer(self._corpus.tables, index=self._corpus.search_index)

    def speakers(self) -> SpeakerExplorer:
        """Statements by speaker, outlet, theme and day."""
        return SpeakerExplorer(self._corpus.tables, index=self._corpus.search_index)

    def incidents(self) -> IncidentTimeline:
        """Incidents by day, to scroll and choose from, by country, pair, kind, day and number of stories."""
        return IncidentTimeline(self._corpus.period_inputs)

    def events(self) -> TensionExplorer:
        """Events between countries by pair, type of act, status and day."""
        return TensionExplorer(self._corpus.tables, index=self._corpus.search_index)


class Forms:
    """Forms that write: an article into the folder, a correction into `corrections.csv`."""

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

    def add_article(self) -> AddArticleForm:
        """Upload or paste an article, see how it is read, and save it."""
        return AddArticleForm(self._corpus.seeds)

    def correct(self) -> CorrectionForm:
        """Correct what was read, add an event or a statement that was missed, or take a correction back."""
        return CorrectionForm(self._corpus.seeds, self._corpus.as_read)

    def try_term(self) -> TryTermForm:
        """See what one more term in a word list would change; nothing is saved."""
        return TryTermForm(self._corpus.as_read)
