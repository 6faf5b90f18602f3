"""The page that a notebook is shown on, in JupyterLab or as a page of the dashboard.

While a kernel is behind it, a click on a column heading sorts the table, and the kernel can ask the page
to run the cells below or to reload with other parameters. Exported pages have none of this.
"""

from pathlib import Path
from urllib.parse import urlencode

import anywidget

from analysis.pipeline.for_readers import is_for_readers

SCRIPTS = Path(__file__).parents[1] / "templates" / "workbench"


class NotebookPage(anywidget.AnyWidget):
    """An invisible widget that acts on the page that it is on."""

    _esm = SCRIPTS / "notebook_page.js"
    _css = SCRIPTS / "notebook_page.css"

    def renew(self, parameters: dict[str, str | int]) -> None:
        """Show everything below for other parameters, which the kernel has by now.

        JupyterLab runs the cell that this widget is in and all below. A page of the dashboard reloads
        with the parameters in its address, which can be sent to a colleague.

        Args:
            parameters: names and values, as in the notebook's parameters cell.
        """
        if is_for_readers():
            self.send({"do": "open", "query": f"?{urlencode(parameters)}"})
        else:
            self.send({"do": "run below"})
