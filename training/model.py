"""The cross-encoder in torch: out of its int8 ONNX file, and the tuned half back into it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import save_file
from transformers import BertConfig, BertForSequenceClassification

LAYERS, TUNED_FROM = 12, 6
"""The layers below ``TUNED_FROM``, and the embeddings, stay as they were pretrained."""

_MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


@dataclass(frozen=True, slots=True)
class QuantisedFile:
    """An int8 ONNX file of the model, with the name its graph gives to each of torch's matrices."""

    arrays: dict[str, npt.NDArray[Any]]
    names: dict[str, str]


def open_quantised(path: Path) -> QuantisedFile:
    """Read the file; the graph multiplies its unnamed matrices in the order of the network."""
    graph = onnx.load(path).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    unnamed = [
        node.input[1].removesuffix("_quantized")
        for node in graph.node
        if node.op_type == "MatMulInteger" and node.input[1].startswith("onnx::")
    ]
    assert len(unnamed) == LAYERS * len(_MATRICES)
    slots = [f"bert.encoder.layer.{n}.{m}.weight" for n in range(LAYERS) for m in _MATRICES]
    names = dict(zip(slots, unnamed, strict=True))
    names |= {name: name for name in ("bert.pooler.dense.weight", "classifier.weight")}
    return QuantisedFile(arrays, names)


def torch_model(file: QuantisedFile) -> Any:
    """The model in fp32, ready for training."""
    arrays = file.arrays

    def dequantised(name: str) -> npt.NDArray[np.float32]:
        whole = arrays[f"{name}_quantized"].astype(np.float32)
        zero = arrays[f"{name}_zero_point"].astype(np.float32)
        return np.asarray((whole - zero) * arrays[f"{name}_scale"], dtype=np.float32)

    state = {n: v for n, v in arrays.items() if n.endswith((".bias", "LayerNorm.weight"))}
    for kind in ("word", "position", "token_type"):
        name = f"bert.embeddings.{kind}_embeddings.weight"
        state[name] = dequantised(name)
    state |= {slot: dequantised(name).T for slot, name in file.names.items()}
    config = BertConfig(  # type: ignore[call-arg]  # num_labels is taken by name
        hidden_size=384,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        intermediate_size=1536,
        num_labels=1,
    )
    model: Any = BertForSequenceClassification(config)
    model.load_state_dict({n: torch.tensor(np.ascontiguousarray(v)) for n, v in state.items()})
    return model


def tuned_part(model: Any) -> list[Any]:
    """The modules that are trained: the upper layers, the pooler and the classifier."""
    return [*model.bert.encoder.layer[TUNED_FROM:], model.bert.pooler, model.classifier]


def save_tuned(model: Any, file: QuantisedFile, path: Path) -> None:
    """Write the tuned part, under the names of the ONNX graph, as it will stand there.

    Matrices become int8 with one scale for each column (the graph's own had one in all); biases
    and norms stay fp32.
    """
    tensors: dict[str, npt.NDArray[Any]] = {}
    first = tuple(f"bert.encoder.layer.{n}." for n in range(TUNED_FROM))
    for slot, parameter in model.state_dict().items():
        if slot.startswith(("bert.embeddings", *first)):
            continue
        value = parameter.detach().float().numpy()
        if slot not in file.names:
            tensors[slot] = value
            continue
        name, columns = file.names[slot], value.T
        scale = (np.abs(columns).max(axis=0) / 127).astype(np.float32)
        tensors[f"{name}_quantized"] = np.ascontiguousarray(
            np.round(columns / scale).astype(np.int8)
        )
        tensors[f"{name}_scale"] = scale
        tensors[f"{name}_zero_point"] = np.array(0, dtype=np.int8)
    save_file(tensors, path)
