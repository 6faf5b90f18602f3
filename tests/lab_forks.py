"""The process that is forked into the kernels of the tests' JupyterLab.

`tests.lab_kernels` starts it as `python -m tests.lab_forks FILE_NUMBER`; it needs nothing of JupyterLab.
"""

import socket
import sys
from importlib import import_module

ARTICLE = "The minister of Peru met the president of Chile in Lima on Monday, officials said."


def main() -> None:
    """Load what notebooks need, then fork kernels until the socket is closed."""
    from analysis.charts.base import ready_to_draw
    from analysis.kernels.fork_server import serve
    from analysis.notebook.warm_kernels import MODULES
    from analysis.workbench.actor_mentions import actor_mentions

    for module in MODULES:
        import_module(module)
    ready_to_draw()
    actor_mentions(ARTICLE)
    serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
