"""Models as sentence-transformers loads them → ONNX files that run without torch.

The only file that imports sentence_transformers and torch, and only when there is something to
export: a serving process never pays for them (docs/decisions/0002-models-and-runtime.md).
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from index.disk import flush, flush_tree
from index.errors import UsageError
from index.models import answerability, installed

Kind = Literal["encoder", "cross-encoder"]

MAX_TOKENS = 256
"""The length all-MiniLM-L6-v2 was made for; a longer text is cut there."""

_EXPORT = 2
"""Raise it when the exported graph changes, or how it is run changes the last bits of a vector: the
folder's name, and so every cached vector, hangs on it."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What stands in a model folder's ``model.json``."""

    kind: Kind
    name: str
    fingerprint: str
    max_tokens: int
    query_prompt: str
    files: dict[str, str]
    """File name → sha256."""


def export_model(kind: Kind, name: str, models: Path) -> Path:
    """Make the folder of a model under ``models``, unless it is there, and return it.

    ``name`` is a sentence-transformers or CrossEncoder name or path; empty is the installed model.

    Raises:
        UsageError: the model cannot be loaded.
    """
    fingerprint = _fingerprint(kind, name)
    folder = models / f"{kind}-{fingerprint}"
    if (folder / "model.json").is_file():
        return folder
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".exporting-") as temporary:
        target = Path(temporary) / "model"
        target.mkdir()
        query_prompt = _EXPORTERS[kind](name, target)
        shown = name or (installed.ENCODER if kind == "encoder" else installed.CROSS_ENCODER)
        files = {p.name: installed.sha256_of(p) for p in sorted(target.iterdir())}
        card = ModelCard(kind, shown, fingerprint, MAX_TOKENS, query_prompt, files)
        (target / "model.json").write_text(json.dumps(asdict(card), indent=1), "utf-8")
        if folder.exists():  # a leftover without its card
            shutil.rmtree(folder)
        flush_tree(target)
        target.rename(folder)
        flush(models)
    return folder


def _fingerprint(kind: Kind, name: str) -> str:
    """What the model's outputs depend on: its weights, the exporter and this file's format."""
    parts = [kind, name, str(_EXPORT)]
    if not name:
        folder = (
            installed.encoder_folder() if kind == "encoder" else installed.cross_encoder_folder()
        )
        parts += [path.name + installed.sha256_of(path) for path in _weights(folder)]
        if kind == "cross-encoder":
            parts.append(installed.sha256_of(answerability.TUNED))
    elif Path(name).is_dir():
        parts += [path.name + installed.sha256_of(path) for path in _weights(Path(name))]
    if kind == "encoder" or name:
        parts.append(version("torch"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _weights(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix in {".safetensors", ".onnx", ".bin"})


def _export_encoder(name: str, target: Path) -> str:
    """Write an encoder whose output is the unit vector itself; return its query prompt."""
    torch, sentence_transformers = _import_torch()
    path = name or str(installed.encoder_folder())
    model = _load(lambda: sentence_transformers.SentenceTransformer(path, device="cpu"), path)

    class UnitVectors(torch.nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if "token_type_ids" in model.tokenizer.model_input_names:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            for module in model:
                features = module(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    wrapper = UnitVectors()
    wrapper.model = model
    _export(torch, wrapper.eval(), ("input_ids", "attention_mask"), "vectors", target)
    model.tokenizer.backend_tokenizer.save(str(target / "tokenizer.json"))
    return str(model.prompts.get("query", ""))


def _export_cross_encoder(name: str, target: Path) -> str:
    """Write a cross-encoder whose output is one logit a pair."""
    if not name:
        answerability.export_cross_encoder(target)
        return ""
    torch, sentence_transformers = _import_torch()
    model = _load(lambda: sentence_transformers.CrossEncoder(name, device="cpu"), name)

    class Logits(torch.nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return model.model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).logits

    wrapper = Logits()
    wrapper.model = model.model
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    _export(torch, wrapper.eval(), inputs, "logits", target)
    model.tokenizer.backend_tokenizer.save(str(target / "tokenizer.json"))
    return ""


_EXPORTERS: dict[Kind, Callable[[str, Path], str]] = {
    "encoder": _export_encoder,
    "cross-encoder": _export_cross_encoder,
}


def _import_torch() -> tuple[Any, Any]:
    # Nothing here may reach for a hub by surprise; a name in the settings opts in by being one.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    import sentence_transformers
    import torch
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # ours is shown
    return torch, sentence_transformers


def _load(load: Callable[[], Any], name: str) -> Any:
    try:
        return load()
    except (OSError, ValueError) as error:
        raise UsageError(f"the model {name!r} cannot be loaded; is the name right?") from error


def _export(torch: Any, module: Any, inputs: tuple[str, ...], output: str, target: Path) -> None:
    """Trace ``module`` with any batch and any length, and write ``model.onnx``."""
    # The exporter speaks of its own deprecations and of torchvision; nobody here can act on them.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=MAX_TOKENS)
    example = {name: torch.ones((2, 16), dtype=torch.int64) for name in inputs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            kwargs=example,
            f=str(target / "model.onnx"),
            input_names=list(inputs),
            output_names=[output],
            dynamic_shapes={name: {0: batch, 1: length} for name in inputs},
            dynamo=True,
            external_data=False,
            verbose=False,
        )
