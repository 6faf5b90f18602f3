"""The model that recognises languages, kept unpacked, as Python keeps modules compiled.

py3langid unpacks 68 MB whenever it is loaded, a quarter of a second. `make` unpacks them once, by `python -m
analysis.ingest.language_model`, and from then on they are read where they lie.
"""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

KEPT: Final = Path(__file__).parents[1] / "models" / "__pycache__"
PARTS: Final = ("features", "classes", "names", "moves", "rows", "outputs")  # as `load_model` returns them
LARGE: Final = ("features", "moves")  # of which a text needs little


@cache
def language_identifier() -> LanguageIdentifier:
    """Finds the language of a text, with a probability."""
    folder = unpacked_folder()
    if not folder.is_dir():
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    features, classes, names, moves, rows, outputs = (
        np.load(folder / f"{part}.npy", mmap_mode="r" if part in LARGE else None) for part in PARTS
    )
    return LanguageIdentifier(
        features,
        classes,
        names.tolist(),
        memoryview(moves),
        outputs.tolist(),
        norm_probs=True,
        tk_row=rows.tolist(),
    )


def unpacked_folder() -> Path:
    """Where the parts of the model that is installed are; another model has another folder."""
    file = os.stat(MODEL_DIR / MODEL_FILE)
    return KEPT / f"py3langid-{file.st_size}-{file.st_mtime_ns}"


def main() -> None:
    """Unpack the model that is installed, and remove any other."""
    folder = unpacked_folder()
    if folder.is_dir():
        return
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("py3langid-*"):
        shutil.rmtree(old)
    with tempfile.TemporaryDirectory(dir=KEPT) as scratch:
        new = Path(scratch, "new")
        new.mkdir()
        for part, values in zip(PARTS, load_model(MODEL_DIR / MODEL_FILE), strict=True):
            np.save(new / f"{part}.npy", np.asarray(values))
        new.rename(folder)


if __name__ == "__main__":
    main()
