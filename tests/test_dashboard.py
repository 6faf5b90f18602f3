"""Who may see the dashboard, what a visitor can do there, and that it writes nothing."""

import asyncio
import html
import json
import os
import re
import shutil
import struct
import time
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from analysis.briefing.build import briefings_in
from analysis.dashboard import is_own_name
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.analyse import analyse
from tests.lab import (
    LOG,
    TOKEN,
    bars,
    chosen,
    copied,
    dashboard,
    explorer,
    faults,
    patient_page,
    see_end,
    watch,
)
from tests.network_watch import asked
from tests.planted import OUTLET, SHOWN, executed, plant_article

SIGNED = {"Authorization": f"token {TOKEN}"}
EXPLORER = "/voila/render/02-sentiment-by-speaker.ipynb"
V1 = "v1.kernel.websocket.jupyter.org"
PATIENCE = 300  # seconds


@pytest.fixture(scope="module")
def place(tmp_path_factory, seed_store):
    """Faultline's folders with a hostile article and two briefings; the record of the newer is broken."""
    made = copied(tmp_path_factory.mktemp("served"))
    shutil.copytree(seed_store, made / ".faultline")
    plant_article(made / "seeds")
    analyse(load_corpus(made / "seeds")[0], store=made / ".faultline")  # as after a briefing
    record = {"title": "Briefing, 17 to 23 November 2026", "bottom_line": ["<b>Quiet</b> & calm."]}
    for second, (name, text) in enumerate([("2026-11-23", json.dumps(record)), ("2026-11-24", "{")]):
        folder = made / "briefings" / name
        folder.mkdir(parents=True)
        page = folder / "briefing.html"
        page.write_text(f"<script>alert(1)</script><p>{name}</p>")
        os.utime(page, (second, second))
        (folder / "tables.xlsx").write_bytes(b"PK")
        (folder / "briefing.json").write_text(text)
    (made / "briefings" / "gulf" / "2026-11-25").mkdir(parents=True)
    (made / "briefings" / "gulf" / "2026-11-25" / "briefing.html").write_text("<p>of a desk</p>")
    (made / "secret.html").write_text("secret")
    return made


@pytest.fixture(scope="module")
def server(place):
    with dashboard(place, "--visitors", "2", "--title", "Pacific desk") as one:
        yield one


def ask(server, path, *, method="GET", body=None, **headers):
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


class Visit(NamedTuple):
    """A notebook that a visitor has opened and leaves open, and all files before and after."""

    page: str
    before: dict
    after: dict


@pytest.fixture(scope="module")
def visit(place, server):
    def files():
        found = [path for path in place.rglob("*") if "settings" not in path.parts]
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}

    before = files()
    for path in ("/", "/briefings/2026-11-23/briefing.html", "/voila/render/00-corpus.ipynb?country=CHN"):
        status, _, text = ask(server, path, **SIGNED)
        assert status == 200
    return Visit(text, before, files())


@pytest.fixture(scope="module")
def kernel(visit):
    return re.search(r'"kernelId": "([\w-]+)"', visit.page)[1]


def send(server, kernel, *messages, protocols=(V1,), headers=SIGNED):
    """Send messages to a kernel as a page does; returns the protocol that the server has chosen."""
    host = urlsplit(server.address).netloc

    async def run():
        address = f"ws://{host}/api/kernels/{kernel}/channels?session_id=x"
        request = HTTPRequest(address, headers={**headers, "Origin": server.address})
        connection = await websocket_connect(request, subprotocols=list(protocols))
        for message in messages:
            await connection.write_message(message, binary=isinstance(message, bytes))
        chosen = connection.selected_subprotocol
        connection.close()
        return chosen

    return asyncio.run(asyncio.wait_for(run(), PATIENCE))


def test_without_the_token_there_is_only_the_sign_in_page(server):
    for path in ("/", EXPLORER, "/voila/tree", "/briefings/2026-11-24/briefing.html"):
        status, headers, text = ask(server, path)
        assert (status, text) == (302, ""), path
        assert headers["Location"].startswith("/login?next=")
    assert ask(server, "/api/kernels/0-0-0-0-0")[0] == 403
    assert ask(server, "/", Authorization="token wrong")[0] == 302


