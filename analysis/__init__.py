"""Faultline: who said what, who did what to whom, about what, and is tension rising or easing."""

import os

State = tuple[int, int, int]


def file_states() -> dict[str, State]:
    """Size and times of each file of this package, which differ once it was edited."""
    package = os.path.dirname(__file__)
    found = [
        entry for folder in ("", "data", "models") for entry in os.scandir(os.path.join(package, folder))
    ]
    stats = {entry.path: entry.stat() for entry in found if entry.is_file()}
    return {path: (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in stats.items()}


AT_START = file_states()
"""Before anything of them was read: `analysis.needs` asks which were edited since."""
