"""What forms show and write, for their tests."""

from pathlib import Path

HOSTILE = "<script>alert(1)</script> $x$ *b*"


def words_in(pane):
    """The words of a pane; an exception in it fails the test."""
    assert pane.outputs, "the pane is empty"
    assert pane.outputs[0]["output_type"] == "display_data", pane.outputs[0]
    return pane.outputs[0]["data"]["text/plain"]


def files(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())