def test_the_token_gives_a_cookie_that_other_sites_cannot_use_and_leaves_the_address(server):
    status, headers, _ = ask(server, f"/?token={TOKEN}")
    cookie = next(one for one in headers.get_all("Set-Cookie") if one.startswith("username-"))
    assert (status, headers["Location"]) == (302, "/")
    assert "SameSite=Strict" in cookie and "HttpOnly" in cookie
    assert "Look closer" in ask(server, "/", Cookie=cookie.split(";")[0])[2]
    # a link from page to page, or an address that is typed, names no page that it comes from
    assert ask(server, "/briefings/2026-11-24/briefing.html", Cookie=cookie.split(";")[0])[0] == 200


def test_the_token_of_an_address_that_is_not_there_is_not_in_the_log(place, server):
    assert ask(server, f"/nowhere?token={TOKEN}")[0] == 404
    log = place / "settings" / LOG
    end = time.monotonic() + 10  # it writes when it has time
    while "/nowhere" not in log.read_text() and time.monotonic() < end:
        time.sleep(0.1)
    assert "/nowhere" in log.read_text() and f"/nowhere?token={TOKEN}" not in log.read_text()


def test_a_wrong_token_typed_into_the_sign_in_page_is_refused(server):
    _, headers, text = ask(server, "/login")
    cookie, xsrf = headers["Set-Cookie"].split(";")[0], re.search(r'name="_xsrf" value="([^"]+)"', text)[1]
    for guess, status in (("guess", 401), (TOKEN, 302)):
        body = {"_xsrf": xsrf, "password": guess}
        assert ask(server, "/login", method="POST", body=body, Cookie=cookie)[0] == status


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"])
@pytest.mark.parametrize("path", ["/", EXPLORER, "/login", "/briefings/2026-11-24/briefing.html"])
def test_another_name_of_this_machine_is_refused_whatever_is_asked(server, name, path):
    assert ask(server, path, Host=name, **SIGNED)[0] == 403


@pytest.mark.parametrize(
    ("host", "known", "unknown"),
    [
        ("127.0.0.1", ["LOCALHOST", "127.0.0.1", "[::1]"], ["10.0.0.5", "desk.example", ""]),
        ("0.0.0.0", ["10.0.0.5", "[fe80::1]", "desk.example"], ["evil.example", "10.0.0.5.evil.example"]),
    ],
)
def test_an_open_dashboard_answers_to_numbers_and_to_names_that_were_given(host, known, unknown):
    names = [] if host == "127.0.0.1" else ["desk.example"]
    assert [name for name in known if not is_own_name(name, host, names)] == []
    assert [name for name in unknown if is_own_name(name, host, names)] == []


def test_the_start_page_has_the_briefings_and_notebooks_and_no_markup_of_others(server):
    text = ask(server, "/", **SIGNED)[2]
    pages = [f"/{one}/briefing" for one in ("gulf/2026-11-25", "2026-11-24", "2026-11-23")]
    order = ["<h1>Pacific desk</h1>", *pages, "Look closer", EXPLORER]
    assert sorted(order, key=text.index) == order
    assert "&lt;b&gt;Quiet&lt;/b&gt; &amp; calm." in text
    assert "script" not in text


def test_a_briefing_without_numbers_is_listed_by_its_folder(tmp_path):
    assert briefings_in(tmp_path / "none") == []
    (tmp_path / "2026-11-24-IRN").mkdir()
    (tmp_path / "2026-11-24-IRN" / "briefing.html").write_text("<p>page</p>")
    (row,) = briefings_in(tmp_path)
    assert (row["title"], row["bottom_line"], row["has_tables"]) == ("Briefing 2026-11-24-IRN", [], False)


