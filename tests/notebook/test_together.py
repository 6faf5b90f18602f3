"""Several charts and views in one cell: what is drawn comes first, what cannot be drawn is one line."""

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from analysis import together
from analysis.charts.base import Chart, empty_chart, new_figure
from analysis.views.render import View

DRAWN = Chart(new_figure("Talks", 1.0), "Bar chart. Talks")
TABLE = View("<table><tr><td>talks</td></tr></table>")
NO_LINE, NO_SPIKE = empty_chart("No chart: one day."), View("<p>No spike was found.</p>")


def test_sentences_share_one_line_below_what_is_drawn():
    *shown, line = together(NO_LINE, DRAWN, NO_SPIKE, TABLE).parts
    assert shown == [DRAWN, TABLE]
    assert line.html.count("<p>") == 1
    assert line.text == "No chart: one day. No spike was found."


def test_the_same_sentence_is_said_once():
    (line,) = together(NO_LINE, empty_chart("No chart: one day.")).parts
    assert line.text == "No chart: one day."


def test_without_sentences_there_is_no_line():
    assert together(DRAWN, TABLE).parts == (DRAWN, TABLE)


def test_a_cell_shows_each_part_by_itself():
    InteractiveShell.instance()
    with capture_output() as captured:
        together(DRAWN, TABLE, NO_SPIKE)._ipython_display_()
    assert [sorted(output.data)[0] for output in captured.outputs] == ["image/png", "text/html", "text/html"]
