"""The corpora of a briefing's notebooks begin with what the briefing has read, where that is the same."""

import json
from datetime import date
from pathlib import Path

import nbformat
import pytest
from markupsafe import Markup
from nbformat.v4 import new_code_cell

from analysis.briefing.already_read import AlreadyRead
from analysis.briefing.build import Request, write_briefing
from analysis.briefing.front_page_data import FrontPageData
from analysis.ingest.corpus import load_corpus
from analysis.notebook import shared_corpora
from analysis.notebook.corpus import open_corpus
from analysis.notebook.warm_kernels import warm_kernels
from analysis.pipeline.analyse import analyse
from analysis.pipeline.filters import Scope
from analysis.pipeline.forked_workers import can_fork
from analysis.pipeline.reporting_period import reporting_period
from analysis.views.pages import BriefingError
from tests.briefing.test_notebook_runner import parameters, save

TEXT = "China condemned the United States on Monday."
DAY = date(2024, 4, 20)
USES = "from analysis import open_corpus\ncorpus = open_corpus(seeds, store=store)\n"

pytestmark = pytest.mark.model


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    record = {"title": "Envoys meet", "text": TEXT, "published_date": "2024-04-20"}
    (folder / "one.jsonl").write_text(json.dumps(record) + "\n")
    return folder


@pytest.fixture
def read(seeds, tmp_path, monkeypatch):
    """What a briefing on one article has read, shared with the corpora of this test."""
    articles, rejected = load_corpus(seeds)
    tables = analyse(articles, store=tmp_path / "store")
    period = reporting_period("auto", articles["published_date"], today=DAY)
    data = FrontPageData(tables, rejected, Scope(), None, None, Markup(""), [], DAY, period)
    found = AlreadyRead(seeds, tmp_path / "store", tables, rejected, data)
    monkeypatch.setattr(shared_corpora, "_shared", [found])
    return found


def test_the_tables_of_the_same_folder_days_and_store_are_not_read_again(read, seeds, tmp_path):
    same = open_corpus(f"{seeds}/../seeds", store=tmp_path / "store")
    assert same.articles is read.as_read.articles
    assert same.as_read is read.as_read
    assert same.tables is read.data.deduplicated
    assert same.period_inputs is read.data.inputs


def test_a_store_is_the_same_by_whatever_path_a_notebook_names_it(read, seeds, tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert open_corpus(seeds, store="../store").as_read is read.as_read
    assert open_corpus(seeds, store=f"file://{tmp_path}/store").as_read is read.as_read
    assert open_corpus(seeds, store="../other").as_read is not read.as_read


def test_what_differs_is_read_for_itself(read, seeds, tmp_path):
    store = tmp_path / "store"
    of_pair = open_corpus(seeds, store=store, pair="USA-CHN")
    assert of_pair.as_read is read.as_read
    assert of_pair.tables is not read.data.deduplicated
    assert open_corpus(seeds, store=store, reporting_period="2024-04-01..2024-04-02").period_inputs is not (
        read.data.inputs
    )
    assert open_corpus(seeds, store="").as_read is not read.as_read
    other = tmp_path / "other"
    other.mkdir()
    (other / "two.txt").write_text(TEXT.replace("China", "Iran"))
    assert open_corpus(other, store=store).as_read is not read.as_read


@pytest.mark.skipif(not can_fork(), reason="this system cannot fork")
def test_a_notebook_of_a_briefing_reads_no_article_again(seeds, tmp_path):
    source = USES + 'print("as_read" in vars(corpus), len(corpus.events))'
    assert outputs(seeds, tmp_path, source) == ["True 1\n"]


@pytest.mark.skipif(not can_fork(), reason="this system cannot fork")
def test_a_folder_named_from_where_the_command_runs_is_not_read_again_either(seeds, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the notebooks run in a folder of their own
    source = USES + 'print("as_read" in vars(corpus), len(corpus.events))'
    assert outputs(Path("seeds"), tmp_path, source) == ["True 1\n"]


def test_where_a_system_cannot_fork_the_notebook_reads_the_store(seeds, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.notebook.warm_kernels.can_fork", lambda: False)
    source = USES + 'print("as_read" in vars(corpus), len(corpus.events))'
    assert outputs(seeds, tmp_path, source) == ["False 1\n"]


def test_an_article_that_is_added_while_a_briefing_runs_stops_it(seeds, tmp_path):
    adding = USES + f"_ = open({str(seeds / 'two.txt')!r}, 'w').write('Later\\n\\nIran fired on Israel.')"
    with pytest.raises(BriefingError, match=r"two.txt changed during the run, so its numbers are stale"):
        outputs(seeds, tmp_path, adding)
    assert list((tmp_path / "out").iterdir()) == []


def outputs(seeds, folder, source):
    """What the notebook of a briefing prints."""
    (folder / "out").mkdir()
    path = save(folder / "notebooks", "01-a", parameters("seeds", "store"), new_code_cell(source))
    found, rejected = load_corpus(seeds)
    request = Request([path], seeds, folder / "out", Scope(), kernels=warm_kernels)
    pages = write_briefing(request, found, rejected, today=DAY).pages
    notebook = nbformat.read(pages[0].parent / "01-a.ipynb", as_version=4)
    return [output.text for output in notebook.cells[-1].outputs]
