"""Files of every format, torn and changed: each is read or named, and nothing crashes or hangs.

A hundred of them in an ordinary run; ``CAREERBOT_MUTATIONS=2000`` for a night.
"""

import email.message
import os
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pptx
import xlsxwriter
from fpdf import FPDF

from index.documents.document import Document
from index.documents.reader import Limits, read_files

COUNT = int(os.environ.get("CAREERBOT_MUTATIONS", "100"))
LIMITS = Limits(file_bytes=3_000_000, seconds=20)
WORDS = "Bakers of the mill are paid $20 an hour, and flour is sold to them at cost."


def _docx() -> bytes:
    made = docx.Document()
    made.add_heading("Mill", 1)
    made.add_paragraph(WORDS)
    made.add_table(rows=2, cols=2).cell(1, 1).text = "$20"
    return _saved(made.save)


def _pptx() -> bytes:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Mill"
    slide.placeholders[1].text = WORDS
    return _saved(made.save)


def _saved(save: Callable[[BytesIO], object]) -> bytes:
    target = BytesIO()
    save(target)
    return target.getvalue()


def _pdf() -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=11)
    for _ in range(3):
        made.add_page()
        made.multi_cell(0, 6, WORDS * 3)
        with made.table() as table:
            table.row(("Job", "Pay"))
            table.row(("Baker", "$20"))
    return bytes(made.output())


def _xlsx() -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write_row(0, 0, ["Job", "Pay", WORDS])
    return target.getvalue()


def _zip(entries: dict[str, str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def _eml() -> bytes:
    made = email.message.EmailMessage()
    made["Subject"] = "Mill"
    made.set_content(WORDS)
    made.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    return bytes(made)


_OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
_TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_HTML = (
    f"<html><body><h1>Mill</h1><p>{WORDS}</p><table><tr><th rowspan=2>Job</th>"
    "<td colspan=2>Pay</td></tr><tr><td>1</td></tr></table>"
    '<script type=\'application/ld+json\'>{"@type": "JobPosting", '
    '"title": "Baker"}</script></body></html>'
)
SAMPLES: dict[str, bytes] = {
    ".md": f"---\ntitle: x\n---\n# Mill\n\n{WORDS}\n\n{_TABLE}".encode(),
    ".txt": f"Mill\n\n{WORDS}\n- one\n- two\n".encode(),
    ".html": _HTML.encode(),
    ".csv": b"Job,Pay\nBaker,20\nMiller,18\n",
    ".rtf": rb"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 Mill\par " + WORDS.encode() + rb"\par}",
    ".vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Anna>{WORDS}\n".encode(),
    ".json": f'[{{"question": "What is paid?", "answer": "{WORDS}"}}]'.encode(),
    ".jsonl": f'{{"question": "What is paid?", "answer": "{WORDS}"}}\n'.encode() * 3,
    ".eml": _eml(),
    ".mbox": b"From a@example.org Mon Mar  2 10:00:00 2026\n" + _eml(),
    ".pdf": _pdf(),
    ".docx": _docx(),
    ".pptx": _pptx(),
    ".xlsx": _xlsx(),
    ".epub": _zip(
        {
            "META-INF/container.xml": '<container><rootfile full-path="c.opf"/></container>',
            "c.opf": _OPF,
            "a.xhtml": _HTML,
        }
    ),
    ".odt": _zip(
        {
            "content.xml": f'<o:d xmlns:o="{_ODF}:office:1.0" xmlns:t="{_ODF}:text:1.0">'
            f"<o:text><t:p>{WORDS}</t:p></o:text></o:d>",
        }
    ),
    ".ods": _zip(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    ),
}


def _torn(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 40))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _doubled(data: bytes, chance: random.Random) -> bytes:
    one, two = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:two] + data[one:two] * chance.choice((2, 30)) + data[two:]


def _foreign(data: bytes, chance: random.Random) -> bytes:
    other = SAMPLES[chance.choice(sorted(SAMPLES))]
    cut = chance.randrange(len(data))
    return data[:cut] + other[chance.randrange(len(other)) :] + data[cut:]


def _nested(data: bytes, chance: random.Random) -> bytes:
    opening = chance.choice(
        (b"<div>", b"[", b"{", b"> ", b"{\\b ", b"<table><tr><td>", b"((", b"- ")
    )
    cut = chance.randrange(len(data))
    return data[:cut] + opening * chance.choice((300, 20_000)) + data[cut:]


def _within_zip(data: bytes, chance: random.Random) -> bytes:
    """Change a part of a ZIP file and pack it again, so that the change is reached."""
    if not data.startswith(b"PK"):
        return _flipped(data, chance)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(n for n, content in entries.items() if content))
    change = chance.choice((_torn, _flipped, _doubled, _nested))
    entries[name] = change(entries[name], chance)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return target.getvalue()


_MUTATIONS = (_torn, _flipped, _doubled, _foreign, _nested, _within_zip)


def test_the_samples_are_read(tmp_path: Path) -> None:
    """What is changed below is right before."""
    files = []
    for suffix, data in SAMPLES.items():
        if suffix != ".ods":
            path = tmp_path / f"sample{suffix}"
            path.write_bytes(data)
            files.append((path.name, path))
    found = read_files(files, LIMITS, lambda _: None)
    assert [result for result in found if isinstance(result, str)] == []


def test_changed_files_are_read_or_named(tmp_path: Path) -> None:
    """No crash of the build, nothing over the limits, one line of reason each."""
    chance = random.Random(20261121)
    files = []
    for number in range(COUNT):
        suffix = sorted(SAMPLES)[number % len(SAMPLES)]
        changed = chance.choice(_MUTATIONS)(SAMPLES[suffix], chance)
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(changed)
        files.append((path.name, path))
    found = read_files(files, LIMITS, lambda _: None)
    assert len(found) == COUNT
    reasons = {
        name: result
        for (name, _), result in zip(files, found, strict=True)
        if isinstance(result, str)
    }
    assert all("\n" not in reason and len(reason) < 200 for reason in reasons.values())
    over = {name: reason for name, reason in reasons.items() if "takes more than" in reason}
    broken = {name: reason for name, reason in reasons.items() if "breaks the program" in reason}
    assert (over, broken) == ({}, {})
    for result in found:
        if isinstance(result, Document):
            ends = [0, *(block.span.end for block in result.blocks)]
            assert all(b.span.start >= end for b, end in zip(result.blocks, ends, strict=False))
