"""What forms show and write, for their tests."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from bs4 import BeautifulSoup

from analysis.ingest.corrections_file import corrections_stamp, load_corrections
from analysis.search.corpus_index import CorpusIndex
from analysis.views.render import View
from analysis.workbench.exploration import exploration_of
from analysis.workbench.explorers import Explorer
from analysis.workbench.reading_pane import evidence_view
from analysis.workbench.selection import Choice, link_findings

HOSTILE = "<script>alert(1)</script> $x$ *b*"


def words_in(pane):
    """The words of a pane; an exception in it fails the test."""
    assert pane.outputs, "the pane is empty"
    assert pane.outputs[0]["output_type"] == "display_data", pane.outputs[0]
    return pane.outputs[0]["data"]["text/plain"]


def pane(explorer, name):
    """What a part of an explorer shows, in words."""
    live = {"chart": explorer.bars, "reading": explorer.reading.article}
    if name == "notes":
        return " ".join(output["data"]["text/plain"] for output in explorer.pane.outputs)
    return View((live.get(name) or getattr(explorer, name)).html).text


def parsed(live):
    return BeautifulSoup(live.html, "html.parser")


def options_of(live):
    """The options to choose from, in words."""
    return [one.get("aria-label") for one in parsed(live).select("[role=option]")]


def explore(tables, subject, choice=None):
    """What the explorer of a table shows for a choice, or before anything is chosen."""
    return exploration_of(link_findings(tables, subject), choice or Choice())


def evidence_in(exploration):
    """The first page of evidence."""
    pieces = exploration.evidence_page(1)
    return evidence_view(exploration.findings.tables, pieces, first=1, total=exploration.evidence_count)


def exploring(subject, tables):
    return Explorer(Opened(tables), subject)


TopicExplorer, SpeakerExplorer, TensionExplorer = (
    partial(exploring, subject) for subject in ("topics", "quotes", "events")
)


def files(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


class Opened:
    """Tables as an open corpus has them; corrections that are saved are counted, not applied."""

    def __init__(self, tables=None, seeds="", *, inputs=None):
        self.as_read = self.tables = inputs.tables if inputs else tables
        self.seeds, self.period_inputs = Path(seeds), inputs
        self.search_index = CorpusIndex(lambda: self.tables)
        self.followers, self.stamp = [], corrections_stamp(seeds)

    def follow(self, renew):
        self.followers.append(renew)

    def catch_up(self):
        before, self.stamp = self.stamp, corrections_stamp(self.seeds)
        if before != self.stamp:
            self.show(replace(self.tables, corrections=load_corrections(self.seeds)))

    def show(self, tables):
        """Other tables, as after a correction."""
        self.as_read = self.tables = tables
        for renew in self.followers:
            renew()
