"""Watches and refuses what a command and its processes ask of the network, by Python's audit events.

`watched(folder)` is an environment for a command; whatever it and its processes look up or connect to beyond
this machine is refused and noted in the folder.
"""

import os
from pathlib import Path

HOOK = """
import os, socket, sys

LOCAL = ("localhost", "ip6-localhost", socket.gethostname(), "", None)

def is_local(host):
    host = host.decode() if isinstance(host, bytes) else host
    return host in LOCAL or host.startswith("127.") or host in ("::1", "0.0.0.0", "::")

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[-1] if event != "socket.connect" else arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not is_local(host):
        with open(os.environ["NETWORK_WATCH"], "a") as noted:
            noted.write(f"{event} {host} by {sys.argv}\\n")
        raise ConnectionRefusedError(f"the test refuses {event} {host}")

sys.addaudithook(refuse)
"""


def watched(folder: Path) -> dict[str, str]:
    """The environment of a command that is watched; `asked(folder)` says what it asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    paths = [str(folder), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "NETWORK_WATCH": str(folder / "asked.txt"),
    }


def asked(folder: Path) -> list[str]:
    """What was asked of the network, in order."""
    noted = folder / "asked.txt"
    return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
