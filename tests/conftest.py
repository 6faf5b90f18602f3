"""Shared helpers: Docs built by hand for rule tests, the model for tests marked `model`, and a browser."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from analysis.country_names import name_countries_as_of
from analysis.nlp.parse.parser import load_language, parse
from tests.browser import chromium
from tests.lab import PICTURES, ROOT

VOCAB = English().vocab  # knows lower case, punctuation and spaces


@pytest.fixture(autouse=True, scope="module")
def names_of_today():
    """Countries have the names of today until a module opens older articles."""
    name_countries_as_of(None)
    yield
    name_countries_as_of(None)


@pytest.fixture
def hand_doc():
    """A Doc from lines `word|lemma|POS|TAG|dep|head` (head: index in the Doc); no model is run."""

    def build(lines: str, starts: tuple[int, ...] = (0,)) -> Doc:
        cells = [line.split("|") for line in lines.strip().splitlines()]
        words, lemmas, pos, tags, deps, heads = (
            list(column) for column in zip(*(map(str.strip, row) for row in cells), strict=True)
        )
        return Doc(
            VOCAB,
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
    return load_language()


@pytest.fixture(scope="session")
def parsed():
    """Parse one text with the real model."""

    def run(text: str) -> Doc:
        return next(parse([text]))

    return run


@pytest.fixture(scope="session")
def crisis_store(tmp_path_factory):
    """A store with what was read from examples/thirteen-days, so that it is read once for all tests."""
    from analysis.ingest.corpus import load_corpus  # few tests need these, and they take long to load
    from analysis.pipeline.analyse import analyse

    store = tmp_path_factory.mktemp("crisis") / "store"
    analyse(load_corpus(ROOT / "examples" / "thirteen-days")[0], store=store)
    return store


@pytest.fixture(scope="module")
def browser():
    """A Chromium, and a folder for what its pages look like."""
    PICTURES.mkdir(exist_ok=True)
    with chromium() as one:
        yield one
