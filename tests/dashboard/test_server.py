"""Who may see the dashboard, what it may cost, and that it writes nothing: over HTTP, without a browser."""

import json
import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.lab import TOKEN, copied, dashboard
from tests.network_watch import asked

pytestmark = pytest.mark.model
EXPLORER = "/explorers/02-sentiment-by-speaker"
SIGNED = {"Authorization": f"token {TOKEN}"}
NO_KERNEL = "/api/kernels/00000000-0000-0000-0000-000000000000"
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
MOST = 3  # explorers at once
PATIENCE = 300  # seconds
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Faultline's folders with two briefings, the newer one with hostile text; its record is broken."""
    made = copied(tmp_path_factory.mktemp("served"))
    for name, record in [
        (
            "2026-11-23",
            {"title": "Briefing, 17 to 23 November 2026", "bottom_line": ["<b>Quiet</b> & calm."]},
        ),
        ("2026-11-24", None),
    ]:
        folder = made / "briefings" / name
        folder.mkdir(parents=True)
        (folder / "briefing.html").write_text(f"<script>alert(1)</script><p>{name}</p>")
        (folder / "tables.xlsx").write_bytes(b"PK")
        (folder / "briefing.json").write_text(json.dumps(record) if record else "{")
    (made / "secret.html").write_text("secret")
    return made


@pytest.fixture(scope="module")
def server(place):
    with dashboard(place, "--visitors", str(MOST), "--title", "Pacific desk") as one:
        yield one


def ask(server, path: str, *, method: str = "GET", body: dict | None = None, **headers: str):
    """Status, headers and text of an answer; a name in `headers` may have _ for -."""
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=PATIENCE)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, urlencode(body) if body is not None else None, sent)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.headers, text


def kernels(server) -> list[psutil.Process]:
    """The processes that the reading process has forked."""
    (reading,) = [
        one for one in psutil.Process(server.pid).children() if "reading_process" in " ".join(one.cmdline())
    ]
    return [one for one in reading.children() if "reading_process" in " ".join(one.cmdline())]


