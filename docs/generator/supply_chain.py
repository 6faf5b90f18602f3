"""Write down what the program is built from: the locks with hashes, a bill of materials, and the licences.

    python -m docs.generator.supply_chain

`requirements.lock.txt` and `sbom.cdx.json` are `uv.lock` as pip and CycloneDX have it, by uv;
`requirements.build.txt` is what builds the package, by uv; `docs/licences.md` is what the packages that are
installed say of themselves, by pip-licenses. The same lock gives the same bytes.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LOCK: Final = ROOT / "requirements.lock.txt"
BUILD: Final = ROOT / "requirements.build.txt"
SBOM: Final = ROOT / "sbom.cdx.json"
LICENCES: Final = ROOT / "docs" / "licences.md"
BUILT_WITH: Final = ("uv==0.13.9", "hatchling==1.28.0", "editables==0.6")
PLAIN: Final = ("-q", "--no-header", "--no-annotate")
HEAD: Final = """# Licences

What each package that is installed to run Faultline says of its own licence: `make supply-chain` writes this
page with pip-licenses. Packages for other systems, such as `appnope`, are only in the
[bill of materials](../sbom.cdx.json). The models that are part of Faultline have a
[model card](../analysis/models/model_card.md).

"""


def main() -> None:
    """Write the four files."""
    LOCK.write_text(uv("export", "--frozen", "--no-dev", "--no-emit-project", *PLAIN), encoding="utf-8")
    BUILD.write_text(build_lock(), encoding="utf-8")
    SBOM.write_text(bill_of_materials(), encoding="utf-8")
    LICENCES.write_text(HEAD + licence_table(), encoding="utf-8")


def uv(*words: str, given: str = "") -> str:
    """What uv prints."""
    command = [str(Path(sys.executable).with_name("uv")), *words]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout


def build_lock() -> str:
    """What installs and builds the package, every file with its hash."""
    options = ("--universal", "--generate-hashes", "--python-version", "3.11")
    return uv("pip", "compile", "-", *options, *PLAIN, given="\n".join(BUILT_WITH))


def bill_of_materials() -> str:
    """The lock as CycloneDX, a component to a line, without what differs from run to run."""
    bill = json.loads(uv("export", "--frozen", "--no-dev", "--format", "cyclonedx1.5", "-q"))
    bill.pop("serialNumber", None)
    bill["metadata"].pop("timestamp", None)
    parts = [f" {json.dumps(name)}: {lines_of(value)}" for name, value in bill.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def lines_of(value: object) -> str:
    """A value as JSON, the items of a list each on a line of its own."""
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n" + ",\n".join(f"  {json.dumps(item)}" for item in value) + "\n ]"


def locked_packages(text: str) -> set[tuple[str, str]]:
    """Name and version of each package of a lock for pip; one may have versions for several systems."""
    return set(re.findall(r"^([\w.-]+)(?:\[.*\])?==([^ ;\\]+)", text, re.MULTILINE))


def licence_table() -> str:
    """A table of the packages of the lock that are installed here, by pip-licenses."""
    command = [
        str(Path(sys.executable).with_name("pip-licenses")),
        *("--from=mixed", "--format=markdown", "--order=name", "--with-system", "--packages"),
        *sorted({name for name, _ in locked_packages(LOCK.read_text(encoding="utf-8"))}),
    ]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "".join(f"{re.sub(' {2,}', ' ', line)}\n" for line in table.splitlines())


if __name__ == "__main__":
    main()
