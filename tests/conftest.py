"""Shared helpers: Docs built by hand for rule tests, the model for tests marked `model`, and a browser.

The process that starts others (`make test`) runs no test, so each helper imports what it needs.
"""

import os
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

import pytest

from tests.browser import HOW_TO_GET_ONE, PICTURES, chromium, has_browser

ROOT = Path(__file__).parent.parent
WAITING = ("test_dask_workers", "test_store")  # for other processes, longer than they work
OF_THE_USER = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: while one waits for a browser or a kernel, another works."""
    return (os.cpu_count() or 1) + 1


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not has_browser():
        pytest.skip(HOW_TO_GET_ONE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that open a browser first, then those that wait, then those that run the model."""
    weights: dict[Path, int] = {}
    for item in items:
        has = item.get_closest_marker
        own = 3 if has("browser") else 2 if item.path.stem in WAITING else 1 if has("model") else 0
        weights[item.path] = max(own, weights.get(item.path, 0))
    items.sort(key=lambda item: -weights[item.path])


def pytest_terminal_summary(terminalreporter: object) -> None:
    skipped = [
        one for one in terminalreporter.stats.get("skipped", ()) if HOW_TO_GET_ONE in str(one.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests skipped: {HOW_TO_GET_ONE}", red=True)


@pytest.fixture(autouse=True, scope="session")
def folders_of_the_user(tmp_path_factory: pytest.TempPathFactory):
    """Jupyter's settings, data and history are kept in a folder of this process."""
    place = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in OF_THE_USER:
            patch.setenv(name, str(place / name))
        yield


@pytest.fixture(autouse=True, scope="session")
def one_reader_process():
    """Files are read in one process for all tests: each command starts one otherwise, as real programs do."""
    from analysis.ingest import additions, corpus, sandbox

    alone = Lock()
    with sandbox.reader_process() as read, pytest.MonkeyPatch.context() as patch:

        @contextmanager
        def reader_process():
            def read_alone(*given):
                with alone:
                    return read(*given)

            yield read_alone

        for module in (additions, corpus):
            patch.setattr(module, "reader_process", reader_process)
        yield


@pytest.fixture(autouse=True, scope="module")
def no_shell_of_another_module():
    """A test that needs IPython's one shell of a process makes it, and the next module another."""
    yield
    if "IPython.core.interactiveshell" in sys.modules:
        sys.modules["IPython.core.interactiveshell"].InteractiveShell.clear_instance()


@pytest.fixture(autouse=True, scope="module")
def names_of_today():
    """Countries have the names of today until a module opens older articles."""
    from analysis.country_names import name_countries_as_of

    name_countries_as_of(None)
    yield
    name_countries_as_of(None)


@cache
def vocabulary():
    """One that knows lower case, punctuation and spaces."""
    from spacy.lang.en import English

    return English().vocab


@pytest.fixture
def hand_doc():
    """A Doc from lines `word|lemma|POS|TAG|dep|head` (head: index in the Doc); no model is run."""
    from spacy.tokens import Doc

    def build(lines: str, starts: tuple[int, ...] = (0,)) -> Doc:
        cells = [line.split("|") for line in lines.strip().splitlines()]
        words, lemmas, pos, tags, deps, heads = (
            list(column) for column in zip(*(map(str.strip, row) for row in cells), strict=True)
        )
        return Doc(
            vocabulary(),
            words=words,
            spaces=[i + 1 < len(words) and words[i + 1] not in ".,;:?!'s”" for i in range(len(words))],
            lemmas=lemmas,
            pos=pos,
            tags=tags,
            deps=deps,
            heads=[int(head) for head in heads],
            sent_starts=[i in starts for i in range(len(words))],
        )

    return build


@pytest.fixture(scope="session")
def nlp():
    from analysis.nlp.parse.parser import load_language

    return load_language()


@pytest.fixture(scope="session")
def parsed():
    """Parse one text with the real model."""
    from analysis.nlp.parse.parser import parse

    def run(text: str):
        return next(parse([text]))

    return run


@pytest.fixture(scope="session")
def crisis_store(store_of):
    """A store with what was read from examples/thirteen-days."""
    return store_of("examples/thirteen-days")


@pytest.fixture(scope="session")
def seed_store(store_of):
    """A store with what was read from the first article."""
    return store_of("seeds")


@pytest.fixture(scope="session")
def store_of(tmp_path_factory, request):
    """Make a store of a folder of articles, so that they are read once for all tests that are not of this."""
    from filelock import FileLock

    from analysis.ingest.corpus import load_corpus
    from analysis.pipeline.analyse import analyse

    of_this = tmp_path_factory.getbasetemp()
    run = of_this.parent if hasattr(request.config, "workerinput") else of_this  # of all its processes

    def read(folder: str) -> Path:
        store = run / folder.replace("/", "-")
        with FileLock(f"{store}.lock"):
            analyse(load_corpus(ROOT / folder)[0], store=store)
        return store

    return read


@pytest.fixture(scope="module")
def browser():
    """A Chromium, and a folder for what its pages look like."""
    PICTURES.mkdir(exist_ok=True)
    with chromium() as one:
        yield one
