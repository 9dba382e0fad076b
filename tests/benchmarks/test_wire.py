"""What drivers of peers speak."""

import json
import os
import sys
from pathlib import Path

from benchmarks.processes import Measured, measure

ROOT = Path(__file__).parent.parent.parent

DRIVER = """
from benchmarks.peer_drivers.wire import Found, Text, run

def build(texts, store, model, split):
    print("a library prints")
    store.write_text(f"{model} {split} {texts[0].text}")

def open_store(store, model):
    kept = store.read_text()
    return lambda question, scored: Found([Text("doc", kept + question)], 0.5 if scored else None)

run(build, open_store)
"""


def test_a_driver_builds_and_answers(tmp_path: Path) -> None:
    """Texts and options reach the peer; its answers come back, and nothing else does."""
    texts, store = tmp_path / "texts.jsonl", tmp_path / "store"
    texts.write_text(json.dumps({"document": "doc", "text": "kettles"}) + "\n", "utf-8")
    driver = [sys.executable, "-c", DRIVER]
    where = ["--store", str(store), "--model", "m"]
    measure([*driver, "build", "--texts", str(texts), *where, "--split"], os.environ, ROOT)
    with Measured([*driver, "serve", *where], os.environ, ROOT) as process:
        answer, _ = process.ask({"question": "?", "scored": True})
    assert answer == {"hits": [{"document": "doc", "text": "m True kettles?"}], "score": 0.5}
