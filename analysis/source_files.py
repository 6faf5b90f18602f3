"""The state of this package's files when the process began, to see which were edited since."""

import os

State = tuple[int, int, int]
UNREAD = ("__pycache__", "templates")  # folders that no row depends on


def file_states(package: str = os.path.dirname(__file__)) -> dict[str, State]:
    """Size and times of each file of a package; they change with every edit."""
    found = {}
    for folder, subfolders, names in os.walk(package):
        subfolders[:] = [name for name in subfolders if name not in UNREAD]
        for name in names:
            stat = os.stat(path := os.path.join(folder, name))
            found[path] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return found


AT_START = file_states()
"""Taken before any of them is read; `analysis.pipeline.cache_keys` compares it with the state of now."""
