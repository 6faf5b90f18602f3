"""Which addresses of machines are public, and which are this machine."""

import ipaddress
from typing import Final

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

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


def is_public(host: str) -> bool:
    """Whether an IP address belongs to one machine that everybody can reach."""
    ip = plain_ip(host)
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its IP address or as "localhost"."""
    try:
        return plain_ip(host).is_loopback
    except ValueError:
        return host == "localhost"


def plain_ip(host: str) -> IpAddress:
    """An IP address without its zone; one of version 4 that is written as version 6 is of version 4."""
    ip = ipaddress.ip_address(host.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip
