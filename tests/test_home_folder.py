"""A command in a home folder that cannot be written: no warning of others, and nothing left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands.home_folder import home_folder

NOWHERE = "/dev/null/home"  # which not even root can make
WARNERS = """
from pathlib import Path
from analysis.commands.home_folder import home_folder
with home_folder():
    import matplotlib
    from IPython.core.profiledir import ProfileDir
    from IPython.paths import get_ipython_dir
    ProfileDir.create_profile_dir_by_name(get_ipython_dir())
    print(matplotlib.get_configdir(), matplotlib.get_cachedir(), get_ipython_dir(), sep="\\n")
"""


def test_matplotlib_and_ipython_have_a_folder_that_is_gone_at_the_end(tmp_path):
    environment = {**os.environ, "HOME": NOWHERE, "TMPDIR": str(tmp_path)}
    for name in ("MPLCONFIGDIR", "IPYTHONDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-c", WARNERS], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert all(Path(line).is_relative_to(tmp_path) for line in done.stdout.splitlines())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("home", ["writable", "own folders"])
def test_the_folders_of_the_user_are_used_where_they_can_be(tmp_path, monkeypatch, home):
    for name in ("MPLCONFIGDIR", "IPYTHONDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    if home == "own folders":
        monkeypatch.setenv("HOME", NOWHERE)
        monkeypatch.setenv("MPLCONFIGDIR", "/mine")
        monkeypatch.setenv("IPYTHONDIR", "/mine")
    before = dict(os.environ)
    with home_folder():
        assert dict(os.environ) == before
