"""Fit the shares of `quotes/reporting_words.csv`, and the weights of claims and of whom a pronoun means.

usage: python benchmarks/fit_quotes.py SHARED_FOLDER [--out FOLDER] [--only antecedents]

The shares are counted on `gold/polnear_train.jsonl`, the weights fitted on it and on the whole articles of
`gold/articles_train.jsonl`, whose claims count fivefold: they are few, and closer to what is read here; their
headlines are left out, since the annotators did. The words with their frames and stances, and the signs, are
an analyst's choice and stay; pairs that are frequent and seldom report are added. Rows whose source is "own"
do not change, nor do the shares of the frame "quote", which were counted before there were rules that find
cues.

The share of a word in a frame is how often such a reading is an attribution of the gold (content overlaps by
half, the speaker matches), smoothed towards the share of the frame; `*` stands for all rare words together.
The weights are scikit-learn's logistic regression over all claims of the rules. Each claim is found and
weighed with shares counted on the other four fifths of the articles: with shares from its own article every
word would look better than it is. The weights on file have a small influence on which claims are found, so
run it twice after larger changes. It takes three minutes.

Whom a pronoun means (`quotes/antecedent_weights.csv`) is fitted on all annotated articles, where a line of
the gold has a pronoun for its speaker: a logistic choice among those met before, each sighting one candidate,
the right ones being those whose name shares a word with the line's speaker. It takes half a minute.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from reader_examples import gold_files, json_lines
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from analysis.lexicons import DATA, load_lexicon
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.parse.parser import parse
from analysis.nlp.parse.word_lists import FRAMES, UNKNOWN, best_shares, quote_shares, shares
from analysis.nlp.quotes import speaker_resolution
from analysis.nlp.quotes.attribution import find_claims, find_quotes, headline_end
from analysis.nlp.quotes.claims import Claim, Sign, find_signs, log_odds
from analysis.nlp.quotes.page import Page, char_span, content_span, read_page, token_at
from analysis.nlp.quotes.reporting_frames import find_readings
from analysis.nlp.quotes.speaker_resolution import noun_phrase
from analysis.nlp.quotes.speakers import ANTECEDENT_SIGNS, Cast, Speaker, antecedent, candidates

SOURCE = "PolNeAR train"
BOTH = "PolNeAR and articles"  # source of weights
ARTICLE_WEIGHT = 5.0  # of a claim of a whole article, where a claim of PolNeAR counts once
FOLDS = 5
SMOOTHING = 4.0  # readings that the share of the frame is worth
RARE = 3  # readings up to which a word counts among those of `*`
ENOUGH = 20  # readings of rare words from which `*` has a share in a frame
HALF = 0.5  # overlap from which the benchmark matches
RIDGE, PRONOUN_RIDGE = 3.0, 1.0
Span = tuple[int, int]
Pair = tuple[str, str]  # word and frame
Signs = dict[Sign, float]
SHARE: Sign = ("share", "")
ALWAYS: Sign = ("always", "")


class Gold(NamedTuple):
    """One attribution of the gold."""

    letters: frozenset[int]  # places of its letters in the text
    source: list[list[int]]


class Article(NamedTuple):
    """One parsed article with its answers."""

    doc: Doc
    page: Page
    gold: list[Gold]
    fold: int
    lines: Sequence[dict] = ()  # of a whole article, which has no spans: the first words and the speaker


class Count(NamedTuple):
    """One reading."""

    pair: Pair
    is_right: bool
    fold: int


def read_articles(path: Path) -> list[Article]:
    """The gold, parsed; an article's fold depends on its name alone."""
    records = list(json_lines(path))
    docs = parse(record["text"] for record in records)
    return [
        Article(doc, read_page(doc, find_actors(doc)), gold_of(record), crc32(record["id"].encode()) % FOLDS)
        for record, doc in zip(records, docs, strict=True)
    ]


def read_whole_articles(path: Path) -> list[Article]:
    """Whole articles with the lines that their annotators wrote, the title first as in the text."""
    from score_articles import load_gold  # the benchmark's own reader

    records = load_gold(path)
    docs = parse(record["text"] for record in records)
    return [
        Article(doc, read_page(doc, find_actors(doc)), [], 0, record["attributions"])
        for record, doc in zip(records, docs, strict=True)
    ]


