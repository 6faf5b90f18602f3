"""ZIP archives."""

import pytest

from tests.reading import is_article

READ = {
    "bundle.zip:a/inner.txt": ("Zipped story", None, None, "was read on Monday."),
    "bundle.zip:d.eml": ("Zipped mail", None, None, "was read too."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("bundle.zip:../out.txt", "has a path that leads out of its archive"),
        ("bundle.zip:b.zip", "is a .zip file inside another file"),
    ],
)
def test_a_sample_without_an_article_is_rejected_with_the_reason(samples, path, reason):
    assert samples[1][path].startswith(reason)
