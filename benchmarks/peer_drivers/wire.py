"""What every driver speaks: files of texts in, JSON lines out. Standard library only.

    python -m benchmarks.peer_drivers.PEER build --texts FILE --store DIR --model DIR [--split]
    python -m benchmarks.peer_drivers.PEER serve --store DIR --model DIR

Run in the folder of the repository. FILE holds one JSON object a line, ``{"document", "text"}``.
With ``--split`` a text is a whole document, which the peer cuts with its own splitter; without, it
is one unit, indexed as it is. ``serve`` answers ``{"question", "scored"}`` with
``{"hits": [{"document", "text"}], "score"}``.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HITS = 5


@dataclass(frozen=True)
class Text:
    """A piece of text, and the id of the document it is from."""

    document: str
    text: str


@dataclass(frozen=True)
class Found:
    """What a peer found, best first, and the number its users would put a threshold on."""

    hits: Sequence[Text]
    score: float | None = None
    """``None`` where it costs more work and was not asked for."""


Search = Callable[[str, bool], Found]
"""Question, and whether the score is wanted → what is found."""


def run(
    build: Callable[[Sequence[Text], Path, str, bool], None],
    open_store: Callable[[Path, str], Search],
) -> None:
    """Do what the command line says.

    ``build`` takes the texts, the folder to write, the model's folder, and whether to split;
    ``open_store`` the folder and the model's folder.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["build", "serve"])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--split", action="store_true")
    arguments = parser.parse_args()
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    if arguments.command == "build":
        lines = arguments.texts.read_text("utf-8").splitlines()
        texts = [Text(**json.loads(line)) for line in lines]
        build(texts, arguments.store, arguments.model, arguments.split)
        return
    search = open_store(arguments.store, arguments.model)
    for line in sys.stdin:
        asked = json.loads(line)
        found = search(asked["question"], asked["scored"])
        print(json.dumps(asdict(found)), file=answers, flush=True)
