"""Downloads from a server on this machine: what is whole is kept, all else is refused in one sentence."""

import gzip
import random
import socket
import threading

import pytest

from analysis.ingest.download import Answer, get, is_loopback, is_public, page_ending
from tests.ingest.site import drip, page, redirect

STORY = "<p>The envoys met in Rome on Monday.</p>"


def fetch(address, **named):
    answer = get(address, **named)
    assert page_ending(answer) == ".html"
    return answer


def test_a_page_is_fetched_whole_or_packed_or_after_redirects(site):
    site.pages = {
        "/a": page(STORY),
        "/packed": page(gzip.compress(STORY.encode()), Content_Encoding="gzip"),
        "/moved": redirect("/packed"),
    }
    assert {fetch(site.address + path).content for path in site.pages} == {STORY.encode()}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (page(STORY, Content_Length="500"), "sent no page (peer closed connection"),
        (page(b"no gzip", Content_Encoding="gzip"), "sent no page ("),
        (page(STORY, status=500), "answered 500 Internal Server Error, expected a page"),
        (page(b"\x89PNG", "image/png"), "is image/png, expected a page, a feed or a file of articles"),
        (page(b"a" * 20_000_001), "holds more than 20,000,000 bytes"),
        (page(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"), "holds more than 20,000,000 bytes"),
        (redirect("http://[bad/"), "cannot be reached"),
        (redirect("http://exa mple.org/"), "cannot be reached"),
        (redirect("http://example.org:port/"), "sent no page (Invalid URL in location header"),
        (redirect("file:///etc/passwd"), "is not the address of a page"),
        (redirect("javascript:alert(1)"), "cannot be reached"),
        (redirect("http://10.0.0.1/"), "leads to the private address 10.0.0.1, expected a public one"),
        (redirect("/a"), "sent no page (Exceeded maximum allowed redirects"),
        (lambda handler: handler.wfile.write(b"no HTTP\r\n\r\n"), "sent no page"),
        (lambda handler: None, "sent no page"),
        (
            lambda handler: handler.wfile.write(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n9\r\nbro"
            ),
            "sent no page (peer closed connection",
        ),
    ],
)
def test_what_is_no_whole_page_is_refused_in_one_sentence(site, answer, problem):
    site.pages = {"/a": answer}
    with pytest.raises(ValueError) as raised:
        fetch(f"{site.address}/a")
    assert problem in str(raised.value)


def test_other_letters_than_ascii_in_an_address_or_a_redirect_are_sent_as_utf_8(site):
    def moved(handler):
        handler.wfile.write("HTTP/1.0 302 Found\r\nLocation: /café\r\n\r\n".encode())

    site.pages = {"/caf%C3%A9?q=%C3%BC%20b%25": page(STORY), "/caf%C3%A9": page(STORY), "/moved": moved}
    for path in ("/café?q=ü b%25", "/moved"):
        assert fetch(f"{site.address}{path}").content == STORY.encode()


@pytest.mark.parametrize("head", [b"", b"HTTP/1.0 200 OK\r\nX: ", b"HTTP/1.0 200 OK\r\n\r\n"])
def test_a_server_that_sends_for_ever_is_given_up_in_time(site, head):
    site.pages = {"/": drip(head)}
    with pytest.raises(ValueError, match=r"sent no page \(took too long\)"):
        get(f"{site.address}/", seconds=0.5)


def test_the_time_limit_is_for_all_redirects_together(site):
    def slow(handler):
        threading.Event().wait(0.3)
        redirect(f"/{random.random()}")(handler)

    site.pages = type("Every", (dict,), {"get": lambda self, path: slow})()
    with pytest.raises(ValueError, match="took too long"):
        get(f"{site.address}/", seconds=0.7)


def test_a_handshake_that_never_ends_is_given_up():
    listening = socket.create_server(("127.0.0.1", 0))
    with pytest.raises(ValueError, match=r"sent no page \(took too long\)"):
        get(f"https://127.0.0.1:{listening.getsockname()[1]}/", seconds=0.5)
    listening.close()


PRIVATE = [
    *("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.1.1", "192.88.99.1"),
    *("::1", "fd00::1", "fe80::1", "fec0::1", "ff0e::1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::"),
    *("2002:808:808::1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2001:0:1::1"),
]


