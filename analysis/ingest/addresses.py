"""Addresses of pages, files and folders: their parts, what readers may see of them, and whom they lead to."""

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

import fsspec

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


def plain_address(address: str) -> str:
    """An address without user name and password, its scheme in small letters; any other text as it is."""
    beginning = r"(?i)^\s*([a-z][a-z0-9+.-]*:)?//([^/?#]*@)?"
    return re.sub(beginning, lambda found: f"{(found[1] or '').lower()}//", address)


def shown(address: str) -> str:
    """An address as messages show it."""
    plain = plain_address(address)
    return plain if len(plain) <= SHOWN_CHARS else f"{plain[:SHOWN_CHARS]}…"


def is_web_address(text: str) -> bool:
    """Yes if a text begins as the address of a page does."""
    return re.match(r"https?://[^\s/?#]", text, re.IGNORECASE) is not None


def is_permalink(link: str | None) -> bool:
    """Yes if an address is more than that of a site."""
    return re.match(r"(?i)https?://[^/?#]*+/*+(?:[^?#]|\?[^#])", link or "") is not None


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


def file_system_of(address: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """The file system of an address, and the path on it.

    Args:
        address: a path on this machine, or an address such as `s3://bucket/folder`.

    Raises:
        ValueError: no file system has such addresses, or its package is not installed.
    """
    try:
        return fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        known = "a path on this machine, or an address such as s3://bucket/folder whose package is installed"
        raise ValueError(f"{address} cannot be opened ({error}), expected {known}") from error
