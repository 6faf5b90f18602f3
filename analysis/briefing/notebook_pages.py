"""A notebook that was run as a page of the briefing: its text, tables and pictures, cleaned."""

from markupsafe import Markup
from nbformat import NotebookNode

from analysis.briefing.notebook_runner import HIDDEN_TAGS, numbered_cells
from analysis.briefing.numbers import MEDIA_TYPE
from analysis.views.pages import BriefingError, check_source, clean, figure, markdown, page_html

FRONT_PAGE = "briefing.html"
WORDLESS = "a picture has no alternative text, expected a chart made by analysis.charts"


def notebook_title(notebook: NotebookNode, default: str) -> str:
    """The text of the first heading."""
    for cell in notebook.cells:
        first = cell.source.lstrip().partition("\n")[0]
        if cell.cell_type == "markdown" and first.startswith("# "):
            return first.removeprefix("# ").strip()
    return default


def notebook_html(
    notebook: NotebookNode, name: str, *, made: str, days: str = "", show_code: bool = False
) -> str:
    """One self-contained page: no script, no request, every text cleaned, the code left out or folded.

    Args:
        notebook: as it ran.
        name: of its file, without ending.
        made: the line at the foot.
        days: a sentence on the days that the page covers, to go below its title; "" for none.
        show_code: include the code, folded.

    Raises:
        BriefingError: an output has no HTML, picture or text form, or a picture has no text alternative.
    """
    blocks: list[Markup] = []
    for number, cell in numbered_cells(notebook):
        if show_code and cell.cell_type == "code" and not HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            blocks.append(code_html(cell.source, number))
        blocks += cell_blocks(cell, f"{name}, cell {number}")
    if days:
        blocks.insert(1, Markup('<p class="caveat">{}</p>').format(days))
    title = notebook_title(notebook, name)
    return page_html(title, blocks, name=f"{name}.html", made=made, back_to=FRONT_PAGE)


def cell_blocks(cell: NotebookNode, where: str) -> list[Markup]:
    """What a cell shows on a page without controls, as clean HTML.

    Args:
        cell: of a notebook that was run.
        where: what an error calls it.

    Raises:
        BriefingError: as in `output_html`, or a text would load another file.
    """
    if HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
        return []
    if cell.cell_type == "markdown":
        return [markdown(cell.source, where=where)]
    return [output_html(output, where) for output in cell.get("outputs", [])]


def code_html(source: str, number: int) -> Markup:
    """The code of a cell, folded."""
    shell = '<details class="code"><summary>Code of cell {}</summary><pre><code>{}</code></pre></details>'
    return Markup(shell).format(number, source)


def output_html(output: NotebookNode, where: str) -> Markup:
    """One output of a cell as clean HTML.

    Raises:
        BriefingError: it cannot be shown as intended, or it reports a failure.
    """
    if output.output_type == "error":
        raise BriefingError(f"{where}: {output.ename}: {output.evalue}")
    if output.output_type == "stream":
        return stream_html(output, where)
    data = output.get("data", {})
    if "image/png" in data:
        words = output.metadata.get("image/png", {})
        alt = words.get("alt")
        if not alt:
            raise BriefingError(f"{where}: {WORDLESS}")
        return figure("".join(data["image/png"].split()), alt)
    if "text/html" in data:
        check_source(data["text/html"], where)
        return clean(data["text/html"])
    richer = sorted(set(data) - {"text/plain", MEDIA_TYPE})
    if richer or "text/plain" not in data:
        found = richer[0] if richer else "empty"
        raise BriefingError(f"{where}: an output is {found}, expected HTML, PNG or text")
    if data["text/plain"].startswith("<Figure size"):
        raise BriefingError(f"{where}: {WORDLESS}")
    return Markup("<pre>{}</pre>").format(data["text/plain"])


def stream_html(output: NotebookNode, where: str) -> Markup:
    """What a cell printed; warnings are for whoever runs the notebook, and name paths of that run."""
    if output.name != "stderr":
        return Markup("<pre>{}</pre>").format(output.text)
    if "Traceback (most recent call last)" in output.text:
        raise BriefingError(f"{where}: an exception was printed: {output.text.strip().splitlines()[-1]}")
    return Markup("")