def test_a_page_of_a_briefing_may_run_nothing_and_nothing_else_can_be_reached(server):
    status, headers, text = ask(server, "/briefings/2026-11-24/briefing.html", **SIGNED)
    assert (status, text) == (200, "<script>alert(1)</script><p>2026-11-24</p>")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; img-src data:;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ask(server, "/briefings/2026-11-24/tables.xlsx", **SIGNED)[0] == 200
    assert ask(server, "/briefings/gulf/2026-11-25/briefing.html", **SIGNED)[0] == 200
    for path in ("..%2F..%2Fsecret.html", "2026-11-24/..%2F..%2Fsecret.html", "2026-11-24/briefing.json"):
        assert ask(server, f"/briefings/{path}", **SIGNED)[0] in (403, 404), path
    for path in ("voila/templates/faultline", "voila/templates/lab", "static", "voila"):
        assert ask(server, f"/{path}/static/..%2f..%2fetc%2fpasswd", **SIGNED)[0] in (403, 404), path
    assert ask(server, "/voila/files/00-corpus.ipynb", **SIGNED)[0] == 403
    assert ask(server, "/voila/render/..%2Fsecret.ipynb", **SIGNED)[0] == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=2024-02-30", "expected a date such as 2024-04-20"),
        ("country=<script>alert(1)</script>%25s", "expected a country"),
        ("reporting_period=soon", "expected auto, day, week"),
        ("period=all", "there is no 'period', expected since, until, country, pair, reporting_period"),
        ("event.pair=CHN-USA", "there is no 'event.pair'"),
        ("%D0%BF=1%0a", "there is no "),
    ],
)
def test_a_mistake_in_an_address_is_a_sentence(server, asked, said):
    status, _, text = ask(server, f"{EXPLORER}?{asked}", **SIGNED)
    assert status == 400
    assert said in html.unescape(text)
    assert "<script>alert" not in text


@pytest.mark.model
def test_serving_and_reading_writes_nothing(visit):
    assert "Add an article" not in visit.page
    assert visit.before == visit.after


@pytest.mark.model
def test_a_message_that_counts_wrongly_does_not_hang_the_dashboard(server, kernel):
    frames = [struct.pack("<Q", 1 << 62), struct.pack("!i", (1 << 31) - 1), b""]
    assert send(server, kernel, *frames) is None  # not the protocol of binary messages
    assert ask(server, "/", **SIGNED)[0] == 200


@pytest.mark.model
def test_a_visitor_runs_no_code_of_theirs(server, kernel, tmp_path):
    header = {"msg_id": "1", "msg_type": "execute_request", "username": "", "session": "x", "version": "5.3"}
    code = f"open({str(tmp_path / 'written')!r}, 'w').write('x')"
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": {"code": code}}
    for channel in ("shell", "control"):
        send(server, kernel, json.dumps({**message, "channel": channel}))
    with pytest.raises(Exception, match="403"):
        send(server, kernel, headers={})
    time.sleep(3)
    assert not (tmp_path / "written").exists()


@pytest.mark.model
@pytest.mark.browser
def test_a_visitor_filters_what_hostile_text_cannot_disturb_and_there_is_no_place_for_a_third(
    browser, server, kernel
):
    page = patient_page(browser)
    seen, blocked = watch(page), set()
    page.on("requestfailed", lambda request: blocked.add(request.url))
    page.goto(f"{server.address}/{server.query}")
    link = page.get_by_role("link", name="Who says what, and in what tone?").get_attribute("href")
    page.goto(urljoin(page.url, f"{link}?{urlencode({'speakers.outlet': OUTLET})}"))
    filtered = bars(page)
    assert ask(server, EXPLORER, **SIGNED)[0] == 503
    chosen(page, "Outlet", 0)
    assert bars(page) != filtered
    chosen(page, "Outlet", 1)
    assert bars(page) == filtered
    address = page.get_by_role("link", name="Address of this view").get_attribute("href")
    assert urljoin(page.url, address) == page.url
    assert explorer(page).get_by_role("button", name="wrong").count() == 0
    assert [text for text in SHOWN if text not in page.inner_text("body")] == []
    assert executed(page) is None
    assert set(seen.strangers) <= blocked  # Voila's template asks for icons, which its policy does not allow
    assert set(faults(seen)) <= blocked
    page.close()


def test_the_server_ends_with_its_command_and_has_asked_the_network_for_nothing(place, server):
    see_end(server)
    assert asked(place / "settings") == []
