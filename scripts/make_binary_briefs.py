"""Write the briefs of the library that are binary files, a DOCX and a PDF, from their text here.

Run ``python scripts/make_binary_briefs.py [FOLDER]`` (FOLDER is ``corpus`` unless given); it needs
python-docx and fpdf2. The same versions of both write the same bytes each time.
"""

import datetime as dt
import io
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
from fpdf import FPDF

PUBLISHED = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the paragraphs below it and, where there is one, a table with its header row."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: where it goes in the library, what it is called, and its sections page by page."""

    path: str
    title: str
    pages: tuple[tuple[Section, ...], ...]


CHECKLIST = Brief(
    "skills/backend-skills-checklist.docx",
    "Backend skills checklist for 2026",
    (
        (
            Section(
                "Sources of the checklist",
                (
                    (
                        "This checklist restates two articles: “Will AI Replace Backend "
                        "Developers?” by Abhishek Gautam, and “Backend Developer Skills: What to "
                        "Hire For”, a guide by Full Scale."
                    ),
                ),
            ),
            Section(
                "Skills in both articles",
                (
                    (
                        "System design is named by both articles: Abhishek Gautam calls it the "
                        "clearest safe zone from AI, and the Full Scale guide counts it among the "
                        "skills AI cannot supply."
                    ),
                    (
                        "Security is named by both articles: Abhishek Gautam wants an adversarial "
                        "mindset, and the Full Scale guide wants engineers who assume that their "
                        "code will be attacked."
                    ),
                    (
                        "Database knowledge is named by both articles: Abhishek Gautam stresses "
                        "query planning and index selection, and the Full Scale guide stresses "
                        "data modeling."
                    ),
                ),
            ),
            Section(
                "Skills by article",
                table=(
                    ("Skill", "Source", "Reason given"),
                    (
                        "Observability",
                        "Abhishek Gautam",
                        "Failures in production must be diagnosable",
                    ),
                    (
                        "Database internals",
                        "Abhishek Gautam",
                        "AI advice gets generic fastest there",
                    ),
                    (
                        "Data modeling",
                        "Full Scale guide",
                        "A good data model survives for years",
                    ),
                    (
                        "Knowing when AI is wrong",
                        "Full Scale guide",
                        "AI code is often almost right",
                    ),
                    (
                        "Ownership",
                        "Full Scale guide",
                        "A great hire owns the outcome, not just the ticket",
                    ),
                ),
            ),
            Section(
                "Work that counts for less",
                (
                    (
                        "CRUD endpoints and boilerplate lose value in both articles: Abhishek "
                        "Gautam says AI already replaces them, and the Full Scale guide calls them "
                        "cheap."
                    ),
                    (
                        "Memorized syntax and knowledge of one framework are résumé noise, "
                        "according to the Full Scale guide to backend skills."
                    ),
                ),
            ),
            Section(
                "Time needed",
                (
                    (
                        "Abhishek Gautam says systems design, database internals, security "
                        "thinking and observability each take years to build."
                    ),
                    (
                        "The Full Scale guide to backend skills says a framework can be learned in "
                        "a weekend."
                    ),
                ),
            ),
        ),
    ),
)

