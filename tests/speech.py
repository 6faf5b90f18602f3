"""Invented articles with what is said in them, for the tests of quotes and statements."""

from analysis.schemas import Sentences, Stances
from tests.tables import articles, corpus, frame, quotes

ENVOY = {"speaker_id": "person:ann-lee", "speaker_name": "Ann Lee", "role": "foreign minister"}
JAPAN = {**ENVOY, "country_code": "JPN"}
CHINA = {"speaker_id": "CHN", "speaker_name": "China", "country_code": "CHN"}
OFFICIAL = {"speaker_name": "senior Japanese official", "role": "senior official", "is_anonymous": True}


def remark(words, speaker, *, about=(), cue="", **columns):
    """Something that is said.

    Args:
        words: as the article has them; a list where they are interrupted.
        speaker: columns of `Quotes` that say who it is.
        about: name, code and label of each target in the words.
        cue: the reporting word as the article has it.
        columns: further columns of `Quotes`.
    """
    pieces = [words] if isinstance(words, str) else list(words)
    return {"pieces": pieces, "about": about, "cue_words": cue, "columns": {**speaker, **columns}}


def told(*texts, **given):
    """Tables of some articles, each a text and its remarks; a sentence begins behind two spaces."""
    ids = [letter * 16 for letter in "abcdef"[: len(texts)]]
    rows = [(key, text, one) for key, (text, *remarks) in zip(ids, texts, strict=True) for one in remarks]
    return corpus(
        articles=articles(
            *(
                {"article_id": key, "story_id": key, "text": text}
                for key, (text, *_) in zip(ids, texts, strict=True)
            )
        ),
        sentences=sentence_rows({key: text for key, (text, *_) in zip(ids, texts, strict=True)}),
        quotes=quotes(*(quote_row(*row) for row in rows)),
        stances=frame(Stances, [one for row in rows for one in stance_rows(*row)], {}),
        **given,
    )


def spans_of(text, pieces):
    return [(text.index(piece), text.index(piece) + len(piece)) for piece in pieces]


def quote_row(key, text, one):
    spans = spans_of(text, one["pieces"])
    place = text.index(one["cue_words"]) if one["cue_words"] else None
    return {
        "kind": "direct",
        "cue_stance": "neutral",
        "cue_start_char": place,
        "cue_end_char": None if place is None else place + len(one["cue_words"]),
        **one["columns"],
        "quote_id": f"{key}:{spans[0][0]}",
        "article_id": key,
        "start_char": spans[0][0],
        "end_char": spans[-1][1],
        "content_spans": " ".join(f"{start}-{end}" for start, end in spans),
        "text": " ... ".join(one["pieces"]),
    }


def stance_rows(key, text, one):
    begin = spans_of(text, one["pieces"])[0][0]
    return [
        {
            "stance_id": f"{key}:{begin}:{name}",
            "quote_id": f"{key}:{begin}",
            "article_id": key,
            "start_char": text.index(name, begin),
            "end_char": text.index(name, begin) + len(name),
            "target_id": code,
            "target_name": name,
            "target_country_code": code,
            "label": label,
            "score": float(label),
            "is_abstained": False,
        }
        for name, code, label in one["about"]
    ]


def sentence_rows(texts):
    rows = []
    for key, text in texts.items():
        starts = [0, *(place + 2 for place in range(len(text)) if text[place : place + 2] == "  ")]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            identity = {"sentence_id": f"{key}:{start}", "article_id": key, "text": text[start:end]}
            rows.append({**identity, "start_char": start, "end_char": end, "paragraph": 0})
    return frame(Sentences, rows, {})