@pytest.mark.parametrize("addresses", [*([one] for one in PRIVATE), ["93.184.215.14", "127.0.0.1"]])
def test_a_name_that_leads_to_a_private_address_is_never_connected_to(names, monkeypatch, addresses):
    names["news.example"] = addresses
    monkeypatch.setattr(socket.socket, "connect", lambda *words: pytest.fail("connected"))
    with pytest.raises(ValueError, match=f"leads to the private address {addresses[-1]}, expected a public"):
        fetch("http://news.example/feed")


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(site, names):
    site.pages = {"/a": page(STORY)}
    names["localhost"] = ["127.0.0.1"]
    assert fetch(f"http://localhost:{site.server_port}/a").content == STORY.encode()
    assert names["asked"].count("localhost") == 1
    assert site.asked[0][1]["Host"] == f"localhost:{site.server_port}"


def test_the_next_address_is_tried_if_the_first_does_not_answer(site, names):
    site.pages = {"/a": page(STORY)}
    names["localhost"] = ["127.0.0.2", "127.0.0.1"]
    assert fetch(f"http://localhost:{site.server_port}/a").content == STORY.encode()


def test_an_address_of_this_machine_that_a_person_gives_is_read_and_so_are_its_links(site):
    site.pages = {"/a": page(STORY), "/moved": redirect("/a")}
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]"):
        assert fetch(f"http://{host}:{site.server_port}/moved").content == STORY.encode()
    assert fetch(f"{site.address}/moved", linked_from="http://localhost/feed").content == STORY.encode()


def test_a_page_elsewhere_cannot_lead_back_to_this_machine(site, names):
    site.pages = {"/a": page(STORY), "/out": redirect("http://news.example/back")}
    names["news.example"] = ["127.0.0.1"]  # a name that its owner has turned to this machine
    for address, linked_from in (
        (f"{site.address}/a", "https://example.org/feed"),
        (f"{site.address}/out", ""),
        (f"http://news.example:{site.server_port}/a", site.address),
    ):
        with pytest.raises(ValueError, match=r"leads to the private address 127\.0\.0\.1"):
            fetch(address, linked_from=linked_from)


def test_a_password_goes_to_its_server_alone_and_into_no_message(site):
    site.pages = {
        "/a": page(STORY),
        "/moved": redirect("/a"),
        "/away": redirect(f"http://localhost:{site.server_port}/a"),
    }
    user = f"http://ana:p%40ss@127.0.0.1:{site.server_port}"
    for path in ("/moved", "/away"):
        assert fetch(user + path).content == STORY.encode()
    sent = [headers.get("Authorization") for _, headers in site.asked]
    assert sent == ["Basic YW5hOnBAc3M=", "Basic YW5hOnBAc3M=", "Basic YW5hOnBAc3M=", None]
    for address in (f"{user}/gone", "http://ana:p%40ss@10.0.0.1/", "http://ana:p%40ss#s@a.org:x/"):
        with pytest.raises(ValueError) as raised:
            fetch(address)
        assert "ana" not in str(raised.value)
        assert "ss" not in str(raised.value).partition(": ")[0]


def test_public_addresses_are_known():
    assert is_public("93.184.215.14") and is_public("2606:2800:21f:cb07::1")
    hosts = ("::ffff:127.0.0.1", "localhost", "localhost.example")
    assert [is_loopback(host) for host in hosts] == [True, True, False]


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://", "http:///a", "http://a:x/", "http://a:99999/", "ftp://a/", "a", ""]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match="is not the address of a page, expected http:// or https://"):
        fetch(address)


def test_a_very_long_address_is_cut_in_the_message():
    with pytest.raises(ValueError) as raised:
        fetch(f"http://10.0.0.1/{'a' * 60_000}")
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    ("media_type", "path", "ending"),
    [
        ("text/html", "/a.txt", ".html"),
        ("application/atom+xml", "/feed", ".xml"),
        ("application/octet-stream", "/a.docx", ".docx"),
    ],
)
def test_a_download_is_read_by_its_media_type_or_else_its_ending(media_type, path, ending):
    answer = Answer(f"http://a.org{path}", 200, "OK", {"Content-Type": media_type}, b"")
    assert page_ending(answer) == ending


def test_a_server_without_a_trusted_certificate_is_refused(site):
    with pytest.raises(ValueError, match="cannot be reached"):
        fetch(f"https://127.0.0.1:{site.server_port}/a")