def gold_of(record: dict) -> list[Gold]:
    """Attributions with content."""
    return [
        Gold(letters(record["text"], one["content"]), one["source"])
        for one in record["attributions"]
        if one["content"]
    ]


def letters(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Places of the letters and digits inside spans; punctuation and blanks do not count."""
    return frozenset(
        i for start, end in spans for i in range(start, min(end, len(text))) if text[i].isalnum()
    )


def is_attribution(article: Article, content: tuple[Span, ...], speaker: int) -> bool:
    """Whether a gold attribution has half of the words in common, and the same speaker."""
    own = letters(article.doc.text, content)
    for gold in article.gold:
        common = len(gold.letters & own)
        if common and common >= HALF * len(gold.letters | own):
            return is_speaker(article.doc, gold, speaker)
    return False


def is_line(article: Article, claim: Claim) -> bool:
    """Whether a claim covers the first words of a line with its speaker; pronouns are taken as right."""
    from score_articles import covers, speaks

    doc, phrase = article.doc, noun_phrase(article.doc[claim.speaker])
    quote = {"content_spans": claim.content, "speaker_text": doc[slice(*phrase)].text}
    is_pronoun = doc[claim.speaker].pos_ == "PRON"
    return any(covers(line, quote) and (is_pronoun or speaks(line, quote)) for line in article.lines)


def is_quote(article: Article, claim: Claim) -> bool:
    """Whether the nearest gold attribution has half of a claim's quoted words, and the same speaker."""
    text, inner = article.doc.text, [passage.inner for passage in article.page.passages]
    pieces = [(max(a, c), min(b, d)) for a, b in claim.content for c, d in inner if a < d and c < b]
    own = letters(text, pieces)
    best = max(article.gold, key=lambda gold: len(gold.letters & own), default=None)
    if best is None or not own or len(best.letters & own) < HALF * len(own):
        return False
    return is_speaker(article.doc, best, claim.speaker)


def is_speaker(doc: Doc, gold: Gold, token: int) -> bool:
    """Whether the noun phrase of a word names the source of an attribution."""
    from score_quotes import src_match  # the benchmark's own rule; its folder is known only now

    return src_match(doc.text, gold.source, [char_span(doc, *noun_phrase(doc[token]))])[0]


def count_readings(article: Article) -> Iterator[Count]:
    """Every reading outside quotation marks that has a speaker and words."""
    page = article.page
    for reading in find_readings(article.doc):
        if reading.speaker is None:
            continue
        if page.quoted_in[reading.cue] is not None or page.quoted_in[reading.speaker] is not None:
            continue
        content = tuple(piece for tokens in reading.content if (piece := content_span(page, *tokens)))
        if content:
            is_right = is_attribution(article, content, reading.speaker)
            yield Count((reading.lemma, reading.frame), is_right, article.fold)


class Shares(NamedTuple):
    """How often readings are right, by word and frame, with the counts behind it."""

    share: dict[Pair, float]
    right: Counter[Pair]
    total: Counter[Pair]


def find_shares(counts: list[Count]) -> Shares:
    """Smoothed shares of all words and frames that occur."""
    total = Counter(count.pair for count in counts)
    right = Counter(count.pair for count in counts if count.is_right)
    words, frames, hits = Counter(), Counter(), Counter()
    for (word, frame), number in total.items():
        words[word] += number
        frames[frame] += number
        hits[frame] += right[word, frame]
    share = {}
    for pair, number in total.items():
        usual = (hits[pair[1]] + 0.1) / (frames[pair[1]] + 1)
        share[pair] = (right[pair] + SMOOTHING * usual) / (number + SMOOTHING)
    for frame in frames:
        rare = [pair for pair in total if pair[1] == frame and words[pair[0]] <= RARE]
        readings, hits_of_rare = sum(total[pair] for pair in rare), sum(right[pair] for pair in rare)
        if readings >= ENOUGH:
            total[UNKNOWN, frame], right[UNKNOWN, frame] = readings, hits_of_rare
            share[UNKNOWN, frame] = (hits_of_rare + 0.1) / (readings + 2)
    return Shares(share, right, total)


def is_fitted(words: pd.DataFrame) -> pd.Series:
    """Rows of `quotes/reporting_words.csv` whose share comes from counts of readings."""
    return (words["source"] == SOURCE) & (words["frame"] != "quote")


def with_shares(words: pd.DataFrame, found: Shares) -> pd.DataFrame:
    """The word list with new shares, each with its counts; a pair that no longer occurs keeps its share."""
    out = words.set_index(["word", "frame"], drop=False)
    for pair in out.index[is_fitted(out)]:
        if found.total[pair]:
            note = f"{found.right[pair]} of {found.total[pair]}"
            rare = f": words that occur at most {RARE} times" if pair[0] == UNKNOWN else ""
            out.loc[[pair], ["share", "note"]] = str(round(found.share[pair], 2)), note + rare
    return out.reset_index(drop=True)


def with_low_words(words: pd.DataFrame, found: Shares) -> pd.DataFrame:
    """The word list with each pair that is frequent and reports less often than an unknown word.

    Without a row of its own such a word (`kill`, `win`) would be taken for an unknown one.
    """
    known, frequency = set(zip(words["word"], words["frame"], strict=True)), Counter()
    for (word, _), number in found.total.items():
        frequency[word] += number
    rows = [
        {
            "word": word,
            "frame": frame,
            "stance": "neutral",
            "share": str(round(share, 2)),
            "source": SOURCE,
            "note": f"{found.right[word, frame]} of {found.total[word, frame]}",
        }
        for (word, frame), share in found.share.items()
        if (word, frame) not in known
        and frame in FRAMES
        and word.isascii()
        and word.isalpha()
        and frequency[word] > RARE
        and found.total[word, frame] > RARE
        and round(share, 2) < found.share.get((UNKNOWN, frame), 0.0)
    ]
    return pd.concat([words, pd.DataFrame(rows, columns=words.columns)]).sort_values(
        ["word", "frame"], kind="stable"
    )


def use_shares(found: dict[Pair, float]) -> None:
    """Let the rules read with these shares, in place of those of the list."""
    shares().clear()
    shares().update(found)
    best_shares.cache_clear()
    quote_shares.cache_clear()


def claims_with_signs(articles: list[Article], own: set[Sign]) -> Iterator[tuple[Signs, bool, float]]:
    """The signs of each claim, whether it is right and how much it counts; not of rules weighed by hand."""
    for article in articles:
        for claim in find_claims(article.page):
            is_headline = article.lines and claim.content[0][0] < headline_end(article.doc.text)
            if ("rule", claim.rule) in own or is_headline:
                continue
            signs = dict.fromkeys(find_signs(article.page, claim), 1.0) | {SHARE: log_odds(claim.share)}
            yield signs, is_right(article, claim), ARTICLE_WEIGHT if article.lines else 1.0


def is_right(article: Article, claim: Claim) -> bool:
    """Whether the gold has a claim."""
    if article.lines:
        return is_line(article, claim)
    if claim.rule is not None:
        return is_quote(article, claim)
    return is_attribution(article, claim.content, claim.speaker)


def claims_out_of_fold(
    articles: list[Article], counts: list[Count], own: set[Sign]
) -> Iterator[tuple[Signs, bool, float]]:
    """All claims, each read with shares that its article had no part in."""
    words = load_lexicon("quotes/reporting_words")
    fixed = {(row.word, row.frame): float(row.share) for row in words[~is_fitted(words)].itertuples()}
    for fold in range(FOLDS):
        use_shares(find_shares([count for count in counts if count.fold != fold]).share | fixed)
        yield from claims_with_signs([article for article in articles if article.fold == fold], own)


def with_weights(rows: pd.DataFrame, claims: list[tuple[Signs, bool, float]]) -> pd.DataFrame:
    """The list of signs with new weights, each with the number of claims that show it."""
    shown, labels, counts = zip(*claims, strict=True)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(shown)
    model = LogisticRegression(C=1 / RIDGE, solver="newton-cholesky").fit(table, labels, counts)
    weight = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)) | {ALWAYS: model.intercept_[0]}
    count = Counter(sign for signs in shown for sign in signs if sign != SHARE)
    signs = signs_of(rows)
    is_new = (rows["source"] == BOTH) & signs.isin(weight)
    return rows.assign(
        weight=rows["weight"].mask(is_new, signs.map(lambda sign: str(round(weight.get(sign, 0), 2)))),
        note=rows["note"].mask(
            is_new & signs.isin(count), signs.map(lambda sign: f"seen {count[sign]} times")
        ),
    )


