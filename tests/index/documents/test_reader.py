"""Reading in another process: what a hostile file costs, and what it does not."""

import signal
import subprocess
import threading
import time
import zipfile
from pathlib import Path
from typing import Any, ClassVar

import pytest

from index.documents.document import Document
from index.documents.loaders import load
from index.documents.reader import Limits, Reader, read_files


class Noted(subprocess.Popen[str]):
    """A process that is noted when it starts."""

    started: ClassVar[list["Noted"]]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.started.append(self)

    def is_ready(self) -> bool:
        """Whether the reader has heard that it waits for files, and listens for errors no more."""
        return bool(self.stderr and self.stderr.closed)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Noted]:
    """The processes that have been started, the newest last."""
    Noted.started = []
    monkeypatch.setattr(subprocess, "Popen", Noted)
    return Noted.started


SLOW = "Bread is sold here\n" * 300_000
"""Many short lines take long to tell apart, as text goes."""


def write(folder: Path, files: dict[str, str]) -> list[tuple[str, Path]]:
    """Write files and list them as (id, path)."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [(name, folder / name) for name in files]


def read(files: list[tuple[str, Path]], limits: Limits) -> list[str]:
    """The text of each file, or the reason why there is none."""
    found = read_files(files, limits, lambda _: None)
    return [result.text if isinstance(result, Document) else result for result in found]


def word_bomb(path: Path, size: int) -> None:
    """A small Word file that unpacks to a large one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        paragraph = "<w:p><w:r><w:t>Bread.</w:t></w:r></w:p>"
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{paragraph * (size // len(paragraph))}</w:body></w:document>",
        )


def test_a_document_is_the_same_as_without_another_process(tmp_path: Path) -> None:
    """Every field of it comes through: text, blocks, sections, source."""
    head = "---\ntitle: Bread\nsources: [{title: Grain}]\n---\n"
    text = f"{head}# Prices\n\n| a | b |\n|-|-|\n| 1 | “2” |"
    files = write(tmp_path, {"a.md": text})
    assert read_files(files, Limits(), lambda _: None) == [load(files[0][1], "a.md", 1_000)]


def test_results_and_steps_are_in_order(tmp_path: Path) -> None:
    """Several processes read, the order of the files stays."""
    files = write(tmp_path, {f"{n}.txt": f"Loaf number {n}." for n in range(50)})
    steps: list[str] = []
    found = read_files(files, Limits(), steps.append)
    assert [d.text for d in found if isinstance(d, Document)] == [
        f"Loaf number {n}." for n in range(50)
    ]
    assert steps == [name for name, _ in files]


def test_a_file_that_takes_too_long_costs_itself(tmp_path: Path) -> None:
    """It is given up after its time; the files after it are read."""
    files = write(tmp_path, {"slow.txt": SLOW, "a.txt": "Bread.", "b.txt": "Butter."})
    assert read(files, Limits(seconds=1.5)) == [
        "reading it takes more than 1.5 seconds: split it, or save it in another format",
        "Bread.",
        "Butter.",
    ]


def test_a_file_that_takes_too_much_memory_costs_itself(tmp_path: Path) -> None:
    """It is given up when there is no more memory for it; the files after it are read."""
    word_bomb(tmp_path / "bomb.docx", 60_000_000)
    assert (tmp_path / "bomb.docx").stat().st_size < 300_000
    files = [("bomb.docx", tmp_path / "bomb.docx"), *write(tmp_path, {"a.txt": "Bread."})]
    assert read(files, Limits(memory_bytes=300_000_000)) == [
        "reading it takes more than 0.3 GB of memory: split it",
        "Bread.",
    ]


def test_a_file_with_too_much_text_is_refused(tmp_path: Path) -> None:
    """A document is a text that people could read."""
    files = write(tmp_path, {"long.txt": "Bread. " * 100, "a.txt": "Bread."})
    assert read(files, Limits(characters=500)) == [
        "its text has 700 characters; 500 at most: split it",
        "Bread.",
    ]


def test_a_file_that_breaks_the_process_costs_itself(tmp_path: Path, started: list[Noted]) -> None:
    """A crash inside a library is that file's reason; the process is replaced."""
    (_, slow), (_, short) = write(tmp_path, {"slow.txt": SLOW, "a.txt": "Bread."})
    with Reader(Limits()) as one:

        def crash() -> None:
            while not started or not started[0].is_ready():
                time.sleep(0.01)
            time.sleep(0.2)
            started[0].send_signal(signal.SIGSEGV)

        threading.Thread(target=crash).start()
        assert one.read("slow.txt", slow) == (
            "it breaks the program that reads it: save it in another format"
        )
        found = one.read("a.txt", short)
    assert isinstance(found, Document)


def test_a_process_that_dies_between_files_costs_none(tmp_path: Path, started: list[Noted]) -> None:
    """What happened before a file does not count against it."""
    ((_, short),) = write(tmp_path, {"a.txt": "Bread."})
    with Reader(Limits()) as one:
        one.read("a.txt", short)
        started[0].kill()
        started[0].wait()
        assert isinstance(one.read("a.txt", short), Document)


def test_no_process_is_left(tmp_path: Path, started: list[Noted]) -> None:
    """When the files are read, or reading them fails midway, all processes have ended."""
    files = write(tmp_path, {"a.txt": "Bread.", "b.txt": "Butter."})

    def fail(_: str) -> None:
        raise KeyboardInterrupt

    read_files(files, Limits(), lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        read_files(files, Limits(), fail)
    assert len(started) >= 2
    assert all(process.returncode is not None for process in started)
