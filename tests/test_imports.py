"""Imports go one way: bot → index."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _imports(path: Path) -> set[str]:
    """The top-level names that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_the_index_knows_nothing_of_the_bot() -> None:
    """No module of index imports bot, Slack or the terminal."""
    forbidden = {"bot", "slack_bolt", "slack_sdk", "typer", "rich"}
    for path in (ROOT / "index").rglob("*.py"):
        assert not _imports(path) & forbidden, path


def test_one_outside_library_one_file() -> None:
    """faiss, torch, sentence_transformers and onnxruntime each have one door."""
    doors = {
        "faiss": "index/vectors.py",
        "torch": "index/models/export.py",
        "sentence_transformers": "index/models/export.py",
        "onnxruntime": "index/models/runtime.py",
    }
    for path in [*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        for library in _imports(path) & doors.keys():
            assert path.relative_to(ROOT).as_posix() == doors[library]


def test_tests_go_the_public_way() -> None:
    """No test imports or replaces a private name; ruff (SLF001) sees to private attributes."""
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                reached = [alias.name for alias in node.names]
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr":
                reached = [str(getattr(given, "value", "")) for given in node.args[:2]]
            else:
                continue
            private = [name for name in reached if name.rpartition(".")[2].startswith("_")]
            assert not private, f"{path.name}:{node.lineno}: {private}"
