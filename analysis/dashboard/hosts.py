"""The names under which the dashboard answers.

A page of another site can make a browser take the site's own name for this machine (DNS rebinding), and then
reads what is served here. So requests for names that nobody gave this machine are refused.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence

LOCAL = ("localhost", "127.0.0.1", "[::1]", "::1")
ANY_ADDRESS = r"[0-9.]+|\[[0-9a-f:.]+\]"  # of numbers, which no rebinding can bring about


def is_local(host: str) -> bool:
    """Whether only this machine can reach an address to listen on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_pattern(host: str, names: Sequence[str]) -> re.Pattern[str]:
    """What the name in a request must match, its port left out.

    Args:
        host: the address that the dashboard listens on.
        names: other names that colleagues use for this machine.
    """
    known = [*LOCAL, host, *names]
    if is_local(host):
        return re.compile(rf"(?:{exact_names(known)})\Z", re.IGNORECASE)
    known += [socket.gethostname()]
    return re.compile(rf"(?:{exact_names(known)}|{ANY_ADDRESS})\Z", re.IGNORECASE)


def exact_names(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in names)
