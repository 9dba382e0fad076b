"""Texts → vectors and pairs → scores, with ONNX Runtime alone.

The only file that imports onnxruntime and tokenizers. Texts run one at a time, each on one
thread, several at once: on short texts that is as fast as padded batches, and a text's numbers
never depend on what else is asked at the same moment, so the same question gets the same answer
and a rebuild gets the same vectors (docs/decisions/0002-models-and-runtime.md).
"""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.errors import IndexDamaged
from index.models.installed import sha256_of

# ONNX Runtime's wheels record events about the process and the machine, to be sent to their
# maker, unless this is set before the import. Nothing that people ask leaves this process.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

Vectors = npt.NDArray[np.float32]
"""Shape (texts, dimension), each row of length one."""

_SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""On a CPU, ONNX Runtime's fused sum and normalisation is slower than the two apart: without it, a
pair of 70 tokens takes a sixth less time."""


class _Model:
    """A model folder, checked and loaded."""

    def __init__(self, folder: Path) -> None:
        card = _checked_card(folder)
        self.name: str = card["name"]
        self.fingerprint: str = card["fingerprint"]
        self.query_prompt: str = card["query_prompt"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(card["max_tokens"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_SLOW_FUSIONS,
        )
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix=card["kind"])

    def _run(self, encoding: Encoding) -> Any:
        """The model's output for one tokenized text or pair: its only row."""
        fields = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {k: np.array([v], dtype=np.int64) for k, v in fields.items() if k in self._inputs}
        return self._session.run(None, feed)[0][0]


class Encoder(_Model):
    """Texts → unit vectors."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.dimension: int = int(self._session.get_outputs()[0].shape[-1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of ``texts``, shape (len(texts), dimension)."""
        rows = list(self._pool.map(self._run, self._tokenizer.encode_batch(list(texts))))
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), self.dimension)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, in small letters, that the model knows whole: hardly a misspelling."""
        return frozenset(filter(str.isalpha, self._tokenizer.get_vocab()))

    def encode_query(self, question: str) -> Vectors:
        """The vector of a question, shape (dimension,), with the model's own query prompt."""
        vector: Vectors = self.encode([self.query_prompt + question])[0]
        return vector


class CrossEncoder(_Model):
    """Pairs of question and passage → one logit each; higher is better."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """The logits of (question, passage), shape (len(passages),)."""
        pairs = self._tokenizer.encode_batch([(question, passage) for passage in passages])
        rows = list(self._pool.map(self._run, pairs))
        return np.asarray(rows, dtype=np.float32).reshape(len(rows))


def _checked_card(folder: Path) -> dict[str, Any]:
    """A model folder's card, once every file has the hash that the card gives."""
    try:
        card: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
        changed = [n for n, sha256 in card["files"].items() if sha256_of(folder / n) != sha256]
    except (OSError, ValueError, KeyError) as error:
        raise IndexDamaged(
            f"the model in {folder} cannot be read: delete that folder and build again "
            "(careerbot index build)"
        ) from error
    if changed:
        raise IndexDamaged(
            f"the model file {folder / changed[0]} was changed: delete that folder and build again "
            "(careerbot index build)"
        )
    return card
