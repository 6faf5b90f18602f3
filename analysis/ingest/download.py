"""Downloads, within limits. Only `faultline add` uses the network."""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from threading import Timer
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from analysis.ingest.readers import ending_of, file_formats, formats_by_ending

SECONDS = 30  # for one download, without redirects
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
HEADERS = {
    "User-Agent": "faultline (https://pypi.org/project/faultline)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}


class Page(NamedTuple):
    """A download: the address after redirects, the ending for a file with it, and its bytes."""

    address: str
    ending: str
    content: bytes


def fetch(address: str, *, linked_from: str = "", seconds: float = SECONDS) -> Page:
    """The page at an address, redirects followed.

    Args:
        address: begins with `http://` or `https://`.
        linked_from: the address that a person gave, if this one was found there. Only from a loopback
            address may a link or redirect lead to loopback.
        seconds: for each download.

    Raises:
        ValueError: there is no page; the message is one sentence.
    """
    is_local = is_loopback(urlsplit(linked_from or address).hostname or "")
    here = address
    for _ in range(MAX_REDIRECTS + 1):
        page_or_next = request(here, is_local, seconds)
        if isinstance(page_or_next, Page):
            return page_or_next
        here = urljoin(here, page_or_next)
    raise ValueError(f"{address}: redirects more than {MAX_REDIRECTS} times, expected a page")


def request(address: str, is_local: bool, seconds: float) -> Page | str:
    """The page at an address, or the address that it redirects to."""
    connection = connect(address, is_local, seconds)
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    deadline = time.monotonic() + seconds
    end = Timer(seconds, connection.sock.shutdown, [socket.SHUT_RDWR])  # stops a server that sends slowly
    end.daemon = True
    end.start()
    try:
        connection.request("GET", target.replace(" ", "%20"), headers=HEADERS)
        page_or_next = answer(connection.getresponse(), address)
        if time.monotonic() < deadline:
            return page_or_next
        raise TimeoutError("interrupted")
    except (http.client.HTTPException, OSError, UnicodeError, zlib.error) as error:
        limit = "" if time.monotonic() < deadline else f" within {seconds} seconds"
        raise ValueError(f"{address}: sent no page{limit} ({error or type(error).__name__})") from error
    finally:
        end.cancel()
        connection.close()


def connect(address: str, is_local: bool, seconds: float) -> http.client.HTTPConnection:
    """An open connection to a public machine, or to loopback if that is allowed.

    The address that was reached is checked, not the name: a name may point to another machine by the time
    it is used.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{address}: is not the address of a page, expected http:// or https:// and a host")
    try:
        if parts.scheme == "http":
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds / 3)
        else:
            context = ssl.create_default_context()
            connection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=seconds / 3, context=context
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
    """The page in a response, or the address that it redirects to."""
    if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
        return response.getheader("Location")
    if response.status != 200:
        raise ValueError(f"{address}: answered {response.status} {response.reason}, expected a page")
    media_type = (response.getheader("Content-Type") or "text/html").partition(";")[0].strip().lower()
    ending = ending_for(media_type, urlsplit(address).path)
    if ending is None:
        raise ValueError(f"{address}: is {media_type}, expected a page, a feed or a file of articles")
    content = response.read(MAX_BYTES + 1)
    if response.getheader("Content-Encoding") == "gzip":
        content = zlib.decompressobj(wbits=31).decompress(content, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"{address}: holds more than {MAX_BYTES:,} bytes, expected a page")
    return Page(address, ending, content)


def ending_for(media_type: str, path: str) -> str | None:
    """The ending of a file with a download: that of its media type, else its own if we read such files."""
    by_media_type = {name: one.endings[0] for one in file_formats() for name in one.media_types}
    own = ending_of(path)
    return by_media_type.get(media_type) or (own if own in formats_by_ending() else None)


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