HIRING_GUIDE = Brief(
    "hiring/backend-hiring-in-the-ai-era.pdf",
    "Backend hiring in the AI era: a short guide",
    (
        (
            Section(
                "Sources of the guide",
                (
                    (
                        "This short guide restates “Backend Developer Skills: What to Hire For” by "
                        "Full Scale and “Will AI Replace Backend Developers?” by Abhishek Gautam."
                    ),
                ),
            ),
            Section(
                "Work to hire for",
                (
                    (
                        "The Full Scale guide to backend skills says most of a backend developer's "
                        "value now lies in deciding what code should do, how data is shaped and "
                        "what breaks under load."
                    ),
                    (
                        "Abhishek Gautam says companies have less reason to hire developers for "
                        "routine work when AI tools and one senior supervisor can do much of it."
                    ),
                ),
            ),
            Section(
                "Interview questions",
                (
                    (
                        "The Full Scale guide to backend skills recommends asking candidates to "
                        "design the data model and the API of a real feature."
                    ),
                    (
                        "The Full Scale guide to backend skills recommends allowing AI in "
                        "interviews and watching whether the candidate catches its mistakes."
                    ),
                    (
                        "The Full Scale guide to backend skills recommends showing candidates a "
                        "flawed schema or a risky endpoint and asking for a critique."
                    ),
                ),
            ),
        ),
        (
            Section(
                "Evidence for code review",
                (
                    (
                        "A 2025 Veracode study found a known security flaw in 45 percent of "
                        "AI-generated code, the Full Scale guide to backend skills reports."
                    ),
                    (
                        "A 2025 Stack Overflow survey found 66 percent of developers frustrated "
                        "most by almost-right AI code, the Full Scale guide to backend skills "
                        "reports."
                    ),
                    (
                        "GitClear counted about eight times as many duplicate code blocks in 2024, "
                        "the Full Scale guide to backend skills reports."
                    ),
                ),
            ),
            Section(
                "Price of a wrong hire",
                (
                    (
                        "The Full Scale guide to backend skills warns that a wrong backend hire "
                        "shows a year later, as a migration nobody can afford or a breach to "
                        "disclose."
                    ),
                    (
                        "The Full Scale guide to backend skills says a $40-an-hour engineer with "
                        "good judgment comes cheaper over two years than one at $150 an hour "
                        "with the wrong architecture."
                    ),
                ),
            ),
            Section(
                "Offshore candidates",
                (
                    (
                        "The Full Scale guide to backend skills says offshore rates are lower "
                        "because living costs differ, and advises hiring offshore for judgment and "
                        "vetting."
                    ),
                ),
            ),
        ),
    ),
)


_IMPRINT = ("Publisher: careerbot", "Published: November 21, 2026")


def docx_bytes(brief: Brief) -> bytes:
    """``brief`` as a Word document."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = brief.title
    properties.author = ""
    properties.comments = ""
    properties.language = "en"
    properties.created = properties.modified = PUBLISHED.replace(tzinfo=None)
    document.add_heading(brief.title, level=0)
    for line in _IMPRINT:
        document.add_paragraph(line)
    for section in (section for page in brief.pages for section in page):
        document.add_heading(section.heading, level=1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        if section.table:
            table = document.add_table(rows=0, cols=len(section.table[0]), style="Table Grid")
            for row in section.table:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    written = io.BytesIO()
    document.save(written)
    return _with_fixed_times(written.getvalue())


def _with_fixed_times(archive: bytes) -> bytes:
    """Pack a zip archive again with the day of publication as the time of each entry."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, PUBLISHED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def pdf_bytes(brief: Brief) -> bytes:
    """``brief`` as a PDF, whose identifier fpdf2 takes from the content and the fixed date."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(PUBLISHED)
    pdf.set_title(brief.title)
    pdf.set_lang("en")
    # The fonts every PDF reader has know Windows-1252, which has the curly quotes.
    pdf.core_fonts_encoding = "cp1252"
    for number, page in enumerate(brief.pages):
        pdf.add_page()
        if number == 0:
            _write(pdf, brief.title, 20, "B")
            for line in _IMPRINT:
                _write(pdf, line, 11)
        for section in page:
            pdf.ln(4)
            _write(pdf, section.heading, 14, "B")
            for paragraph in section.paragraphs:
                _write(pdf, paragraph, 11)
    return bytes(pdf.output())


def _write(pdf: FPDF, text: str, size: int, style: str = "") -> None:
    pdf.set_font("Helvetica", style=style, size=size)
    pdf.multi_cell(0, 0.5 * size, text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def main() -> None:
    """Write both briefs below the folder given on the command line."""
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")
    for brief, made in (
        (CHECKLIST, docx_bytes(CHECKLIST)),
        (HIRING_GUIDE, pdf_bytes(HIRING_GUIDE)),
    ):
        path = corpus / brief.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made)


if __name__ == "__main__":
    main()
