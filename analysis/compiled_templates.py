"""Templates, compiled once and kept beside their sources, as Python keeps its modules.

Compiling them took a tenth of the time of a briefing of one article. `python -m analysis.compiled_templates`
compiles all, which `make` does once; a template that is edited is compiled again when it is next used.
"""

import importlib
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

TEMPLATES: Final = Path(__file__).parent / "templates"
KEPT: Final = TEMPLATES / "__pycache__"
USED_IN: Final = {".html.j2": "analysis.views.render", ".txt.j2": "analysis.findings.wording"}


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in a folder that, like that of a module, need not be there or be writable."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):  # as Python does: it is compiled again the next time
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def environment_of(**options: Any) -> Environment:
    """Where the templates of this package are found; a name that a template does not know is an error.

    Args:
        options: of `jinja2.Environment`. What is compiled depends on them.
    """
    told = repr((jinja2.__version__, sorted(options.items())))
    kept = CompiledTemplates(str(KEPT), f"%s.{sha256(told.encode()).hexdigest()[:8]}.jinja")
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, bytecode_cache=kept, **options
    )


def main() -> None:
    """Compile every template, as `compileall` does modules."""
    sys.dont_write_bytecode = False
    for ending, module in USED_IN.items():
        environment = importlib.import_module(module).ENVIRONMENT
        for name in environment.list_templates(filter_func=lambda name, ending=ending: name.endswith(ending)):
            environment.get_template(name)


if __name__ == "__main__":
    main()
