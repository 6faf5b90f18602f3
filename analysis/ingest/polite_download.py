"""Downloads that burden no server: one request after the other, and what robots.txt allows."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.robotparser import RobotFileParser

from analysis.ingest.download import HEADERS, NO_HEADERS, Answer, Page, get, page_of, shown, split_address

WAIT_SECONDS: Final = 1.0  # between two requests to one host
MAX_WAIT_SECONDS: Final = 30  # that a robots.txt may ask for
MAX_ROUND_BYTES: Final = 200_000_000  # of all downloads of one round
ROBOTS_SECONDS: Final = 86_400  # after which a robots.txt is read again. Source: RFC 9309, 2.4
MAX_ROBOTS_BYTES: Final = 500_000  # Source: RFC 9309, 2.5
AGENT: Final = HEADERS["User-Agent"].partition(" ")[0]


@dataclass
class Visits:
    """When each host was asked last, its robots.txt and when it was read, and what a round downloaded."""

    asked_at: dict[str, float] = field(default_factory=dict)
    robots: dict[str, tuple[float, RobotFileParser]] = field(default_factory=dict)
    bytes_read: int = 0


def polite_answer(
    address: str,
    visits: Visits,
    *,
    headers: Mapping[str, str] = NO_HEADERS,
    linked_from: str = "",
    wait_seconds: float = 0,
) -> Answer:
    """What a server answers, not too soon after the last time.

    Args:
        address, headers, linked_from: as in `download.get`.
        visits: what was asked before; it is brought up to date.
        wait_seconds: since the last request to the same host, if that is more than usual.

    Raises:
        ValueError: there is no answer, or the round has downloaded enough.
    """
    if visits.bytes_read > MAX_ROUND_BYTES:
        raise ValueError(f"{shown(address)}: waits for the next round, since this one has downloaded enough")
    host = split_address(address).hostname
    next_at = visits.asked_at.get(host, -math.inf) + max(WAIT_SECONDS, wait_seconds)
    time.sleep(max(0, next_at - time.monotonic()))
    try:
        answer = get(address, headers=headers, linked_from=linked_from)
    finally:
        visits.asked_at[host] = time.monotonic()
    visits.bytes_read += len(answer.content)
    return answer


def polite_page(address: str, visits: Visits, linked_from: str) -> Page:
    """The page at an address that a feed links to, if the server allows programs to read it.

    Raises:
        ValueError: there is no page, or programs may not read it.
    """
    rules = robots_rules(address, visits, linked_from)
    if not rules.can_fetch(AGENT, address):
        raise ValueError(f"{shown(address)}: is closed to programs by the robots.txt of its server")
    wait = min(float(rules.crawl_delay(AGENT) or 0), MAX_WAIT_SECONDS)
    return page_of(polite_answer(address, visits, linked_from=linked_from, wait_seconds=wait))


def robots_rules(address: str, visits: Visits, linked_from: str) -> RobotFileParser:
    """The robots.txt of a server; one without allows everything, one that fails nothing.

    Source: RFC 9309, 2.3.1.
    """
    parts = split_address(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    read_at, rules = visits.robots.get(origin, (0.0, None))
    if rules is None or time.monotonic() - read_at > ROBOTS_SECONDS:
        rules = read_robots(f"{origin}/robots.txt", visits, linked_from)
        visits.robots[origin] = (time.monotonic(), rules)
    return rules


def read_robots(address: str, visits: Visits, linked_from: str) -> RobotFileParser:
    rules = RobotFileParser()
    try:
        answer = polite_answer(address, visits, linked_from=linked_from)
    except ValueError:
        rules.disallow_all = True
        return rules
    if answer.status == 200:
        rules.parse(answer.content[:MAX_ROBOTS_BYTES].decode("utf-8", "replace").splitlines())
    else:
        rules.allow_all = 400 <= answer.status < 500
        rules.disallow_all = not rules.allow_all
    return rules
