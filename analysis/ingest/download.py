"""Downloads, within limits, and from public machines. Only `faultline add` uses the network."""

import asyncio
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from analysis.ingest.draft import MAX_BYTES, plain_address
from analysis.ingest.file_formats import BY_ENDING, BY_MEDIA_TYPE, ending_of

SECONDS: Final = 30  # for one download with its redirects
CONNECT_SECONDS: Final = 10  # for each address of a machine
WAIT_SECONDS: Final = 1.0  # between two requests to the pages of one feed
AGENT: Final = "faultline"
HEADERS: Final = {
    "User-Agent": f"{AGENT} (https://pypi.org/project/faultline)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
SHOWN_CHARS: Final = 300  # of an address in a message
# They carry another address inside, or lead to whatever machine is nearest.
# Source: IANA special-purpose address registries.
NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4-compatible
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 inside a network
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local
    )
)
NOT_REACHED: Final = (httpx.ConnectError, httpx.ConnectTimeout)


def shown(address: str) -> str:
    """An address as messages show it."""
    plain = plain_address(address)
    return plain if len(plain) <= SHOWN_CHARS else f"{plain[:SHOWN_CHARS]}…"


def split_address(address: str) -> SplitResult:
    """The parts of an address of a page.

    Raises:
        ValueError: it has no host, or a scheme or port that no page has; the message is one sentence.
    """
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


def is_public(host: str) -> bool:
    """Yes if an IP address belongs to one machine that everybody can reach."""
    ip = plain_ip(host)
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


def is_loopback(host: str) -> bool:
    """Yes if a host is this machine, by its IP address or as "localhost"."""
    try:
        return plain_ip(host).is_loopback
    except ValueError:
        return host == "localhost"


def plain_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An IP address without its zone; one of version 4 that is written as version 6 is of version 4."""
    ip = ipaddress.ip_address(host.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


class Answer(NamedTuple):
    """What a server answered after redirects; the content is only read if the status is 200."""

    address: str
    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes


class PublicTransport(httpx.AsyncHTTPTransport):
    """Connects to public machines only, and to the address that was checked: a name may lead elsewhere next.

    Args:
        is_local: requests may also go to this machine, until one goes elsewhere.
    """

    def __init__(self, *, is_local: bool) -> None:
        super().__init__(verify=ssl.create_default_context(), trust_env=False)
        self.is_local = is_local

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, to the first address of its host that answers."""
        url, loop = request.url, asyncio.get_running_loop()
        self.is_local = self.is_local and is_loopback(split_address(str(url)).hostname)
        found = await loop.getaddrinfo(url.raw_host, url.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(address[0] for *_, address in found))
        for ip in addresses:
            if not (is_public(ip) or (self.is_local and is_loopback(ip))):
                private = f"leads to the private address {ip}, expected a public one"
                raise ValueError(f"{shown(str(url))}: {private}")
        named = {**request.extensions, "sni_hostname": url.raw_host.decode("ascii")}
        for ip in addresses:
            there = {"headers": request.headers, "stream": request.stream, "extensions": named}
            try:
                return await super().handle_async_request(
                    httpx.Request(request.method, url.copy_with(host=ip), **there)
                )
            except NOT_REACHED:
                if ip == addresses[-1]:
                    raise


def get(
    address: str,
    *,
    linked_from: str = "",
    seconds: float = SECONDS,
) -> Answer:
    """What a server answers, redirects followed.

    Args:
        address: begins with `http://` or `https://`; a user name and password in it go to its server alone.
        linked_from: where this address was found; "" if a person gave it, who may also give one of this
            machine. A link or redirect leads to this machine only from a page that is there itself.
        seconds: for everything: the name, every redirect, and the page.

    Raises:
        ValueError: there is no answer, or it is too large; the message is one sentence.
    """
    transport = PublicTransport(is_local=is_loopback(split_address(linked_from or address).hostname))
    client = httpx.AsyncClient(
        transport=transport,
        timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
        headers=HEADERS,
        follow_redirects=True,
    )

    async def answer_of() -> Answer:
        content = b""
        async with (
            asyncio.timeout(seconds),
            client,
            client.stream("GET", address) as response,
        ):
            async for part in response.aiter_bytes():
                content += part if response.status_code == 200 else b""
                if len(content) > MAX_BYTES:
                    large = f"holds more than {MAX_BYTES:,} bytes, expected a page"
                    raise ValueError(f"{shown(address)}: {large}")
            said = (response.status_code, response.reason_phrase, response.headers)
            return Answer(str(response.url), *said, content)

    try:
        return asyncio.run(answer_of())
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        is_reached = not isinstance(error, (*NOT_REACHED, httpx.InvalidURL, socket.gaierror, UnicodeError))
        reason = "took too long" if isinstance(error, TimeoutError) else error or type(error).__name__
        said = "sent no page" if is_reached else "cannot be reached"
        raise ValueError(f"{shown(address)}: {said} ({reason})") from error


def page_ending(answer: Answer) -> str:
    """The ending of a file with the page in an answer, by its media type, or else that of its address.

    Raises:
        ValueError: there is no page, or its kind is not read.
    """
    where = shown(answer.address)
    if answer.status != 200:
        raise ValueError(f"{where}: answered {answer.status} {answer.reason}, expected a page")
    media_type = (answer.headers.get("Content-Type") or "text/html").partition(";")[0].strip().lower()
    ending = ending_of(urlsplit(answer.address).path)
    if media_type in BY_MEDIA_TYPE:
        return BY_MEDIA_TYPE[media_type].endings[0]
    if ending not in BY_ENDING:
        raise ValueError(f"{where}: is {media_type}, expected a page, a feed or a file of articles")
    return ending


def get_allowed(address: str, rules: dict[str, RobotFileParser], *, linked_from: str) -> Answer:
    """What the server of a page answers, if its robots.txt lets programs read it; not too soon after others.

    Args:
        address: of the page.
        rules: robots.txt by scheme and host, as far as they were read.
        linked_from: the address of the feed.

    Raises:
        ValueError: there is no answer, or the server does not let programs read it.
    """
    parts = split_address(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in rules:
        answer = get(f"{origin}/robots.txt", linked_from=linked_from)
        rules[origin] = RobotFileParser()
        rules[origin].parse(answer.content.decode("utf-8", "replace").splitlines())
        # A server without one allows everything, one that fails nothing. Source: RFC 9309, 2.3.1.
        rules[origin].disallow_all = answer.status != 200 and not 400 <= answer.status < 500
    if not rules[origin].can_fetch(AGENT, address):
        raise ValueError(f"{shown(address)}: is closed to programs by the robots.txt of its server")
    time.sleep(WAIT_SECONDS)
    return get(address, linked_from=linked_from)