def opened(server) -> str:
    """The page of an explorer, once the articles have been read."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        status, _, text = ask(server, EXPLORER, **SIGNED)
        if "The articles are being read" not in text:
            assert status == 200, text
            return text
        time.sleep(1)
    raise AssertionError("the articles were not read in time")


def kernel_of(page: str) -> str:
    return re.search(r'"kernelId": "([\w-]+)"', page)[1]


def close(server, page: str) -> None:
    status, _, _ = ask(server, f"/api/kernels/{kernel_of(page)}", method="DELETE", **SIGNED)
    assert status == 204


def test_without_the_token_there_is_only_the_sign_in_page(server):
    for path in ("/", EXPLORER, "/briefings/2026-11-24/briefing.html", "/is-open/0-0-0-0-0"):
        status, headers, text = ask(server, path)
        assert (status, text) == (302, ""), path
        assert headers["Location"].startswith("/login?next=")
    assert ask(server, "/api/kernels/0-0-0-0-0")[0] == 403
    assert ask(server, "/", Authorization="token wrong")[0] == 302


def test_the_sign_in_page_says_whose_it_is_and_which_token_is_meant(server):
    status, headers, text = ask(server, "/login?next=%2F")
    assert status == 200
    assert "<h1>Pacific desk</h1>" in text
    assert f"@{os.uname().nodename}" in text
    assert "The token is the long string after <code>token=</code>" in text
    assert "script" not in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_wrong_token_is_answered_in_one_sentence(server):
    _, headers, text = ask(server, "/login")
    cookie = headers["Set-Cookie"].split(";")[0]
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', text)[1]
    status, _, text = ask(
        server, "/login", method="POST", body={"_xsrf": xsrf, "password": "guess"}, Cookie=cookie
    )
    assert status == 401
    assert text.count("This is not the token of this dashboard") == 1
    assert "This is not the token of this dashboard" in ask(server, "/login?next=%2F%3Ftoken%3Dold")[2]


def test_the_right_token_gives_a_cookie_that_other_sites_cannot_use_and_leaves_the_address(server):
    status, headers, _ = ask(server, f"/?token={TOKEN}")
    cookie = next(one for one in headers.get_all("Set-Cookie") if one.startswith("username-"))
    assert (status, headers["Location"]) == (302, "/")
    assert "SameSite=Strict" in cookie and "HttpOnly" in cookie
    assert "Look closer" in ask(server, "/", Cookie=cookie.split(";")[0])[2]


@pytest.mark.parametrize(
    "name", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.9"]
)
@pytest.mark.parametrize("path", ["/", EXPLORER, "/login", "/voila/static/voila.js"])
def test_another_name_of_this_machine_is_refused_whatever_is_asked(server, name, path):
    status, _, text = ask(server, path, Host=name, **SIGNED)
    assert status == 403
    assert "open the dashboard with the address that its owner gave you" in text


def test_addresses_that_voila_has_but_the_dashboard_does_not_need_are_not_there(server):
    for path in (
        "/voila/tree",
        "/voila/api/contents",
        "/voila/files/00-corpus.ipynb",
        "/voila/render/x.ipynb",
    ):
        assert ask(server, path, **SIGNED)[0] == 404, path
    assert ask(server, "/explorers/..%2Fsecret", **SIGNED)[0] == 404


def test_a_refused_request_is_one_sentence_there_and_no_traceback_in_the_terminal(place, server):
    assert ask(server, f"{NO_KERNEL}/channels", **SOCKET)[::2] == (403, "403 Forbidden")
    assert ask(server, f"{NO_KERNEL}/channels", **SOCKET, **SIGNED)[::2] == (404, "404 Not Found")
    for path in ("labextensions/x", "api/themes/x", "templates/x", "templates/x/y/z", "static/x"):
        assert ask(server, f"/voila/{path}", **SIGNED)[0] in (403, 404), path
    log = requests_in_terminal(place)
    assert f"403 GET {NO_KERNEL}/channels" in log
    assert "Traceback" not in log


def test_no_refused_request_puts_the_token_into_the_terminal(place, server):
    for path in (f"/?token={TOKEN}", f"/nothing?token={TOKEN}", f"/nothing/{TOKEN}", f"/?token=%ff{TOKEN}"):
        ask(server, path, Host="evil.example")
        ask(server, path, Referer=f"{server.address}/?token={TOKEN}")
    ask(server, f"/?token=%61{TOKEN[1:]}", Host="evil.example")
    log = requests_in_terminal(place)
    assert "403 GET /?… (127.0.0.1)" in log
    assert TOKEN not in log
    assert TOKEN[1:] not in log


def requests_in_terminal(place: Path) -> str:
    """What the server has said since it gave its address."""
    return (place / "settings" / "server.log").read_text().partition("Stop with Ctrl-C.")[2]


def test_the_start_page_has_the_latest_briefing_first_and_no_markup_of_others(server):
    _, headers, text = ask(server, "/", **SIGNED)
    assert text.index("/briefings/2026-11-24/") < text.index("Earlier briefings")
    assert text.index("Earlier briefings") < text.index("/briefings/2026-11-23/") < text.index("Look closer")
    assert "Its numbers cannot be read (briefing.json: " in text
    assert "&lt;b&gt;Quiet&lt;/b&gt; &amp; calm." in text
    assert "script" not in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_page_of_a_briefing_may_run_nothing_and_its_tables_are_a_download(server):
    status, headers, text = ask(server, "/briefings/2026-11-24/briefing.html", **SIGNED)
    assert (status, text) == (200, "<script>alert(1)</script><p>2026-11-24</p>")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; img-src data:;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, headers, _ = ask(server, "/briefings/2026-11-24/tables.xlsx", **SIGNED)
    assert (status, headers["Content-Disposition"]) == (
        200,
        "attachment; filename*=UTF-8''2026-11-24-tables.xlsx",
    )
    for path in ("..%2F..%2Fsecret.html", "2026-11-24/..%2F..%2Fsecret.html", "2026-11-24/briefing.json"):
        assert ask(server, f"/briefings/{path}", **SIGNED)[0] == 404, path


def test_a_link_on_another_site_starts_no_kernel(server):
    opened_page = opened(server)
    close(server, opened_page)
    before = len(kernels(server))
    cookie = ask(server, f"/?token={TOKEN}")[1].get_all("Set-Cookie")
    signed = "; ".join(one.split(";")[0] for one in cookie)
    for told in ("cross-site", "same-site"):
        status, _, text = ask(server, EXPLORER, Cookie=signed, Sec_Fetch_Site=told)
        assert status == 200
        assert "Another site has sent you here." in text
    assert "Another site" in ask(server, EXPLORER, Cookie=signed, Referer="http://evil.example/")[2]
    assert len(kernels(server)) == before
    page = ask(server, EXPLORER, Cookie=signed, Sec_Fetch_Site="same-origin")[2]
    close(server, page)


def test_fifty_visitors_at_once_get_as_many_kernels_as_there_may_be_and_the_others_a_sentence(server):
    close(server, opened(server))
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: ask(server, EXPLORER, **SIGNED), range(50)))
    assert sorted(status for status, _, _ in answers) == [200] * MOST + [503] * (50 - MOST)
    assert len(kernels(server)) == MOST
    refused = next(text for status, _, text in answers if status == 503)
    assert f"All {MOST} explorers are in use." in refused
    assert ask(server, "/", **SIGNED)[0] == 200
    for status, _, text in answers:
        if status == 200:
            close(server, text)


def test_what_is_the_same_for_all_is_computed_once_and_controls_are_made_for_each_visitor(small):
    server, _ = small
    settled(server, "made by", path="/explorers/01-a")
    pages = [ask(server, "/explorers/01-a", **SIGNED)[2] for _ in range(2)]
    readers, makers = (
        {number for page in pages for number in re.findall(rf"{word} by (\d+)", page)}
        for word in ("read", "made")
    )
    assert len(readers) == 1
    assert len(makers) == 2
    assert not readers & makers


def test_a_killed_kernel_is_noticed_and_the_next_visitor_gets_another(server):
    page = opened(server)
    assert ask(server, f"/is-open/{kernel_of(page)}", **SIGNED)[0] == 204
    (kernel,) = kernels(server)
    kernel.kill()
    end = time.monotonic() + PATIENCE
    while ask(server, f"/is-open/{kernel_of(page)}", **SIGNED)[0] == 204 and time.monotonic() < end:
        time.sleep(0.2)
    assert ask(server, f"/is-open/{kernel_of(page)}", **SIGNED)[0] == 404
    close(server, opened(server))


def test_a_visitors_kernel_copies_little_of_what_has_been_read(server):
    page = opened(server)
    (kernel,) = kernels(server)
    found = kernel.memory_full_info()
    close(server, page)
    assert found.uss < found.rss / 2


def test_nothing_is_written_by_serving_and_reading(place, server):
    before = files(place)
    close(server, opened(server))
    for path in ("/", "/explorers/00-corpus", "/briefings/2026-11-23/briefing.html"):
        assert ask(server, path, **SIGNED)[0] == 200
    assert files(place) == before
    assert not (place / ".faultline").exists()


def test_the_dashboard_asks_the_network_for_nothing(place, server):
    """Neither here nor in any of the tests before this one."""
    close(server, opened(server))
    page = ask(server, "/explorers/04-how-far-to-trust-it", **SIGNED)
    assert (page[0], ask(server, "/", **SIGNED)[0]) == (200, 200)
    assert asked(place / "settings") == []


def files(place: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(place)): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in place.rglob("*")
        if "settings" not in path.parts
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A dashboard without a briefing or an article, on the first notebook and a tiny one; and its folder."""
    made = copied(tmp_path_factory.mktemp("small"))
    for path in (made / "notebooks").glob("*"):
        if not path.name.startswith("00"):
            path.unlink()
    once = new_code_cell('import os\nprint(f"read by {os.getpid()}")')
    each = new_code_cell('print(f"made by {os.getpid()}")', metadata={"tags": ["interactive"]})
    nbformat.write(new_notebook(cells=[once, each], metadata=KERNEL), made / "notebooks" / "01-a.ipynb")
    shutil.rmtree(made / "seeds")
    (made / "seeds").mkdir()
    with dashboard(made, "--visitors", "40") as server:  # each look at a page takes the place of one
        yield server, made


def test_without_a_briefing_or_an_article_the_pages_say_so_and_an_added_one_is_read_and_shown(small):
    server, made = small
    assert "There is no briefing yet." in ask(server, "/", **SIGNED)[2]
    text = settled(server, "This page ends here")
    assert "Traceback" not in text
    assert "one.txt" not in text
    (made / "seeds" / "one.txt").write_text(
        '"We agree," Minister Ana Paz of Peru said on 2 May 2024 in Lima.'
    )
    assert "one.txt" in settled(server, "one.txt")


def settled(server, words: str, *, path: str = "/explorers/00-corpus") -> str:
    """A page, as soon as it has some words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        _, _, text = ask(server, path, **SIGNED)
        if words in text:
            return text
        time.sleep(1)
    raise AssertionError(f"{words} was not shown in time")
