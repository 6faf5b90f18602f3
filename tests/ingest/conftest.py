"""The samples of every format, read once."""

import pytest

from analysis.ingest.corpus import load_corpus
from tests.samples import write_samples


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """Articles by path, and the reason of each rejection by path."""
    folder = tmp_path_factory.mktemp("corpus") / "samples"
    write_samples(folder)
    articles, rejected = load_corpus(folder)
    return articles.set_index("path"), rejected.set_index("path")["reason"].to_dict()
