"""The samples of every format, read once, and a web server on this machine."""

import socket

import pytest

from analysis.ingest import download
from analysis.ingest.corpus import load_corpus
from tests.ingest.site import running_site
from tests.samples import write_samples


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """Articles by path, and the reason of each rejection by path."""
    folder = tmp_path_factory.mktemp("corpus") / "samples"
    write_samples(folder)
    articles, rejected = load_corpus(folder)
    return articles.set_index("path"), rejected.set_index("path")["reason"].to_dict()


@pytest.fixture
def site(names, monkeypatch):
    monkeypatch.setattr(download, "WAIT_SECONDS", 0)
    with running_site() as running:
        yield running


@pytest.fixture
def names(monkeypatch):
    """Addresses of machines by name, instead of those of the network; `asked` has the names looked up."""
    known, real = {"asked": [], "localhost": ["127.0.0.1"]}, socket.getaddrinfo

    def look_up(host, port, *rest, **named):
        host = host.decode() if isinstance(host, bytes) else host
        known["asked"].append(host)
        if host not in known and not host.replace(".", "").isdigit() and ":" not in host:
            raise socket.gaierror(-2, "Name or service not known")
        return [one for ip in known.get(host, [host]) for one in real(ip, port, *rest, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known
