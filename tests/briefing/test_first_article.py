"""What the front page says of the article in `seeds/` is what the README promises."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.model


def test_the_bottom_line_of_the_first_article_is_the_one_in_the_readme(tmp_path, seed_store):
    command = ["brief", "--seeds", str(ROOT / "seeds"), "--out", str(tmp_path), "--store", str(seed_store)]
    done = CliRunner().invoke(app, [*command, "--front-only"])
    assert done.exit_code == 0, done.output
    (found,) = tmp_path.glob("*/briefing.json")
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    promised = re.search(r"the front page begins like this: \*(.+?)\*", readme)[1]
    record = json.loads(found.read_text(encoding="utf-8"))
    assert " ".join(record["bottom_line"]).startswith(promised.removesuffix("."))
    assert (
        "Due 24 to 26 April" in record["judgments"][0]["statement"]
    )  # from "Wednesday through Friday" elsewhere
