"""Notebooks of the tests in this folder are a line or two, so their kernels load nothing beforehand."""

import pytest

from analysis.briefing import notebook_runner


@pytest.fixture(autouse=True, scope="session")
def no_loading():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebook_runner, "LOADING", "")
        yield
