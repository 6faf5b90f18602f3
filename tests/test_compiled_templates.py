"""Templates are compiled once, and again when they or their options change."""

import sys

import pytest

from analysis import compiled_templates
from analysis.compiled_templates import environment_of


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Of the templates, in which "a.txt.j2" says "Talks", and of what is kept."""
    monkeypatch.setattr(compiled_templates, "TEMPLATES", tmp_path)
    monkeypatch.setattr(compiled_templates, "KEPT", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.txt.j2").write_text("Talks on {{ subject }}")
    return tmp_path


def shown(**options):
    return environment_of(**options).get_template("a.txt.j2").render(subject="Iran & Oman")


def compiled(monkeypatch):
    """Call counter of the compiler."""
    calls, before = [], compiled_templates.Environment.compile
    monkeypatch.setattr(
        compiled_templates.Environment,
        "compile",
        lambda self, *given, **named: calls.append(given) or before(self, *given, **named),
    )
    return calls


def test_a_template_is_compiled_once_for_all_processes(folder, monkeypatch):
    calls = compiled(monkeypatch)
    assert shown() == shown() == "Talks on Iran & Oman"
    assert len(calls) == 1


def test_a_template_that_is_edited_is_compiled_again(folder):
    shown()
    (folder / "a.txt.j2").write_text("A truce on {{ subject }}")
    assert shown() == "A truce on Iran & Oman"


def test_other_options_are_another_template(folder):
    assert shown(autoescape=False) == "Talks on Iran & Oman"
    assert shown(autoescape=True) == "Talks on Iran &amp; Oman"


def test_a_folder_that_cannot_be_made_is_no_error(folder, monkeypatch):
    monkeypatch.setattr(compiled_templates, "KEPT", folder / "missing" / "__pycache__")
    assert shown() == "Talks on Iran & Oman"


def test_nothing_is_kept_where_python_keeps_no_modules_either(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shown()
    assert not (folder / "__pycache__").exists()


def test_all_templates_can_be_compiled_at_once(folder, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(compiled_templates, "KEPT", folder / "all")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # `main` changes it, and this puts it back
    for module in compiled_templates.USED_IN.values():
        environment = __import__(module, fromlist=["ENVIRONMENT"]).ENVIRONMENT
        monkeypatch.setattr(environment.bytecode_cache, "directory", str(folder / "all"))
        monkeypatch.setattr(environment, "cache", None)
    compiled_templates.main()
    names = [path.name for path in (folder / "all").iterdir()]
    assert len(names) > 60
