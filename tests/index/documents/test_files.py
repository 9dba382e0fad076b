"""Files as they lie on a disk: what their bytes are, whatever their names say."""

import os
from pathlib import Path

import pytest

from index.documents.document import Document
from index.documents.loaders import load
from index.documents.loaders import text as plain_text
from index.errors import UnreadableDocument

LIMIT = 1_000_000
CURLY = "It’s a “quiet” café — with tea."
RUSSIAN = "Простой текст о работе и о зарплате инженеров в городе."


def read(path: Path, content: bytes) -> Document:
    """Write a file and load it."""
    path.write_bytes(content)
    return load(path, path.name, LIMIT)


def reason(path: Path, content: bytes) -> str:
    """Why a file with this content is not a document."""
    with pytest.raises(UnreadableDocument) as raised:
        read(path, content)
    return str(raised.value)


@pytest.mark.parametrize(
    "data",
    [
        CURLY.encode() + b" One broken byte: \xff.",
        CURLY.encode()[:-1] + "“".encode()[:2],
        RUSSIAN.encode("cp1251"),
        "これは仕事についての文章です。".encode("shift_jis"),
        "Zażółć gęślą jaźń, dziękuję".encode("cp1250"),
        b"\xff\xfea\x00b\x00c",
    ],
    ids=["broken", "cut off", "cyrillic", "japanese", "polish", "odd UTF-16"],
)
def test_no_letters_are_guessed(tmp_path: Path, data: bytes) -> None:
    """Bytes that would come out as wrong letters make a file unreadable, not a wrong quote."""
    assert "encoding" in reason(tmp_path / "odd.txt", data)


@pytest.mark.parametrize(
    "text",
    [CURLY, "Où êtes-vous allés l'été passé ?", "Größere Löhne für Ärzte.", "£5 «á» niño 20°C"],
)
def test_old_windows_files_are_read(tmp_path: Path, text: str) -> None:
    """Western languages in Windows-1252 keep every letter."""
    assert read(tmp_path / "old.txt", text.encode("cp1252")).text == text


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    """HTML may name its encoding; a name nobody knows is passed over."""
    page = f'<meta charset="{{}}"><article><h1>Работа в городе</h1><p>{RUSSIAN}</p></article>'
    document = read(tmp_path / "page.html", page.format("windows-1251").encode("cp1251"))
    assert RUSSIAN in document.text
    document = read(tmp_path / "page.html", page.format("windows-1251").encode())
    assert RUSSIAN in document.text
    assert "encoding" in reason(tmp_path / "x.html", page.format("klingon").encode("cp1251"))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("page.txt", b"<!DOCTYPE html><p>Words.</p>", "an HTML file named .txt"),
        ("page.md", b"\xef\xbb\xbf\n<HTML><p>Words.</p>", "an HTML file named .md"),
        ("page.pdf", b"<html><p>Words.</p>", "an HTML file named .pdf"),
        ("letter.txt", rb"{\rtf1\ansi Words.}", "an RTF file named .txt"),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "password-protected Office file"),
    ],
)
def test_a_wrong_name_is_named(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    """A file of another format than its name's says which one it is."""
    assert expected in reason(tmp_path / name, content)


def test_inline_html_does_not_make_markdown_a_page(tmp_path: Path) -> None:
    """Markdown may begin with a tag."""
    content = b'<div align="center">Tea</div>\n\nTea is served at noon.\n'
    assert "Tea is served at noon." in read(tmp_path / "tea.md", content).text


@pytest.mark.parametrize("data", [b"Pay \x1b[31mrose\x1b[0m by 3 percent.", b"\x01\x02\x03 words."])
def test_control_characters_are_no_text(tmp_path: Path, data: bytes) -> None:
    """What commands a terminal, or is no text at all, never becomes a quote."""
    assert "control characters" in reason(tmp_path / "odd.txt", data)


def test_one_stray_control_character_loses_no_document(tmp_path: Path) -> None:
    """Text from the web may hold one; the text is as the file has it."""
    assert read(tmp_path / "a.txt", b"Pay rose\x0b by 3\x02 percent.").text.count("\x02") == 1


def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    """What is not a regular file is never opened: reading it could wait forever."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableDocument, match="not a regular file"):
        load(tmp_path / "pipe.txt", "pipe.txt", LIMIT)


def test_any_error_of_a_format_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a library raises, the build gets one line."""

    def explode(*_: object) -> Document:
        raise ZeroDivisionError("deep inside\na parser")

    monkeypatch.setattr(plain_text, "read", explode)
    assert reason(tmp_path / "a.txt", b"Words.") == "it cannot be read (ZeroDivisionError)"
