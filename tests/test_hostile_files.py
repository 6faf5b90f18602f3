"""A folder of good and hostile files: every file becomes an article or has a reason, and no good one is lost.

`python -m benchmarks.hostile_files` makes a briefing of a thousand such files, and measures it.
"""

from analysis.ingest.corpus import load_corpus
from benchmarks.hostile_files import GOOD, file_names, has_row, write_folder


def test_every_file_of_a_hostile_folder_is_read_or_rejected_with_a_reason(tmp_path):
    folder = tmp_path / "seeds"
    write_folder(folder, 60, seed=3)
    articles, rejected = load_corpus(folder)
    rows = [*articles["path"], *rejected["path"]]
    assert len(file_names(folder)) == 60 + GOOD
    assert [name for name in file_names(folder) if not has_row(name, rows)] == []
    assert sum("-good-" in path for path in articles["path"]) == GOOD
    assert (rejected["reason"].str.len() > 10).all()
