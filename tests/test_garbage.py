"""How often Python looks for garbage."""

import gc
import subprocess
import sys

import pytest

from analysis.garbage import loading_libraries


@pytest.fixture
def collections():
    """How often Python has looked for garbage since."""
    looked = []
    gc.callbacks.append(lambda phase, found: looked.append(phase))
    yield looked
    gc.callbacks.pop()
    gc.unfreeze()


def test_python_does_not_look_for_garbage_while_libraries_load(collections):
    with loading_libraries():
        kept = [[] for _ in range(100_000)]
    assert collections == []
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(kept)


def test_python_looks_again_after_a_library_that_cannot_be_loaded():
    with pytest.raises(ImportError), loading_libraries():
        raise ImportError
    assert gc.isenabled()
    gc.unfreeze()


def test_a_process_that_does_not_look_for_garbage_is_left_as_it_is():
    gc.disable()
    try:
        with loading_libraries():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()


def test_a_notebook_looks_for_garbage_as_often_as_before():
    code = (
        "import gc; before = gc.get_threshold()\nfrom analysis import open_corpus\n"
        "print(before == gc.get_threshold(), gc.isenabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
