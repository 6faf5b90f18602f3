"""A page or a feed from the network, within limits. Nothing but `faultline add` comes here."""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from threading import Timer
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

SECONDS = 30  # for one page, redirects included
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
HEADERS = {
    "User-Agent": "faultline (https://pypi.org/project/faultline)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/rtf": ".rtf",
}


class Page(NamedTuple):
    """What an address gave: where it led in the end, the ending of a file that holds it, its bytes."""

    address: str
    suffix: str
    content: bytes


def fetch(address: str, *, asked: str = "") -> Page:
    """One page; ValueError says in one sentence why there is none.

    Args:
        address: begins with `http://` or `https://`.
        asked: the address that a person gave, if it is another one: only a loopback one may lead to loopback.
    """
    is_local = is_loopback(urlsplit(asked or address).hostname or "")
    here = address
    for _ in range(MAX_REDIRECTS + 1):
        page_or_next = request(here, is_local)
        if isinstance(page_or_next, Page):
            return page_or_next
        here = urljoin(here, page_or_next)
    raise ValueError(f"{address}: leads on more than {MAX_REDIRECTS} times, expected a page")


def request(address: str, is_local: bool) -> Page | str:
    """The page at an address, or the address that it leads on to."""
    connection = connect(address, is_local)
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    latest = time.monotonic() + SECONDS
    end = Timer(SECONDS, connection.sock.shutdown, [socket.SHUT_RDWR])  # a slow server cannot outwait us
    end.daemon = True
    end.start()
    try:
        connection.request("GET", target.replace(" ", "%20"), headers=HEADERS)
        given = answer(connection.getresponse(), address)
        if time.monotonic() < latest:
            return given
        raise TimeoutError("cut off half way")
    except (http.client.HTTPException, OSError, UnicodeError, zlib.error) as error:
        took = "" if time.monotonic() < latest else f" within {SECONDS} seconds"
        raise ValueError(f"{address}: gave no page{took} ({error or type(error).__name__})") from error
    finally:
        end.cancel()
        connection.close()


def connect(address: str, is_local: bool) -> http.client.HTTPConnection:
    """An open connection, once its far end is known to be public; loopback only if that was asked for.

    The address that was reached is looked at, not the name: a name can be made to mean another machine
    between the look and the call.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{address}: is no address of a page, expected http:// or https:// and a host")
    try:
        if parts.scheme == "http":
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS / 3)
        else:
            context = ssl.create_default_context()
            connection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=SECONDS / 3, context=context
            )
        connection.connect()
    except (OSError, ValueError, UnicodeError) as error:
        raise ValueError(f"{address}: cannot be reached ({error})") from error
    reached = connection.sock.getpeername()[0]
    if not (is_public(reached) or (is_local and is_loopback(reached))):
        connection.close()
        raise ValueError(f"{address}: leads to the private address {reached}, expected a public one")
    return connection


def answer(response: http.client.HTTPResponse, address: str) -> Page | str:
    if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
        return response.getheader("Location")
    if response.status != 200:
        raise ValueError(f"{address}: answered {response.status} {response.reason}, expected a page")
    kind = (response.getheader("Content-Type") or "text/html").partition(";")[0].strip().lower()
    ending = f".{urlsplit(address).path.rpartition('.')[2].lower()}"
    suffix = ENDINGS.get(kind) or (ending if ending in (".docx", ".xlsx", ".eml", ".zip", ".jsonl") else None)
    if suffix is None:
        raise ValueError(f"{address}: is {kind}, expected a page, a feed or a file of articles")
    content = response.read(MAX_BYTES + 1)
    if response.getheader("Content-Encoding") == "gzip":
        content = zlib.decompressobj(wbits=31).decompress(content, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"{address}: holds more than {MAX_BYTES:,} bytes, expected a page")
    return Page(address, suffix, content)


def is_public(host: str) -> bool:
    return plain_ip(host).is_global


def is_loopback(host: str) -> bool:
    try:
        return plain_ip(host).is_loopback
    except ValueError:
        return host == "localhost"


def plain_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(host.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip
