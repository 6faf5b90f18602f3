"""Kernels of visitors: forked from the process that has read the articles, few, and ended when unused."""

from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from jupyter_client.session import utcnow
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from traitlets import Integer, default
from traitlets.config import Config

from analysis.dashboard.readings import Reading

MINUTE = 60  # seconds: an explorer that no browser shows is ended after this long
UNUSED_SECONDS = 600  # one that is shown but not used gives way to a new visitor after this long
LOOK_SECONDS = 10  # between two looks for kernels to end
KERNELS = Config(
    {
        "MappingKernelManager": {"cull_idle_timeout": MINUTE, "cull_interval": LOOK_SECONDS},
        # Another kernel would lack what the cells have made; a socket in a folder is for this user alone.
        "KernelManager": {"autorestart": False, "transport": "ipc"},
    }
)


class NoPlace(RuntimeError):
    """All explorers that may be open are in use."""


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by forking."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        manager = self.parent
        self.process = await manager.reading.fork(manager.notebook, manager.connection_file)
        self.pid = self.process.pid
        return self.connection_info


class ForkedKernelManager(ServerKernelManager):
    """One kernel, and what it is forked from."""

    reading: Reading
    notebook: str

    async def _async_pre_start_kernel(self, *, reading: Reading, notebook: str, **kwargs: Any) -> Any:
        self.reading, self.notebook = reading, notebook
        self.provisioner = ForkedProvisioner(
            kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )
        return await super()._async_pre_start_kernel(**kwargs)


class VisitorKernels(AsyncMappingKernelManager):
    """The kernels of all visitors."""

    most_kernels = Integer(8, config=True, help="Explorers that may be open at once.")
    starting_count = 0

    @default("kernel_manager_class")
    def _forked(self) -> str:
        return "analysis.dashboard.forked_kernels.ForkedKernelManager"

    async def visitor_kernel(self, reading: Reading, notebook: str) -> str:
        """Start a kernel for a visitor; returns its id.

        Raises:
            NoPlace: the limit is reached, and all explorers are in use.
            NoReading: the process that has read the articles has ended.
        """
        if len(self) + self.starting_count >= self.most_kernels:
            await self.make_place()
        self.starting_count += 1  # until it is counted among the others
        try:
            return await self.start_kernel(kernel_name="python3", reading=reading, notebook=notebook)
        finally:
            self.starting_count -= 1

    async def make_place(self) -> None:
        """End the kernel that has been unused the longest, if that was long enough."""
        over = [(self.unused_seconds(one) - self.allowed_seconds(one), one) for one in self.list_kernel_ids()]
        seconds, kernel_id = max(over, default=(-1, ""))
        if seconds < 0:
            raise NoPlace
        await self.shutdown_kernel(kernel_id, now=True)

    def unused_seconds(self, kernel_id: str) -> float:
        """Seconds since somebody used it, or since the last browser that showed it was closed."""
        kernel = self.get_kernel(kernel_id)
        is_busy = kernel.execution_state in ("busy", "starting")
        return 0 if is_busy else (utcnow() - kernel.last_activity).total_seconds()

    def allowed_seconds(self, kernel_id: str) -> int:
        """How long it may stay unused while others wait."""
        return UNUSED_SECONDS if self._kernel_connections.get(kernel_id, 0) > 0 else MINUTE

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note when a browser has left: the minute begins then."""
        super().notify_disconnect(kernel_id)
        if kernel_id in self:
            self.get_kernel(kernel_id).last_activity = utcnow()
