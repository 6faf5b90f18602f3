"""The files of this package as they were when this process began: which were edited since?"""

import os

State = tuple[int, int, int]
UNREAD = ("__pycache__", "templates")  # folders on which no row depends


def file_states(package: str = os.path.dirname(__file__)) -> dict[str, State]:
    """Size and times of each file of a package, which differ once it was edited."""
    found = {}
    for folder, subfolders, names in os.walk(package):
        subfolders[:] = [name for name in subfolders if name not in UNREAD]
        for name in names:
            stat = os.stat(path := os.path.join(folder, name))
            found[path] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return found


AT_START = file_states()
"""Before anything of them was read: `analysis.pipeline.cache_keys` asks which were edited since."""
