"""What each rule of the quote pass is worth: the gold set scored with the rules off one by one.

usage: python benchmarks/quotes_ablation.py SHARED_FOLDER [--split dev]

SHARED_FOLDER holds gold/polnear_{split}.jsonl and bench/score_quotes.py. Prints a Markdown table.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.parse.parser import parse
from analysis.nlp.parse.word_lists import FRAMES
from analysis.nlp.quotes import attribution, claims, direct_speech


def frames_of(*kinds: str) -> tuple[str, ...]:
    """The frames of some kinds of cue."""
    return tuple(frame for frame, kind in FRAMES.items() if kind in kinds)


FRAME_GROUPS = {
    "indirect clauses": ("clause", "rest"),
    "infinitives": ("to", "ing", "small"),
    "noun objects": ("object", "relative"),
    "according to": frames_of("adverbial"),
    "parentheses": ("parenthesis",),
    "nominal cues": frames_of("noun"),
    "adjectives": frames_of("adjective"),
    "passives": frames_of("passive"),
}


def scores(articles, docs, evaluate) -> tuple[float, float, float]:
    """Direct quotes with the right speaker, direct precision, end-to-end F1 of all attributions."""
    predicted = {
        article["id"]: [quote._asdict() for quote in attribution.find_quotes(doc, mentions)]
        for article, (doc, mentions) in zip(articles, docs, strict=True)
    }
    found = evaluate(articles, predicted, boot=0)
    direct = found["direct"]
    return direct["e2e_accuracy"], direct["e2e_precision"], found["all"]["e2e_f1"]


def without_rule(name: str) -> dict:
    """The rule lists of `analysis.nlp.quotes.direct_speech`, one rule left out."""
    lists = ("UTTERANCE_RULES", "FRAGMENT_RULES")
    return {
        (direct_speech, key): tuple(r for r in getattr(direct_speech, key) if r.__name__ != name)
        for key in lists
    }


def without_frames(frames: tuple[str, ...]) -> dict:
    """A reader of clauses that does not know some frames."""
    whole = claims.find_readings
    return {(claims, "find_readings"): lambda doc: (r for r in whole(doc) if r.frame not in frames)}


def ablations() -> dict[str, dict]:
    """What to leave out, by name: module attributes and what stands in for them."""
    names = dict.fromkeys(r.__name__ for r in direct_speech.UTTERANCE_RULES + direct_speech.FRAGMENT_RULES)
    rules = {f"rule {name}": without_rule(name) for name in names}
    frames = {f"frames: {name}": without_frames(group) for name, group in FRAME_GROUPS.items()}
    plain = dict.fromkeys(claims.weights(), 0.0) | {("share", ""): 1.0}
    learned = {"learned weights (the share alone decides)": {(claims, "weights"): lambda: plain}}
    return rules | frames | learned


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--split", default="dev")
    options = parser.parse_args()
    sys.path.insert(0, str(options.shared / "bench"))
    from score_quotes import evaluate, load_gold

    articles = load_gold(options.shared / "gold" / f"polnear_{options.split}.jsonl")
    docs = [(doc, find_actors(doc)) for doc in parse(article["text"] for article in articles)]
    whole = scores(articles, docs, evaluate)
    print("| off | right speaker | direct precision | all, F1 |\n|---|---|---|---|")
    print("| nothing | " + " | ".join(f"{value:.3f}" for value in whole) + " |")
    for name, changes in ablations().items():
        with ExitStack() as changed:
            for (module, key), value in changes.items():
                changed.enter_context(patch.object(module, key, value))
            less = scores(articles, docs, evaluate)
        print(f"| {name} | " + " | ".join(f"{b - a:+.3f}" for a, b in zip(whole, less, strict=True)) + " |")


if __name__ == "__main__":
    main()
