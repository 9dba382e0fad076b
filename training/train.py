"""Tune the upper half of the cross-encoder on the pairs of training.data.

    python -m training.train --sets FOLDER --out FILE [--train FILE] [--start FILE] [--questions N]
        [--epochs N]

The lower half is frozen, without dropout, so what it makes of a batch is computed once and kept
for every epoch.
On processors with bfloat16 arithmetic a pair takes 20 to 30 ms.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Encoding, Tokenizer
from torch.nn import functional

from index.models.answerability import MAX_TOKENS
from index.models.installed import cross_encoder_folder
from training.data import SEED
from training.examples import Example, read
from training.measure import Measured, auroc, hit_at_1
from training.model import TUNED_FROM, open_quantised, save_tuned, torch_model, tuned_part

PAIRS_A_BATCH = 48
LEARNING_RATE = 8e-5
WARM_UP = 0.1
LISTWISE = 0.5
"""Weight of ranking the answer first among a question's candidates, beside judging each alone."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole questions: ``group`` numbers the question of each pair."""

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor
    group: torch.Tensor


def batches(examples: Sequence[Example], tokenizer: Tokenizer, rng: random.Random) -> list[Batch]:
    """Questions of like length together, about ``PAIRS_A_BATCH`` pairs a batch."""
    encoded = [
        (e, tokenizer.encode_batch([(e.question, c.evidence) for c in e.candidates]))
        for e in examples
    ]
    longest = {id(pairs): max(len(p.ids) for p in pairs) for _, pairs in encoded}
    encoded.sort(key=lambda of: longest[id(of[1])] + rng.random() * 8)
    made: list[Batch] = []
    held: list[tuple[Example, list[Encoding]]] = []
    for one in encoded:
        held.append(one)
        if sum(len(pairs) for _, pairs in held) >= PAIRS_A_BATCH:
            made.append(_batch(held))
            held = []
    return [*made, _batch(held)] if held else made


def _batch(held: Sequence[tuple[Example, list[Encoding]]]) -> Batch:
    pairs = [p for _, of in held for p in of]
    length = max(len(p.ids) for p in pairs)
    shape = (len(pairs), length)
    ids = torch.zeros(shape, dtype=torch.long)
    types = torch.zeros(shape, dtype=torch.long)
    mask = torch.zeros(shape)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        types[row, : len(pair.ids)] = torch.tensor(pair.type_ids)
        mask[row, : len(pair.ids)] = 1
    labels = torch.tensor([float(c.label) for e, _ in held for c in e.candidates])
    group = torch.tensor([n for n, (e, _) in enumerate(held) for _ in e.candidates])
    return Batch(ids, types, (1 - mask)[:, None, None, :] * -1e4, labels, group)


@torch.no_grad()
def lower(model: Any, batch: Batch) -> torch.Tensor:
    """What the frozen half makes of a batch: bfloat16 of shape (pairs, tokens, 384)."""
    training = model.training
    model.eval()
    with torch.autocast("cpu", torch.bfloat16):
        states = model.bert.embeddings(input_ids=batch.ids, token_type_ids=batch.types)
        for layer in model.bert.encoder.layer[:TUNED_FROM]:
            states = _through(layer, states, batch.mask)
    model.train(training)
    made: torch.Tensor = states.to(torch.bfloat16)
    return made


def upper(model: Any, states: torch.Tensor, batch: Batch) -> torch.Tensor:
    """One logit a pair."""
    with torch.autocast("cpu", torch.bfloat16):
        for layer in model.bert.encoder.layer[TUNED_FROM:]:
            states = _through(layer, states, batch.mask)
        pooled = model.dropout(model.bert.pooler(states))
    logits: torch.Tensor = model.classifier(pooled.float())[:, 0]
    return logits


def _through(layer: Any, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    out: torch.Tensor = layer(states, mask.to(torch.bfloat16))
    return out


def loss_of(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Each pair judged alone, and the answer ranked first where there is one."""
    alone = functional.binary_cross_entropy_with_logits(logits, batch.labels)
    ranked = [
        functional.log_softmax(logits[of], dim=0)[batch.labels[of] == 1].mean()
        for of in (batch.group == n for n in range(int(batch.group[-1]) + 1))
        if (batch.labels[of] == 1).any()
    ]
    return alone - LISTWISE * torch.stack(ranked).mean() if ranked else alone


@torch.no_grad()
def validate(model: Any, examples: Sequence[Example], batched: Sequence[Batch]) -> str:
    """AUROC and hit@1 over each question's own paragraph."""
    model.eval()
    logits = [upper(model, lower(model, b), b) for b in batched]
    model.train()
    ordered: list[Measured] = []
    for batch, values in zip(batched, logits, strict=True):
        for n in range(int(batch.group[-1]) + 1):
            of = batch.group == n
            ordered.append(Measured(values[of].tolist(), batch.labels[of].int().tolist()))
    return f"AUROC {auroc(ordered):.3f} hit@1 {hit_at_1(ordered):.3f} ({len(examples)} questions)"


def main() -> None:
    """Train, saying how it goes, and save the tuned part."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sets", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument(
        "--start", type=Path, help="model.onnx of an earlier run to go on from; else the installed"
    )
    arguments.add_argument(
        "--train", default="train.jsonl", help="the file in FOLDER to learn from"
    )
    arguments.add_argument("--questions", type=int, default=None, help="train on the first N only")
    arguments.add_argument("--epochs", type=int, default=2)
    arguments.add_argument("--threads", type=int, default=2)
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)

    folder = cross_encoder_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    file = open_quantised(given.start or folder / "model.onnx")
    model = torch_model(file)
    parameters = [p for part in tuned_part(model) for p in part.parameters()]

    batched = batches(read(given.sets / given.train)[: given.questions], tokenizer, rng)
    kept = [
        Example(e.source, e.question, e.answerable, inside)
        for e in rng.sample(read(given.sets / "validation.jsonl"), 200)
        if (inside := tuple(c for c in e.candidates if c.origin == "paragraph"))
    ]
    validation = batches(kept, tokenizer, rng)
    steps = given.epochs * len(batched)
    print(f"{len(batched)} batches, {sum(len(b.labels) for b in batched)} pairs", flush=True)
    print("before:", validate(model, kept, validation), flush=True)

    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(n / (WARM_UP * steps), (steps - n) / ((1 - WARM_UP) * steps)),
    )
    kept_states: dict[int, torch.Tensor] = {}
    begun, seen = time.monotonic(), 0
    model.train()
    for epoch in range(given.epochs):
        total = 0.0
        order = list(range(len(batched)))
        rng.shuffle(order)
        for n in order:
            batch = batched[n]
            states = kept_states[n] if n in kept_states else lower(model, batch)
            if given.epochs > 1:
                kept_states[n] = states
            loss = loss_of(upper(model, states, batch), batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(loss.detach())
            seen += 1
            if seen % 50 == 0:
                print(
                    f"{seen}/{steps} loss {total / (seen - epoch * len(batched)):.3f} "
                    f"{time.monotonic() - begun:.0f} s",
                    flush=True,
                )
        print(f"epoch {epoch + 1}:", validate(model, kept, validation), flush=True)
        save_tuned(model, file, given.out)


if __name__ == "__main__":
    main()
