"""Downloads, within limits. Only `faultline add` and `faultline watch` use the network."""

import gzip
import http.client
import re
import socket
import ssl
import time
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from io import BytesIO
from threading import Thread, Timer
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from analysis.ingest.plain_addresses import plain_address
from analysis.ingest.public_addresses import is_loopback, is_public
from analysis.ingest.readers import ending_of, file_formats, formats_by_ending

SECONDS = 30  # for one download with its redirects
CONNECT_SECONDS = 10  # for each address of a machine
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
REDIRECTS: Final = (301, 302, 303, 307, 308)
SAFE: Final = "/%:@!$&'()*+,;=?~[]"  # characters of a path or query that are sent as they are
SHOWN_CHARS: Final = 300  # of an address in a message
NO_HEADERS: Final = MappingProxyType({})
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


class Answer(NamedTuple):
    """What a server answered after redirects; the content is only read if the status is 200."""

    address: str
    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes


def fetch(address: str, *, linked_from: str = "", seconds: float = SECONDS) -> Page:
    """The page at an address, redirects followed.

    Args:
        address: begins with `http://` or `https://`; a user name and password in it go to its server alone.
        linked_from: where this address was found; "" if a person gave it, who may also give one of this
            machine. A link or redirect leads to this machine only from a page that is there itself.
        seconds: for everything: the name, every redirect, and the page.

    Raises:
        ValueError: there is no page; the message is one sentence.
    """
    return page_of(get(address, linked_from=linked_from, seconds=seconds))


def get(
    address: str,
    *,
    headers: Mapping[str, str] = NO_HEADERS,
    linked_from: str = "",
    seconds: float = SECONDS,
) -> Answer:
    """What a server answers, redirects followed; as `fetch`, but any status will do.

    Args:
        address: begins with `http://` or `https://`.
        headers: sent besides our own.
        linked_from: as in `fetch`.
        seconds: as in `fetch`.

    Raises:
        ValueError: there is no answer; the message is one sentence.
    """
    is_local = is_loopback(split_address(linked_from or address).hostname)
    deadline = time.monotonic() + seconds
    here = address
    for _ in range(MAX_REDIRECTS + 1):
        is_local = is_local and is_loopback(split_address(here).hostname)
        answer = request(here, {**HEADERS, **headers}, is_local, deadline)
        if answer.status not in REDIRECTS or not answer.headers.get("Location"):
            return answer
        here = redirect_target(here, answer.headers["Location"])
    raise ValueError(f"{shown(address)}: redirects more than {MAX_REDIRECTS} times, expected a page")


def redirect_target(here: str, location: str) -> str:
    """The address that a redirect leads to; servers send other letters than ASCII as UTF-8."""
    try:
        return urljoin(here, location.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return urljoin(here, location)
    except ValueError as error:
        raise ValueError(
            f"{shown(here)}: redirects to {shown(location)}, expected the address of a page"
        ) from error


def shown(address: str) -> str:
    """An address as messages show it."""
    plain = plain_address(address)
    return plain if len(plain) <= SHOWN_CHARS else f"{plain[:SHOWN_CHARS]}…"


def split_address(address: str) -> SplitResult:
    """The parts of an address that has a host."""
    try:
        parts = urlsplit(address)
        is_page = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        is_page = False
    if not is_page:
        unread = re.sub(r"//.*@", "//", address)  # a password may be what makes it unreadable
        raise ValueError(
            f"{shown(unread)}: is not the address of a page, expected http:// or https:// and a host"
        )
    return parts


def request(address: str, headers: Mapping[str, str], is_local: bool, deadline: float) -> Answer:
    """What a server answers to one request."""
    parts = split_address(address)
    target = quote(parts.path or "/", safe=SAFE) + (
        f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    )
    try:
        connection = connect(parts, is_local, deadline)
    except (OSError, UnicodeError, http.client.HTTPException) as error:
        raise ValueError(f"{shown(address)}: cannot be reached ({cause(error, deadline)})") from error
    try:
        with closed_at(deadline, connection.sock):
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            connection.request("GET", target, headers={**headers, **authorization(parts)})
            return read_answer(connection.getresponse(), address)
    except (http.client.HTTPException, OSError, UnicodeError, EOFError, zlib.error) as error:
        raise ValueError(f"{shown(address)}: sent no page ({cause(error, deadline)})") from error
    finally:
        connection.close()


def authorization(parts: SplitResult) -> dict[str, str]:
    """The header with the user name and password of an address, if it has them. Source: RFC 7617."""
    if parts.username is None:
        return {}
    words = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(words.encode()).decode()}"}