# ---------------------------------------------------------------- whom a pronoun means


class Pronoun(NamedTuple):
    """A pronoun that says a line of the gold: those it may mean, a row of signs for each sighting."""

    signs: NDArray[np.float64]
    is_right: NDArray[np.bool_]


def find_pronouns(article: Article) -> Iterator[Pronoun]:
    """The pronouns of an article whose right antecedent has been met before."""
    from score_articles import covers, speaks

    met: dict[int, list[tuple[Speaker, dict[str, float]]]] = {}

    def noted(cast: Cast, head: int, pronoun: str) -> Speaker | None:
        met[head] = list(candidates(cast, head, pronoun))
        return antecedent(cast, head, pronoun)

    with patch.object(speaker_resolution, "antecedent", noted):
        quotes = list(find_quotes(article.doc, find_actors(article.doc)))
    for quote in quotes:
        found = met.get(token_at(article.page, quote.speaker_span[0]), ())
        lines = [line for line in article.lines if covers(line, {"content_spans": quote.content_spans})]
        named = [
            {"speaker_name": s.name, "role": s.role, "affiliation": s.affiliation, "speaker_text": ""}
            for s, _ in found
        ]
        is_right = np.array([any(speaks(line, one) for line in lines) for one in named])
        if is_right.any():
            rows = [[signs[name] for name in ANTECEDENT_SIGNS] for _, signs in found]
            yield Pronoun(np.array(rows), is_right)


