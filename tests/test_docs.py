"""The pages of the documentation hold for the code: generated blocks, links, files, commands, packages."""

import re
import tomllib

import pytest
from typer.main import get_command

from analysis.cli import app
from analysis.evaluation.measured import trust_answer
from analysis.lexicons import lexicon_names, load_lexicon
from analysis.notebook.corpus import Corpus
from docs.generator.docstrings import function_of
from docs.generator.pages import ROOT, filled, pages
from docs.generator.tables import column_meanings

WRITTEN = [*pages(), *sorted((ROOT / "benchmarks").glob("*.md")), ROOT / "analysis/models/model_card.md"]
LINK = re.compile(r"\]\((?!https?://)([^)\s]+)\)")
ABOUT = re.compile(r"About ([\d,]+) rows")
FILE = re.compile(
    r"`((?:analysis|benchmarks|docs|notebooks|seeds|tests)/[\w./-]+\.(?:py|csv|md|j2|json|ipynb))`"
)
MADE_BY_THE_ANALYST = {"seeds/corrections.csv"}


def text_of(path):
    return path.read_text(encoding="utf-8")


def each(paths):
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def github_anchors(page):
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.strip().lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", each(pages()))
def test_generated_blocks_say_what_the_code_says(path):
    page = ABOUT.sub("", text_of(path))
    assert ABOUT.sub("", filled(page)) == page, "run `make docs`"


def test_the_sizes_of_word_lists_are_about_right():
    page = text_of(ROOT / "docs" / "word-lists.md")
    sizes = re.findall(r"<!-- generated: word-list (\S+) -->\n.*?About ([\d,]+) rows", page, re.DOTALL)
    said = {name: int(size.replace(",", "")) for name, size in sizes}
    found = {name: len(load_lexicon(name)) for name in said}
    assert [name for name in said if abs(found[name] - said[name]) > max(10, said[name] / 5)] == []


def test_every_word_list_is_described():
    page = text_of(ROOT / "docs" / "word-lists.md")
    assert sorted(re.findall(r"^### (\S+)$", page, re.MULTILINE)) == lexicon_names()


def test_a_generated_block_follows_the_code():
    page = "<!-- generated: word-list findings/side_names -->\nold\n<!-- end -->\nbelow"
    assert "old" not in filled(page)
    assert "Columns: `name`, `in_sentence`, `adjective`, `source`, `note`." in filled(page)
    assert filled(page).endswith("<!-- end -->\nbelow")


def test_a_block_without_a_generator_is_an_error():
    with pytest.raises(ValueError, match="found the block 'weather', expected one of class-scores"):
        filled("<!-- generated: weather -->\n<!-- end -->")


def test_every_description_of_a_column_is_shown():
    page = text_of(ROOT / "docs" / "helpers.md")
    assert [column for column, meaning in column_meanings().items() if meaning not in page] == []


@pytest.mark.parametrize("path", each(WRITTEN))
def test_links_lead_somewhere(path):
    for link in LINK.findall(text_of(path)):
        name, _, part = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not part or part in github_anchors(target), link


@pytest.mark.parametrize("path", each(WRITTEN))
def test_files_that_are_named_exist(path):
    named = set(FILE.findall(text_of(path))) - MADE_BY_THE_ANALYST
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", each(pages()))
def test_commands_that_are_shown_exist(path):
    shown = re.findall(
        r"(?:^|[ /`])faultline ((?:[a-z]+)(?: [^`\n#|>]*)?)", code_of(text_of(path)), re.MULTILINE
    )
    for line in shown:
        command, *words = line.split()
        assert command in COMMANDS, line
        options = [word.partition("=")[0] for word in words if word.startswith("--")]
        assert set(options) <= COMMANDS[command], line


def test_the_table_of_commands_has_every_command():
    rows = re.findall(r"^\| \[`([a-z]+)`\]\(#\1\)", text_of(ROOT / "docs" / "command-line.md"), re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)


def code_of(page):
    """The lines of code blocks and the words between backticks."""
    blocks = re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", page)])


COMMANDS = {
    name: {word for one in found.params for word in (*one.opts, *one.secondary_opts)} | {"--help"}
    for name, found in get_command(app).commands.items()
}


@pytest.mark.parametrize("path", each(pages()))
def test_a_corpus_has_what_pages_show_of_it(path):
    blocks = "".join(re.findall(r"^```python\n(.*?)^```", text_of(path), re.MULTILINE | re.DOTALL))
    for name, member in re.findall(r"\bcorpus\.(\w+)(?:\.(\w+))?", blocks):
        found = function_of(getattr(Corpus, name)).__annotations__["return"]
        assert not member or hasattr(found, member) or member in found.__annotations__, f"{name}.{member}"


def test_every_make_target_that_is_shown_exists():
    makefile = text_of(ROOT / "Makefile")
    shown = {target for path in pages() for target in re.findall(r"\bmake ([a-z-]+)", code_of(text_of(path)))}
    assert [target for target in sorted(shown) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_readme_is_short():
    assert len(text_of(ROOT / "README.md").splitlines()) <= 150


def test_the_readme_says_what_each_package_is_for():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w-]+", one)[0] for one in wanted}
    readme = text_of(ROOT / "README.md")
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", readme)] == []


def test_the_readme_and_the_page_of_methods_round_the_rates_as_every_briefing_does():
    found, right = re.findall(r"\d\.\d(?=;| are)", trust_answer().sentences[0])[:2]
    readme, methods = text_of(ROOT / "README.md"), text_of(ROOT / "docs/methods.md")
    assert f"it finds | **{found}** |" in readme and f"these are right | **{right}** |" in readme
    assert f"finds {found}. Of ten rows that it shows, {right} are right" in methods
