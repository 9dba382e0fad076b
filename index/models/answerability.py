"""The answerability model: what it reads, and how its weights become an ONNX file.

It is the installed cross-encoder with its upper half trained on answerable and unanswerable
questions (training/MODEL_CARD.md). It reads a question and a sentence marked in its
surroundings. Training and serving build that text here, so that they cannot drift apart.
"""

import shutil
from pathlib import Path

from index.models.installed import cross_encoder_folder

TUNED = Path(__file__).parent / "answerability.safetensors"
"""The tuned half, under the names of the installed file's graph."""

MAX_TOKENS = 192
"""Tokens of a pair; what is longer loses the end of its evidence."""

_HEADING_CHARACTERS = 80
_PREVIOUS_CHARACTERS = 120
_FOLLOWING_CHARACTERS = 60


def export_cross_encoder(target: Path) -> None:
    """Write ``model.onnx`` and ``tokenizer.json`` of the model into the folder ``target``.

    The tuned arrays take their places in the installed int8 file; its graph is not changed, and
    torch is not needed.
    """
    import onnx
    from onnx import numpy_helper
    from safetensors.numpy import load_file

    folder = cross_encoder_folder()
    model = onnx.load(folder / "model.onnx")
    tuned = load_file(TUNED)
    for array in model.graph.initializer:
        if array.name in tuned:
            array.CopyFrom(numpy_helper.from_array(tuned.pop(array.name), array.name))
    assert not tuned, f"no place for {sorted(tuned)}"
    onnx.save(model, target / "model.onnx")
    shutil.copyfile(folder / "tokenizer.json", target / "tokenizer.json")


def evidence_text(sentence: str, previous: str = "", following: str = "", heading: str = "") -> str:
    """The second half of a pair: ``Heading. previous « sentence » following``.

    ``sentence`` is a sentence, list item or table row. ``previous`` and ``following`` are its
    neighbours of the same section; for an item or a row the lead (the line that opens the list,
    the table's header row) stands as ``previous``. ``heading`` is the nearest heading, or the
    document's title where there is none. All but the sentence are cut at whole words: pronouns
    are mostly resolved by what comes just before, and every token costs time.
    """
    parts = (
        _head(heading.rstrip(" .:"), _HEADING_CHARACTERS) + "." if heading.strip() else "",
        _tail(previous, _PREVIOUS_CHARACTERS),
        f"« {' '.join(sentence.split())} »",
        _head(following, _FOLLOWING_CHARACTERS),
    )
    return " ".join(part for part in parts if part)


def _head(text: str, characters: int) -> str:
    """The first whole words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= characters else text[: characters + 1].rpartition(" ")[0]


def _tail(text: str, characters: int) -> str:
    """The last whole words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= characters else text[-characters - 1 :].partition(" ")[2]