def with_antecedent_weights(rows: pd.DataFrame, pronouns: Sequence[Pronoun]) -> pd.DataFrame:
    """The list of signs with new weights: the logistic choice with the least loss."""

    def loss(weights: NDArray) -> float:
        chosen = (logsumexp(p.signs @ weights) - logsumexp((p.signs @ weights)[p.is_right]) for p in pronouns)
        return sum(chosen) + PRONOUN_RIDGE * weights @ weights / 2

    weights = minimize(loss, np.zeros(len(ANTECEDENT_SIGNS))).x
    found = dict(zip(ANTECEDENT_SIGNS, weights, strict=True))
    return rows.assign(weight=[str(round(found[sign], 2)) for sign in rows["sign"]])


def fit_antecedents(shared: Path) -> pd.DataFrame:
    """`quotes/antecedent_weights.csv`, fitted on all annotated articles to learn from."""
    with TemporaryDirectory() as scratch:
        articles = [one for path in gold_files(shared, Path(scratch)) for one in read_whole_articles(path)]
    pronouns = [pronoun for article in articles for pronoun in find_pronouns(article)]
    return with_antecedent_weights(load_lexicon("quotes/antecedent_weights"), pronouns)


def signs_of(rows: pd.DataFrame) -> pd.Series:
    """Sign and value of each row of `quotes/feature_weights.csv`."""
    return pd.Series(list(zip(rows["sign"], rows["value"], strict=True)), index=rows.index)


def fit_claims(shared: Path) -> dict[str, pd.DataFrame]:
    """The lists of reporting words and of the signs of claims."""
    articles = read_articles(shared / "gold" / "polnear_train.jsonl")
    counts = [count for article in articles for count in count_readings(article)]
    rows, list_shares = load_lexicon("quotes/feature_weights"), dict(shares())
    own = set(signs_of(rows[rows["source"] == "own"]))
    claims = list(claims_out_of_fold(articles, counts, own))
    use_shares(list_shares)
    claims += claims_with_signs(read_whole_articles(shared / "gold" / "articles_train.jsonl"), own)
    found = find_shares(counts)
    words = with_shares(load_lexicon("quotes/reporting_words"), found)
    return {
        "quotes/reporting_words": with_low_words(words, found),
        "quotes/feature_weights": with_weights(rows, claims),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--only", choices=("antecedents",))
    options = parser.parse_args()
    sys.path.insert(0, str(options.shared / "bench"))
    lists = {"quotes/antecedent_weights": fit_antecedents(options.shared)}
    if options.only is None:
        lists |= fit_claims(options.shared)
    for name, fitted in lists.items():
        fitted.to_csv(options.out / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
