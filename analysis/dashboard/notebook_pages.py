"""The pages of notebooks: what every visitor sees, and the controls of each visitor.

A notebook without controls is a page without scripts and needs no kernel. One with controls is drawn by
Voila; only the cells of controls run in the kernel of the visitor.
"""

import asyncio
from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import datetime

from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from tornado import web
from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from analysis.briefing.notebook_pages import cell_blocks, notebook_title
from analysis.dashboard.forked_kernels import NoPlace
from analysis.dashboard.plain_pages import PlainPage
from analysis.dashboard.readings import NoReading, Reading
from analysis.dashboard.shared_cells import FAILED, OWN, own_cells, tags_of
from analysis.dashboard.start_page import notebook_entries
from analysis.notebook_parameters import inject
from analysis.views.pages import check_page, with_contents
from analysis.views.render import ENVIRONMENT
from analysis.workbench.parameter_form import LABELS, Values

VOILA_POLICY = (  # Voila's pages have scripts of their own, but ask no other machine for anything
    "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "  # blob: is how anywidget loads its scripts
    "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)
RELOAD_SECONDS = 2  # of a page that waits for the articles to be read
WAIT_SECONDS = 5  # for them, before such a page is shown


class NotebookPage(PlainPage):
    """A notebook as a page."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Show it; a kernel is started only for a person who asked for the page here."""
        file = f"{name}.ipynb"
        if name not in [one.name for one in notebook_entries(self.site.notebooks)]:
            raise web.HTTPError(404)
        if not self.is_from_here:
            self.write_notice("Open this page?", "Another site has sent you here.", "Open it")
            return
        try:
            reading = await self.prepared(file)
            if reading is None:
                sentence = "The articles are being read. This page opens by itself as soon as that is done."
                self.write_notice("One moment", sentence, reload_seconds=RELOAD_SECONDS)
            elif own_cells(reading.notebooks[file]):
                await self.show_with_controls(file, reading, asked_for(self))
            else:
                self.write(self.without_controls(file, reading))
        except NoReading:
            self.set_status(500)
            sentence = "The articles could not be read. The analyst who started the dashboard can see the "
            self.write_notice("Nothing to show", f"{sentence}reason in the terminal.", "Try again")
        except NoPlace:
            self.set_status(503)
            sentence = (
                f"All {self.kernel_manager.most_kernels} explorers are in use. One becomes free a minute "
            )
            self.write_notice("No explorer is free", f"{sentence}after somebody closes theirs.", "Try again")

    async def prepared(self, file: str) -> Reading | None:
        """A reading that has prepared the notebook, waiting a little for one."""
        deadline = asyncio.get_running_loop().time() + WAIT_SECONDS
        while (reading := await self.site.readings.of(file)) is None:
            try:
                await self.site.readings.wait(deadline - asyncio.get_running_loop().time())
            except TimeoutError:
                return None
        return reading

    def without_controls(self, file: str, reading: Reading) -> str:
        """A page without scripts."""
        notebook = reading.notebooks[file]
        blocks = [
            block
            for number, cell in enumerate(notebook.cells)
            for block in cell_blocks(cell, f"{file}, cell {number}")
        ]
        html = ENVIRONMENT.get_template("dashboard/notebook.html.j2").render(
            title=notebook_title(notebook, file),
            body=with_contents("\n".join(blocks)),
            made=self.made(reading),
            back_to="",
            pages=notebook_entries(self.site.notebooks),
        )
        check_page(html, file)
        return html

    def made(self, reading: Reading) -> str:
        """When the articles were read, and whether they have changed since."""
        line = f"Articles as read at {clock(reading.begun_at)}."
        is_old = reading is not self.site.readings.newest
        return f"{line} They have changed since and are being read again." if is_old else line

    async def show_with_controls(self, file: str, reading: Reading, asked: Values) -> None:
        """Start a kernel, and send the page while its cells of controls run."""
        kernel_id = await self.kernel_manager.visitor_kernel(reading, file)
        self.set_header("Content-Security-Policy", VOILA_POLICY)
        _ = self.xsrf_token  # sets the cookie that the page shows when it gives its kernel back
        try:
            async for html in self.drawn(file, asked, reading, kernel_id):
                self.write(html)
                await self.flush()
        except (StreamClosedError, DeadKernelError, RuntimeError):
            if kernel_id in self.kernel_manager:
                await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
            raise

    async def drawn(self, file: str, asked: Values, reading: Reading, kernel_id: str) -> AsyncIterator[str]:
        """The page in pieces."""
        voila = self.settings["voila"]
        configuration = voila.voila_configuration
        page_config = get_page_config(
            base_url=self.base_url,
            settings=self.settings,
            log=self.log,
            voila_configuration=configuration,
        )
        renderer = SharedRenderer(
            notebook=notebook_for(reading.notebooks[file], asked),
            request_handler=self,
            voila_configuration=configuration,
            traitlet_config=voila.config,
            notebook_path=file,
            template_paths=voila.template_paths,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            page_config=page_config,
        )
        await renderer.initialize()
        renderer.resources["pages"] = notebook_entries(self.site.notebooks)
        renderer.resources["made"] = self.made(reading)
        kernel = self.kernel_manager.get_kernel(kernel_id)
        async for html, _ in renderer.generate_content_generator(kernel_id, kernel):
            yield html


class SharedRenderer(NotebookRenderer):
    """Draws a notebook whose shared cells have run, and runs the others."""

    def __init__(self, *, notebook: NotebookNode, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.prepared = notebook

    async def load_notebook(self, path: str) -> NotebookNode:
        self.prepared.metadata["title"] = notebook_title(self.prepared, path)
        return self.prepared

    async def _jinja_cell_generator(self, nb: NotebookNode, kernel_id: str) -> AsyncIterator[NotebookNode]:
        own = set(own_cells(nb))
        for place, cell in enumerate(nb.cells):
            yield await self.run_own(cell, place) if place in own else cell
        await self._cleanup_resources()

    async def run_own(self, cell: NotebookNode, place: int) -> NotebookNode:
        """A cell of controls after it has run in the visitor's kernel; the reason for a failure is logged."""
        try:
            return await self.executor.execute_cell(cell, None, place, store_history=False)
        except CellExecutionError as error:
            self.log.error("%s", error)
            cell.outputs = [new_output("stream", text=FAILED)]
            return cell


def notebook_for(shared: NotebookNode, asked: Values) -> NotebookNode:
    """A notebook for one visitor: with other parameters all its cells are the visitor's own."""
    notebook = deepcopy(shared)
    if asked:
        inject(notebook, asked)
        for place, cell in enumerate(notebook.cells):
            cell.id = f"cell-{place}"  # both cells with values have the same
            if cell.cell_type == "code":
                cell.outputs = []
                cell.metadata["tags"] = sorted(tags_of(cell) | {OWN})
    return notebook


def asked_for(handler: RequestHandler) -> Values:
    """The parameters in the address of a page: those that have a field, never the folder of articles."""
    given = {name: handler.get_query_argument(name, "") for name in LABELS}
    return {name: int(text) if text.isdecimal() else text for name, text in given.items() if text}


class IsOpen(PlainPage):
    """Tells the page of an explorer whether its kernel is still there."""

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        """204 as long as it is."""
        is_there = kernel_id in self.kernel_manager and await ensure_async(
            self.kernel_manager.get_kernel(kernel_id).is_alive()
        )
        if not is_there:
            raise web.HTTPError(404)
        self.set_status(204)


def clock(moment: datetime) -> str:
    """ "14:05 on 26 November"."""
    here = moment.astimezone()
    return f"{here:%H:%M} on {here.day} {here:%B}"
