"""JupyterLab as it is started: on the first notebook, for this machine alone, with a token, also for root."""

import json
import os
import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psutil
import pytest

from analysis.workbench.jupyterlab import OWN_CONFIG, free_port, quiet_environment
from tests.lab import Server
from tests.network_watch import asked

PATIENCE = 90  # seconds
NEWS_QUESTION = "@jupyterlab/apputils-extension:announcements"  # the part of JupyterLab that asks it


def test_a_port_that_is_taken_is_followed_by_the_next_free_one(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert number < free_port("127.0.0.1", number) < number + 50
        monkeypatch.setattr("analysis.workbench.jupyterlab.MOST_PORTS", 1)
        with pytest.raises(OSError, match=f"the ports {number} to {number} are taken or not allowed"):
            free_port("127.0.0.1", number)


def connections(process):
    """What a process is connected to; nothing if it has ended since it was listed."""
    try:
        return process.net_connections("tcp")
    except psutil.NoSuchProcess:
        return []


def test_it_listens_on_this_machine_alone_with_a_token_and_opens_on_the_first_notebook(lab):
    port = urlsplit(lab.address).port
    listening = [
        one.laddr
        for process in psutil.Process(lab.pid).children(recursive=True)
        for one in connections(process)
        if one.status == psutil.CONN_LISTEN and one.laddr.port == port
    ]
    assert {one.ip for one in listening} == {"127.0.0.1"}
    assert ask(lab.address, "/api/contents")[0] == 403
    status, headers, _ = ask(lab.address, "/", **signed(lab))
    assert (status, headers["Location"]) == (302, "/lab/tree/notebooks/00-corpus.ipynb?")
    status, _, page = ask(lab.address, "/lab/tree/notebooks/00-corpus.ipynb", **signed(lab))
    assert status == 200
    assert page_config(page)["disabledExtensions"] == [NEWS_QUESTION]


def test_a_folder_for_files_of_ones_own_is_made_beside_the_notebooks(lab_folder):
    assert (lab_folder / "scratch").is_dir()


def test_it_asks_no_package_index_for_versions_news_or_extensions(lab, lab_folder):
    """Neither here nor in any of the tests before this one: notebooks that ran were watched, too."""
    for path in ("extensions?query&page=1&per_page=30&refresh=1", "update", "news"):
        ask(lab.address, f"/lab/api/{path}", **signed(lab))
    assert asked(lab_folder / "settings") == []


def page_config(page: str) -> dict:
    """What the server tells a page of JupyterLab about itself."""
    return json.loads(
        page.partition('id="jupyter-config-data"')[2].partition(">")[2].partition("</script>")[0]
    )


def test_configuration_of_the_user_is_still_read():
    assert quiet_environment({"HOME": "/h"}) == {"HOME": "/h", "JUPYTER_CONFIG_PATH": str(OWN_CONFIG)}
    assert quiet_environment({"JUPYTER_CONFIG_PATH": "/mine"})["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [
        str(OWN_CONFIG),
        "/mine",
    ]


def test_the_address_with_a_new_token_is_printed_and_no_argument_has_the_token(lab):
    address, _, token = lab.announced.partition("?token=")
    server = psutil.Process(lab.pid)
    words = {word for one in (server, *server.children(recursive=True)) for word in one.cmdline()}
    assert address == f"{lab.address}/lab/tree/notebooks/00-corpus.ipynb"
    assert len(token) == 48
    assert [word for word in words if token in word] == []
    assert json.loads(ask(lab.address, "/api", Authorization=f"token {token}")[2])["version"]


def signed(lab: Server) -> dict[str, str]:
    """What a request of somebody with the token has."""
    return {"Authorization": f"token {lab.query.removeprefix('?token=')}"}


def ask(address: str, path: str, **headers: str):
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text