def cause(error: Exception, deadline: float) -> str:
    """Why there is no page, in a few words."""
    return "took too long" if time.monotonic() >= deadline else f"{error or type(error).__name__}"


@contextmanager
def closed_at(deadline: float, connection: socket.socket) -> Iterator[None]:
    """Shut a connection at a time, so that no server keeps us by sending slowly.

    Raises:
        TimeoutError: it is later than that, so that what was read may be cut.
    """
    end = Timer(max(deadline - time.monotonic(), 0), shut, [connection])
    end.daemon = True
    end.start()
    try:
        yield
        if time.monotonic() >= deadline:
            raise TimeoutError
    finally:
        end.cancel()


def shut(connection: socket.socket) -> None:
    """End a connection that another thread reads from."""
    with suppress(OSError):  # it has ended by itself
        # Not the method of an SSL socket, which would make the reader take encrypted bytes for the page.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def connect(parts: SplitResult, is_local: bool, deadline: float) -> http.client.HTTPConnection:
    """A connection to a machine whose address was checked, so that no other can take the place of its name.

    Raises:
        OSError, UnicodeError: there is no such machine, or it does not answer.
        ValueError: it is not public, and not this one if that is allowed.
    """
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, port)  # refuses a host with spaces
    addresses = resolved(parts.hostname, port, deadline)
    for ip in addresses:
        if not (is_public(ip) or (is_local and is_loopback(ip))):
            raise ValueError(
                f"{shown(parts.geturl())}: leads to the private address {ip}, expected a public one"
            )
    connection.sock = first_answering(addresses, port, deadline)
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(
            connection.sock, server_hostname=parts.hostname, do_handshake_on_connect=False
        )
    return connection


def resolved(host: str, port: int, deadline: float) -> list[str]:
    """The addresses of a machine by its name; the system itself sets no limit to how long that takes."""
    future: Future = Future()

    def look_up() -> None:
        try:
            future.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            future.set_exception(error)

    Thread(target=look_up, daemon=True).start()
    found = future.result(timeout=max(deadline - time.monotonic(), 0))
    return list(dict.fromkeys(address[0] for *_, address in found))


def first_answering(addresses: list[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of some addresses that answers."""
    problem = OSError("it has no address")
    for ip in addresses:
        seconds = min(deadline - time.monotonic(), CONNECT_SECONDS)
        if seconds <= 0:
            break
        try:
            return socket.create_connection((ip, port), timeout=seconds)
        except OSError as error:
            problem = error
    raise problem


def read_answer(response: http.client.HTTPResponse, address: str) -> Answer:
    """What a server answered, whole and unpacked."""
    content = whole_content(response, address) if response.status == 200 else b""
    return Answer(address, response.status, response.reason, response.headers, content)


def whole_content(response: http.client.HTTPResponse, address: str) -> bytes:
    """The bytes of a page.

    Raises:
        ValueError: it is too large, or packed in a way that we did not ask for.
        EOFError, OSError, http.client.HTTPException, zlib.error: it was cut short or is broken.
    """
    packing = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise ValueError(f"{shown(address)}: is packed as {packing}, expected gzip or a page as it is")
    content = limited(response.read(MAX_BYTES + 1), address)
    if response.length:
        raise EOFError(f"it was cut short by {response.length:,} bytes")
    if packing == "identity":
        return content
    return limited(gzip.GzipFile(fileobj=BytesIO(content)).read(MAX_BYTES + 1), address)


def limited(content: bytes, address: str) -> bytes:
    """The bytes of a page, if they are not too many."""
    if len(content) > MAX_BYTES:
        raise ValueError(f"{shown(address)}: holds more than {MAX_BYTES:,} bytes, expected a page")
    return content


def page_of(answer: Answer) -> Page:
    """The page in an answer.

    Raises:
        ValueError: there is none, or its kind is not read.
    """
    if answer.status != 200:
        raise ValueError(
            f"{shown(answer.address)}: answered {answer.status} {answer.reason}, expected a page"
        )
    media_type = (answer.headers.get("Content-Type") or "text/html").partition(";")[0].strip().lower()
    ending = ending_for(media_type, urlsplit(answer.address).path)
    if ending is None:
        raise ValueError(
            f"{shown(answer.address)}: is {media_type}, expected a page, a feed or a file of articles"
        )
    return Page(answer.address, ending, answer.content)


def ending_for(media_type: str, path: str) -> str | None:
    """The ending of a file with a download: that of its media type, else its own if we read such files."""
    by_media_type = {name: one.endings[0] for one in file_formats() for name in one.media_types}
    own = ending_of(path)
    return by_media_type.get(media_type) or (own if own in formats_by_ending() else None)
