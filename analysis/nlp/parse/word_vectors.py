"""What a word looks like to spaCy's network, computed once for each word.

The first layers see one word at a time: its norm, first and last letters, shape, and whether a space follows.
They take a quarter of the time of the parse, and nine words of ten have been read before. Products give a
row the same bits whatever its other rows are (`analysis.nlp.parse.matrix_product`), so a remembered row is
the one that would be computed now.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

MOST_WORDS = 20_000  # remembered, about 12 MB; then all are forgotten

Matrix = NDArray[np.float32]


def remember_words(tok2vec: Model) -> None:
    """Let the `embed` layer of a `Tok2Vec` model compute each word once.

    Args:
        tok2vec: model of a trained pipeline; after this it can no longer be trained.
    """
    embed = tok2vec.get_ref("embed")
    extract_features, _, *layers, _ = (
        embed.layers
    )  # those left out flatten a list of texts and split it again
    vectors = word_vectors(layers)

    def forward(_: Model, docs: Sequence[Doc], is_train: bool) -> tuple[list[Matrix], Callable[..., Any]]:
        features = extract_features.predict(docs)
        ends = np.cumsum([len(rows) for rows in features])
        return np.split(vectors(np.concatenate(features)), ends[:-1]), no_training

    embed._func = forward


def word_vectors(layers: Sequence[Model]) -> Callable[[NDArray[np.uint64]], Matrix]:
    """A function from the features of words, a row for each, to what layers make of them."""
    places: dict[bytes, int] = {}
    known = np.zeros((0, 0), np.float32)

    def vectors(features: NDArray[np.uint64]) -> Matrix:
        nonlocal known
        if len(places) > MOST_WORDS:
            places.clear()
        keys = features.view(f"V{features.itemsize * features.shape[1]}").ravel().tolist()
        first = {key: i for i, key in enumerate(keys) if key not in places}
        if first:
            made = features[list(first.values())]
            for layer in layers:
                made = layer.predict(made)
            known = np.concatenate([known[: len(places)], made]) if places else made
            places.update(zip(first, range(len(places), len(known)), strict=True))
        return known[[places[key] for key in keys]]

    return vectors


def no_training(*_: Any) -> None:
    raise NotImplementedError("a pipeline that remembers words cannot be trained")
