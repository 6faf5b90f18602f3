"""The kernels of the tests' JupyterLab: the first is started as an analyst's is, the others are forked.

A notebook shows the same in both (`tests/kernels/`), but each kernel that is a program of its own spends two
seconds importing libraries, and half a second on what it takes to show an article; the tests start a
dozen. The process that is forked, `tests.lab_forks`, does both once, while the first notebook runs; it ends
with JupyterLab.
"""

import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from analysis.kernels.forked_kernels import ForkedProvisioner, ForkServer
from analysis.pipeline.forked_workers import can_fork

ROOT = Path(__file__).parent.parent
OWN_PROGRAMS = 1  # kernels that are started first


class LabKernel(ServerKernelManager):
    """One kernel of JupyterLab."""

    started = 0
    server: ForkServer

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        if can_fork():
            self.server = fork_server()  # it gets ready while the first kernel works
            if LabKernel.started >= OWN_PROGRAMS:
                self.provisioner = ForkedProvisioner(
                    kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
                )
        LabKernel.started += 1
        return await super()._async_pre_start_kernel(**kwargs)


@cache
def fork_server() -> ForkServer:
    """The process that forks kernels, which ends when this one has."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.lab_forks", str(theirs.fileno())]
    subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()], start_new_session=True)
    theirs.close()
    return ForkServer(ours, ours.makefile("r", encoding="utf-8"))
