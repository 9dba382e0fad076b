"""How faithfully PDF files are read, beside what one would pick instead.

    python -m benchmarks.reading [--pdfs FOLDER]

The starter library's own texts are printed in the ways that tear text: two columns drawn line by
line, hyphens at the ends of lines, running heads, page numbers and notes. What a reader gives is
then compared with what was printed:

- whole: sentences that are found to the letter, white space aside
- kept: runs of four words that are found, in any order
- order: of the sentences found, those that come right after the one before them
- joins: words broken at a line's end that come out as their author wrote them

``--pdfs`` names a folder of public files, for time and memory. Readers that are not installed are
left out; none of them needs a model: ``pip install pypdf pdfplumber markitdown[pdf] kreuzberg``.
"""

import argparse
import importlib.util
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fpdf import FPDF
from rich.console import Console
from rich.table import Table

from index.documents.loaders import load

ROOT = Path(__file__).parent.parent
_BROKEN = (
    ("peer-", "review"), ("com-", "mittee"), ("long-", "term"), ("employ-", "ees"),
    ("follow-", "up"), ("reim-", "bursement"), ("part-", "time"), ("man-", "ager"),
    ("self-", "employed"), ("allow-", "ances"), ("cross-", "functional"), ("depart-", "ment"),
)  # fmt: skip
"""The first, third… hyphens are their authors'; the others are the typesetter's."""
_WORDS_A_LINE = 9
_LIMIT = 50_000_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as it was written, and the file that it was printed to."""

    path: Path
    sentences: tuple[str, ...]
    joined: tuple[str, ...] = ()


# --- readers ---


def _careerbot(path: Path) -> str:
    return load(path, path.name, _LIMIT).text


def _pypdfium2(path: Path) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def _pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(str(path)).text_content)


def _kreuzberg(path: Path) -> str:
    from kreuzberg import extract_file_sync

    return str(extract_file_sync(str(path)).content)


READERS: dict[str, Callable[[Path], str]] = {
    "careerbot": _careerbot,
    "pypdfium2": _pypdfium2,
    "pypdf": _pypdf,
    "pdfplumber": _pdfplumber,
    "markitdown": _markitdown,
    "kreuzberg": _kreuzberg,
}


# --- printing ---


def _texts() -> list[list[str]]:
    """The sentences of the starter library's documents."""
    found = []
    for path in sorted((ROOT / "corpus").rglob("*.md")):
        if path.name != "README.md":
            document = load(path, path.name, _LIMIT)
            said = " ".join(
                document.cut(b.span) for b in document.blocks if b.kind.value == "paragraph"
            )
            plain = said.encode("cp1252", "ignore").decode("cp1252")
            sentences = re.findall(r"[A-Z][^.!?]{40,}[.!?](?= |$)", " ".join(plain.split()))
            if len(sentences) > 5:
                found.append(sentences)
    return found


def _sheet() -> FPDF:
    made = FPDF(unit="pt", format="letter")
    made.core_fonts_encoding = "cp1252"
    made.set_font("Helvetica", size=10)
    return made


def _lines(sentences: Sequence[str], words_a_line: int = _WORDS_A_LINE) -> list[str]:
    words = " ".join(sentences).split()
    return [" ".join(words[n : n + words_a_line]) for n in range(0, len(words), words_a_line)]


def _plain(sentences: Sequence[str], path: Path) -> Printed:
    made = _sheet()
    made.add_page()
    made.multi_cell(0, 13, " ".join(sentences))
    made.output(str(path))
    return Printed(path, tuple(sentences))


def _columns(sentences: Sequence[str], path: Path) -> Printed:
    """Two columns, the lines of both drawn side by side."""
    made, lines = _sheet(), _lines(sentences, 6)
    for start in range(0, len(lines), 96):
        page = lines[start : start + 96]
        half = (len(page) + 1) // 2
        made.add_page()
        for number in range(half):
            made.text(60, 80 + 13 * number, page[number])
            if half + number < len(page):
                made.text(330, 80 + 13 * number, page[half + number])
    made.output(str(path))
    return Printed(path, tuple(sentences))


