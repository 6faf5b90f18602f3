"""Downloads, within limits. Only `faultline add` uses the network."""

import asyncio
import gzip
import math
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from analysis.ingest.addresses import is_loopback, is_public, shown, split_address
from analysis.ingest.file_formats import BY_ENDING, BY_MEDIA_TYPE, ending_of

SECONDS: Final = 30  # for one download with its redirects
CONNECT_SECONDS: Final = 10  # for each address of a machine
MAX_BYTES: Final = 20_000_000
MAX_REDIRECTS: Final = 5
WAIT_SECONDS: Final = 1.0  # between two requests to the pages of one feed
MAX_WAIT_SECONDS: Final = 10  # that a robots.txt may ask for
MAX_ROBOTS_BYTES: Final = 500_000  # Source: RFC 9309, 2.5
AGENT: Final = "faultline"
HEADERS: Final = {
    "User-Agent": f"{AGENT} (https://pypi.org/project/faultline)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
NOT_REACHED: Final = (httpx.ConnectError, httpx.ConnectTimeout)


class Answer(NamedTuple):
    """What a server answered after redirects; the content is only read if the status is 200."""

    address: str
    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes


def get(
    address: str,
    *,
    headers: Mapping[str, str] = MappingProxyType({}),
    linked_from: str = "",
    seconds: float = SECONDS,
) -> Answer:
    """What a server answers, redirects followed.

    Args:
        address: begins with `http://` or `https://`; a user name and password in it go to its server alone.
        headers: sent besides our own.
        linked_from: where this address was found; "" if a person gave it, who may also give one of this
            machine. A link or redirect leads to this machine only from a page that is there itself.
        seconds: for everything: the name, every redirect, and the page.

    Raises:
        ValueError: there is no answer; the message is one sentence.
    """
    is_local = is_loopback(split_address(linked_from or address).hostname)

    async def answer_of() -> Answer:
        nonlocal is_local
        here = address
        async with asyncio.timeout(seconds):
            for _ in range(MAX_REDIRECTS + 1):
                is_local = is_local and is_loopback(split_address(here).hostname)
                answer, target = await request(here, {**HEADERS, **headers}, is_local)
                if not target:
                    return answer
                here = target
        raise ValueError(f"{shown(address)}: redirects more than {MAX_REDIRECTS} times, expected a page")

    try:
        return asyncio.run(answer_of())
    except TimeoutError as error:
        raise ValueError(f"{shown(address)}: sent no page (took too long)") from error


async def request(address: str, headers: Mapping[str, str], is_local: bool) -> tuple[Answer, str]:
    """What a server answers to one request, whole and unpacked, and where it redirects to; "" if it does not.

    Args:
        address: asked for; the machine that its name leads to must be public.
        headers: sent with it.
        is_local: it may also be this machine.

    Raises:
        ValueError: there is no answer, or it is too large or packed in a way that we did not ask for.
    """
    split_address(address)
    try:
        url = httpx.URL(address)
        port = url.port or {"http": 80, "https": 443}[url.scheme]
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(url.raw_host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(address[0] for *_, address in found))
        for ip in addresses:
            if not (is_public(ip) or (is_local and is_loopback(ip))):
                raise ValueError(
                    f"{shown(address)}: leads to the private address {ip}, expected a public one"
                )
        timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
        async with httpx.AsyncClient(
            verify=ssl.create_default_context(), timeout=timeout, trust_env=False
        ) as client:
            for ip in addresses:
                # To the address that was checked: asked for again, the name could lead elsewhere.
                asked = client.build_request(
                    "GET",
                    url.copy_with(host=ip),
                    headers={**headers, "Host": url.netloc.decode("ascii")},
                    extensions={"sni_hostname": url.raw_host.decode("ascii")},
                )
                try:
                    response = await client.send(asked, stream=True)
                except NOT_REACHED:
                    if ip == addresses[-1]:
                        raise
                    continue
                content = await content_of(response, address) if response.status_code == 200 else b""
                await response.aclose()
                target = response.headers["Location"] if response.has_redirect_location else ""
                said = (response.status_code, response.reason_phrase, response.headers)
                return Answer(address, *said, content), target and str(url.join(target))
    except (*NOT_REACHED, httpx.InvalidURL, socket.gaierror, UnicodeError) as error:
        raise ValueError(f"{shown(address)}: cannot be reached ({error or type(error).__name__})") from error
    except (httpx.HTTPError, OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{shown(address)}: sent no page ({error or type(error).__name__})") from error


async def content_of(response: httpx.Response, address: str) -> bytes:
    """The page in an answer, whole and unpacked.

    Raises:
        ValueError: it is too large, or packed in a way that we did not ask for.
        EOFError, OSError, httpx.HTTPError, zlib.error: it was cut short or is broken.
    """
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise ValueError(f"{shown(address)}: is packed as {packing}, expected gzip or a page as it is")
    content = b""
    async for part in response.aiter_raw():
        content += part
        if len(content) > MAX_BYTES:
            break
    if packing != "identity" and len(content) <= MAX_BYTES:
        content = gzip.GzipFile(fileobj=BytesIO(content)).read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"{shown(address)}: holds more than {MAX_BYTES:,} bytes, expected a page")
    return content


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


@dataclass
class LinkedPages:
    """The pages that a feed links to, fetched one after the other, and only what robots.txt allows.

    Args:
        linked_from: the address of the feed.
    """

    linked_from: str
    asked_at: float = -math.inf
    rules: dict[str, RobotFileParser] = field(default_factory=dict)  # robots.txt, by scheme and host

    def fetch(self, address: str) -> Answer:
        """What the server of a page answers.

        Raises:
            ValueError: there is no answer, or the server does not let programs read it, or only very slowly.
        """
        parts = split_address(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.rules:
            self.rules[origin] = self.read_rules(f"{origin}/robots.txt")
        if not self.rules[origin].can_fetch(AGENT, address):
            raise ValueError(f"{shown(address)}: is closed to programs by the robots.txt of its server")
        delay = float(self.rules[origin].crawl_delay(AGENT) or 0)
        if delay > MAX_WAIT_SECONDS:
            asked = f"the robots.txt of its server asks programs to wait {delay:,.0f} seconds for each page"
            raise ValueError(f"{shown(address)}: {asked}")
        return self.get(address, delay)

    def get(self, address: str, delay: float = 0) -> Answer:
        """What a server answers, not too soon after the last time."""
        time.sleep(max(0, self.asked_at + max(WAIT_SECONDS, delay) - time.monotonic()))
        try:
            return get(address, linked_from=self.linked_from)
        finally:
            self.asked_at = time.monotonic()

    def read_rules(self, address: str) -> RobotFileParser:
        """A robots.txt; a server without one allows everything, one that fails nothing.

        Source: RFC 9309, 2.3.1.
        """
        rules, status = RobotFileParser(), 0
        try:
            answer = self.get(address)
            status = answer.status
        except ValueError:
            rules.disallow_all = True
        if status == 200:
            rules.parse(answer.content[:MAX_ROBOTS_BYTES].decode("utf-8", "replace").splitlines())
        rules.allow_all = 400 <= status < 500
        rules.disallow_all = status != 200 and not rules.allow_all
        return rules
