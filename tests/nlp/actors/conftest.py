"""Docs of bare words for rules that read names only."""

import pytest


@pytest.fixture
def words_doc(hand_doc):
    """A Doc without grammar: capitalised words are proper nouns."""

    def build(*words: str):
        pos = ["PROPN" if word[0].isupper() else "NOUN" for word in words]
        return hand_doc("\n".join(f"{w}|{w.lower()}|{p}|X|dep|0" for w, p in zip(words, pos, strict=True)))

    return build