def _heads(sentences: Sequence[str], path: Path) -> Printed:
    """Running heads, page numbers, and the number of a note after every third sentence."""
    made, lines = _sheet(), _lines(sentences)
    for page, start in enumerate(range(0, len(lines), 12)):
        made.add_page()
        made.set_font_size(8)
        made.text(60, 40, "Reading benchmark of the starter library")
        made.text(540, 760, str(page + 3))
        for number, line in enumerate(lines[start : start + 12]):
            made.set_font_size(10)
            made.text(60, 80 + 13 * number, line)
            if number % 3 == 0 and line.endswith("."):
                made.set_font_size(6)
                made.text(60 + made.get_string_width(line) * 10 / 6, 76 + 13 * number, "1")
    made.output(str(path))
    return Printed(path, tuple(sentences))


def _hyphens(path: Path) -> Printed:
    made = _sheet()
    made.add_page()
    joined = []
    for number, (one, two) in enumerate(_BROKEN):
        made.text(
            60, 80 + 30 * number, f"The staff of the firm and the board were told of the {one}"
        )
        made.text(60, 93 + 30 * number, f"{two} of that year.")
        joined.append(f"the {one if number % 2 == 0 else one[:-1]}{two} of that year")
    made.output(str(path))
    return Printed(path, (), tuple(joined))


# --- measuring ---


def _squeezed(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + 4]) for n in range(len(words) - 3)}


def _scores(printed: Sequence[Printed], read: Callable[[Path], str]) -> dict[str, float]:
    whole = sentences = kept = runs = follows = pairs = joins = words = 0
    for one in printed:
        text = _squeezed(read(one.path))
        places = [text.find(_squeezed(sentence)) for sentence in one.sentences]
        whole += sum(place >= 0 for place in places)
        sentences += len(places)
        given, found = _runs(" ".join(one.sentences)), _runs(text)
        kept += len(given & found)
        runs += len(given)
        found_places = [(p, len(s)) for p, s in zip(places, one.sentences, strict=True) if p >= 0]
        for (start, length), (following, _) in pairwise(found_places):
            pairs += 1
            follows += 0 < following - start - length < 4
        joins += sum(word in text for word in one.joined)
        words += len(one.joined)
    return {
        "whole": whole / max(sentences, 1),
        "kept": kept / max(runs, 1),
        "order": follows / max(pairs, 1),
        "joins": joins / max(words, 1),
    }


def _measure(name: str, pdfs: Path | None) -> dict[str, float]:
    """Scores of one reader, and its time and memory on public files; in a process of its own."""
    read = READERS[name]
    with tempfile.TemporaryDirectory() as folder:
        printed = [_hyphens(Path(folder, "hyphens.pdf"))]
        for number, sentences in enumerate(_texts()):
            printed += [
                layout(sentences, Path(folder, f"{number}-{n}.pdf"))
                for n, layout in enumerate((_plain, _columns, _heads))
            ]
        scores = _scores(printed, read)
    files = sorted(pdfs.rglob("*.pdf")) if pdfs else []
    start, failed = time.perf_counter(), 0
    for path in files:
        try:
            read(path)
        except Exception:  # noqa: BLE001 - whatever a reader raises of a broken or locked file
            failed += 1
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**scores, "s": time.perf_counter() - start, "failed": failed, "MB": megabytes}


def main() -> None:
    """Print one row a reader."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pdfs", type=Path)
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        print(json.dumps(_measure(options.reader, options.pdfs)))
        return
    table = Table(box=None)
    for column in ("reader", "whole", "kept", "order", "joins", "s", "failed", "MB"):
        table.add_column(column, justify="left" if column == "reader" else "right")
    for name in READERS:
        if name != "careerbot" and importlib.util.find_spec(name) is None:
            continue
        command = [sys.executable, "-m", "benchmarks.reading", "--reader", name]
        command += ["--pdfs", str(options.pdfs)] if options.pdfs else []
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout.strip().split("\n")[-1])
        shares = [f"{found[key]:.2f}" for key in ("whole", "kept", "order", "joins")]
        table.add_row(
            name, *shares, f"{found['s']:.1f}", f"{found['failed']}", f"{found['MB']:.0f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
