"""Kernels for nbclient and Jupyter that a fork server starts in a hundredth of a second."""

import json
import os
import signal
import socket as socket_module
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from socket import socket
from threading import Lock
from typing import Any, Final, NamedTuple, TextIO

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Instance

from analysis.kernels.fork_server import forked

LONGEST_PATH: Final = 90  # bytes: a socket's own path has ten more, and macOS allows 103
LAUNCHER: Final = "ipykernel_launcher"  # the module that a kernel of IPython is started with


class Kernels(NamedTuple):
    """How the kernels of notebooks are started, and how many run at once."""

    start: Callable[[str], AsyncKernelManager]  # given the path of a connection file
    at_once: int


class ServerEnded(RuntimeError):
    """The process that forks kernels has ended, and its kernels with it."""


@dataclass(eq=False)
class ForkServer:
    """The side of a fork server on which kernels are asked for, from any thread."""

    channel: socket
    lines: TextIO
    lock: Lock = field(default_factory=Lock)

    def ask(self, **message: object) -> dict[str, Any]:
        """What the server answers.

        Raises:
            ServerEnded: it does not.
        """
        with self.lock:
            try:
                self.channel.sendall(json.dumps(message).encode() + b"\n")
                line = self.lines.readline()
            except OSError as error:
                raise ServerEnded from error
        if not line:
            raise ServerEnded
        return json.loads(line)


@contextmanager
def fork_server(prepare: Callable[[], object]) -> Iterator[ForkServer]:
    """A server forked from this process, which must have no thread that matters; it ends with the block.

    Args:
        prepare: called in the server before it forks kernels.
    """
    channel, pid = forked(prepare)
    try:
        with channel, channel.makefile("r", encoding="utf-8") as lines:
            yield ForkServer(channel, lines)
    finally:
        os.waitpid(pid, 0)


@dataclass(eq=False)
class ForkedProcess:
    """A kernel, with what Jupyter asks of `subprocess.Popen`."""

    server: ForkServer
    pid: int
    returncode: int | None = None
    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        if self.returncode is None:
            try:
                self.returncode = self.server.ask(do="poll", pid=self.pid)["code"]
            except ServerEnded:
                self.returncode = -signal.SIGKILL
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """The code at its end, which Jupyter only asks for once `poll` has one."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            self.server.ask(do="signal", pid=self.pid, number=int(number))

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel of IPython by a fork; one of another kind as Jupyter does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        environment = {**(kwargs.get("env") or os.environ)}
        server = self.parent.server
        answer = server.ask(do="fork", arguments=arguments, cwd=kwargs.get("cwd"), env=environment)
        self.process = ForkedProcess(server, answer["pid"])
        self.pid = self.process.pid
        return self.connection_info


class ForkedKernelManager(AsyncKernelManager):
    """One kernel, and the server that it is forked by."""

    server = Instance(ForkServer)

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        self.kernel_id = self.kernel_id or kwargs.pop("kernel_id", os.urandom(8).hex())
        if self.provisioner is None:
            self.provisioner = ForkedProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**kwargs)


def own_kernel(connection_file: str) -> AsyncKernelManager:
    """A kernel that is a program of its own, as JupyterLab starts it."""
    way = transport_for(connection_file)
    return AsyncKernelManager(kernel_name="python3", connection_file=connection_file, transport=way)


def transport_for(connection_file: str) -> str:
    """How a kernel is reached: by files beside its connection file, where the system and its limits allow it.

    Ports are chosen before the kernel takes them, and a program started at the same time may be faster; and
    a machine may have no loopback interface.
    """
    can_use_files = hasattr(socket_module, "AF_UNIX") and os.name == "posix"
    return "ipc" if can_use_files and len(os.fsencode(connection_file)) <= LONGEST_PATH else "tcp"


OWN_KERNELS: Final = Kernels(own_kernel, 2)  # each takes a core and half a gigabyte
FORKED_AT_ONCE: Final = 3  # they share what was loaded; while one starts or ends, two compute


def kernels_of(server: ForkServer, at_once: int = FORKED_AT_ONCE) -> Kernels:
    """Kernels that a server forks."""
    start = partial(ForkedKernelManager, kernel_name="python3", server=server)
    return Kernels(lambda file: start(connection_file=file, transport=transport_for(file)), at_once)
