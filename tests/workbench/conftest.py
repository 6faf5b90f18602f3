"""One JupyterLab for all tests that use one, on three copies of Faultline's folders apart from each other."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.lab import Server, copied, jupyterlab
from tests.planted import RAISED, plant_article, plant_notebook


class Place(NamedTuple):
    """A copy of Faultline's folders, and the JupyterLab that shows it."""

    server: Server
    folder: Path


@pytest.fixture(scope="session")
def jupyterlab_root(tmp_path_factory) -> Iterator[Place]:
    """JupyterLab on the first article, with two more copies in folders of their own."""
    folder = copied(tmp_path_factory.mktemp("lab"))
    plant_notebook(folder / "notebooks" / "99-planted.ipynb", RAISED)
    plant_article(copied(folder / "hostile") / "seeds")
    copied(folder / "corrected")
    with jupyterlab(folder) as server:
        yield Place(server, folder)


def place_in(root: Place, name: str) -> Place:
    return Place(root.server._replace(folder=f"{name}/"), root.folder / name)


@pytest.fixture(scope="session")
def lab(jupyterlab_root) -> Server:
    """JupyterLab on the first article, and a notebook whose callbacks raise."""
    return jupyterlab_root.server


@pytest.fixture(scope="session")
def lab_folder(jupyterlab_root) -> Path:
    """The folders that `lab` shows."""
    return jupyterlab_root.folder


@pytest.fixture(scope="session")
def hostile_place(jupyterlab_root) -> Place:
    """JupyterLab with one more article, full of text that tries to run."""
    return place_in(jupyterlab_root, "hostile")


@pytest.fixture(scope="session")
def corrected_place(jupyterlab_root) -> Place:
    """JupyterLab on a copy that is corrected."""
    return place_in(jupyterlab_root, "corrected")
