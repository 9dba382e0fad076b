"""PDF files as printers and offices make them: hyphens, columns, tables, notes, running heads."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import pypdf
import pytest
from fpdf import FPDF

from index.documents.document import BlockKind, Document
from index.documents.hyphens import Joins
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

LIMIT = 1_000_000
DEJAVU = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")


def read(path: Path, pages: list[str]) -> Document:
    """Print pages and load them."""
    made = FPDF()
    made.set_font("Helvetica", size=11)
    for text in pages:
        made.add_page()
        made.multi_cell(0, 6, text)
    made.output(str(path))
    return load(path, path.name, LIMIT)


class Sheet:
    """A PDF on which words are drawn where they are told to stand, in points from the top."""

    def __init__(self) -> None:
        self.made = FPDF(unit="pt", format="letter")
        self.made.core_fonts_encoding = "cp1252"
        self.made.add_page()

    def lines(
        self,
        lines: Sequence[str],
        x: float = 72,
        y: float = 100,
        size: float = 11,
        lead: float = 14,
    ) -> "Sheet":
        """Draw lines under each other."""
        self.made.set_font("Helvetica", size=size)
        for number, line in enumerate(lines):
            self.made.text(x, y + number * lead, line)
        return self

    def raised(self, before: str, mark: str, after: str, y: float, x: float = 72) -> "Sheet":
        """Draw a line with a small raised mark in it."""
        for text, size, rise in ((before, 11, 0), (mark, 7, 4), (after, 11, 0)):
            self.made.set_font("Helvetica", size=size)
            self.made.text(x, y - rise, text)
            x += self.made.get_string_width(text)
        return self

    def table(self, rows: Sequence[Sequence[str]], y: float = 100, wide: float = 130) -> "Sheet":
        """Draw a table without rules, one column after the other."""
        for column in range(len(rows[0])):
            self.lines([row[column] for row in rows], x=72 + wide * column, y=y, lead=16)
        return self

    def page(self) -> "Sheet":
        """Turn over."""
        self.made.add_page()
        return self

    def read(self, folder: Path) -> Document:
        """Load it."""
        self.made.output(str(folder / "sheet.pdf"))
        return load(folder / "sheet.pdf", "sheet.pdf", LIMIT)


def quoted(document: Document) -> list[str]:
    """The texts of the passages that may be quoted."""
    return [document.cut(p.span) for p in passages(document) if p.quotable]


def rows(document: Document) -> dict[str, str]:
    """The rows of the tables, each with the names of its columns."""
    return {
        document.cut(b.span): document.cut(b.lead) if b.lead else ""
        for b in document.blocks
        if b.kind is BlockKind.ROW
    }


BODIES = [
    "Bread rose in price in the north, because the harvest there was small.",
    "The south had more wheat than it could mill, and so sold some of it.",
    "Nobody can tell what the next harvest will bring to either of them.",
]


# --- words that a line's end has broken ---


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the peer-", "review notes", "the peer-review notes"),
        ("the com-", "mittee met", "the committee met"),
        ("a long-", "term plan", "a long-term plan"),
        ("all em-", "ployees of", "all employees of"),
        ("to re-", "sign the lease", "to re-sign the lease"),
        ("to re-", "cover the costs", "to recover the costs"),
        ("the follow-", "up interview", "the follow-up interview"),
        ("by e-", "mail only", "by e-mail only"),
        ("Anglo-", "American firms", "Anglo-American firms"),
        ("short-", "and long-term plans", "short- and long-term plans"),
        ("state-of-", "the-art tools", "state-of-the-art tools"),
        ("within 10-", "12 weeks", "within 10-12 weeks"),
        ("in 2019–", "2023 it grew", "in 2019–2023 it grew"),
        ("and/", "or both", "and/or both"),
        ("the end —", "or so", "the end — or so"),
        ("of infor\u00ad", "mation on", "of information on"),
    ],
)
def test_a_hyphen_goes_only_where_the_word_is_shown_to_be_one(
    before: str, after: str, joined: str
) -> None:
    """In doubt the hyphen is its author's."""
    assert Joins(["the staff of the firm and the board"]).joined(before, after) == joined


def test_the_document_itself_shows_how_a_word_is_written() -> None:
    """What it writes elsewhere counts more than a list of words."""
    joins = Joins(["all the co-operatives meet here", "and the zwibelfish swims there"])
    assert joins.joined("two co-", "operatives") == "two co-operatives"
    assert joins.joined("a zwibel-", "fish") == "a zwibelfish"


def test_german_words_are_joined_by_german_words() -> None:
    """The list is that of the document's language."""
    joins = Joins(["die Arbeit ist für alle da und das ist mit der Firma nicht zu machen"])
    assert joins.joined("die Arbeits-", "zeit") == "die Arbeitszeit"


def test_hyphens_of_a_printed_page(tmp_path: Path) -> None:
    """The author's hyphens stay, the typesetter's go, and dashes keep no white space."""
    lines = [
        "Promotion at this bakery is decided on the peer-",
        "review notes of the last year. The com-",
        "mittee published its long-",
        "term criteria for 2019–",
        "2023 in March, for all bakers.",
    ]
    assert quoted(Sheet().lines(lines).read(tmp_path)) == [
        "Promotion at this bakery is decided on the peer-review notes of the last year.",
        "The committee published its long-term criteria for 2019–2023 in March, for all bakers.",
    ]


# --- what is about the page ---


def test_running_lines_are_left_out(tmp_path: Path) -> None:
    """Headers and footers are not read, whatever the page numbers in them."""
    pages = [f"Bread Review 2026\n\n{b}\n\nPage {n} of 3" for n, b in enumerate(BODIES, 1)]
    document = read(tmp_path / "review.pdf", pages)
    assert quoted(document) == BODIES
    assert "Page 2" not in document.text


def test_rows_that_look_alike_are_kept(tmp_path: Path) -> None:
    """A line at a page's edge whose figure is its own is a fact, not a footer."""
    wages = ["12.50", "14.10", "11.75"]
    pages = [f"{b}\n\nBakers earned {w} coins an hour." for b, w in zip(BODIES, wages, strict=True)]
    together = "\n".join(quoted(read(tmp_path / "wages.pdf", pages)))
    assert [w in together for w in wages] == [True, True, True]


def test_the_only_sentences_of_a_page_are_no_running_lines(tmp_path: Path) -> None:
    """Pages that look alike, one section each, keep what they say."""
    pages = [
        f"Mill rules 2026\n\nPart {n}: Shift {n}\n\nShift {n} lasts {n + 5} hours, with {n} off."
        for n in (1, 2, 3)
    ]
    document = read(tmp_path / "rules.pdf", pages)
    assert quoted(document) == [f"Shift {n} lasts {n + 5} hours, with {n} off." for n in (1, 2, 3)]
    assert "Mill rules" not in document.text


def test_a_notice_that_is_all_of_every_page_is_kept(tmp_path: Path) -> None:
    """Boilerplate never takes all that a page says."""
    assert quoted(read(tmp_path / "notice.pdf", [BODIES[0]] * 3)) == [BODIES[0]] * 3


def test_heads_and_numbers_do_not_part_a_sentence(tmp_path: Path) -> None:
    """A sentence goes on over the page, under another head, over a number and a note."""
    sheet = Sheet().lines(["Staff of the mill"], y=40, size=9)
    sheet.raised("The mill pays up to $1,200", "1", " a year to whoever has lost a home, and", 100)
    sheet.lines(["the claim is made here. It is decided by the"], y=114)
    sheet.lines(["1 It is doubled for families of three", "or more."], y=700, size=8, lead=10)
    sheet.lines(["- 4 -"], x=300, y=760, size=9)
    sheet.page().lines(["Staff of the mill"], y=40, size=9)
    sheet.lines(["board of the mill, which meets each month."], y=100)
    sheet.lines(["- 5 -"], x=300, y=760, size=9)
    document = sheet.read(tmp_path)
    sentence = "It is decided by the board of the mill, which meets each month."
    assert quoted(document) == [
        "It is doubled for families of three or more.",
        "The mill pays up to $1,200 a year to whoever has lost a home, and the claim is made here.",
        sentence,
    ]
    assert document.page_at(document.text.index(sentence)) == 1
    assert document.page_at(document.text.index("board of the mill, which")) == 2


def test_a_sentence_over_two_pages_is_whole(tmp_path: Path) -> None:
    """The end of a page ends no sentence, and the quote starts on the first of the two."""
    pages = ["Wages of the valley\n\nThe bakers of the valley earned more than", "the smiths did."]
    document = read(tmp_path / "valley.pdf", pages)
    sentence = "The bakers of the valley earned more than the smiths did."
    assert sentence in quoted(document)
    assert document.page_at(document.text.index(sentence)) == 1


def test_pages_without_text_keep_the_count(tmp_path: Path) -> None:
    """A picture of a page is a page, before, between and after the others."""
    document = read(tmp_path / "pictures.pdf", ["", BODIES[0], "", BODIES[1], ""])
    assert [document.page_at(document.text.index(body)) for body in BODIES[:2]] == [2, 4]
    assert len(document.pages) == 5
    assert document.doubts == ("3 of 5 pages hold no text: run OCR",)


# --- notes, powers, ligatures ---


def test_the_number_of_a_note_is_no_digit_of_an_amount(tmp_path: Path) -> None:
    """A raised mark goes; a raised power is written as one."""
    sheet = Sheet().raised("A single person gets 2,500", "1", " coins for moving house.", 100)
    sheet.raised("The oven hall has 20 m", "2", " for two bakers.", 130)
    sheet.raised("Flour is free for bakers.", "12", " It is kept in the hall.", 160)
    sheet.raised("", "1", "Since April of this year.", 700)
    assert quoted(sheet.read(tmp_path)) == [
        "A single person gets 2,500 coins for moving house.",
        "The oven hall has 20 m² for two bakers.",
        "Flour is free for bakers.",
        "It is kept in the hall.",
        "Since April of this year.",
    ]


def _with_dejavu(path: Path, text: str, plain: str = "") -> Path:
    made = FPDF()
    made.add_font("dejavu", "", str(DEJAVU))
    made.add_page()
    if plain:
        made.set_font("Helvetica", size=11)
        made.multi_cell(0, 6, plain)
        made.ln(12)
    made.set_font("dejavu", size=11)
    made.multi_cell(0, 6, text)
    made.output(str(path))
    return path


def _without_map(path: Path) -> Path:
    """Take out the tables that say which letters the fonts draw."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(path))
    for made in writer._objects:  # noqa: SLF001 - pypdf has no public way to all objects
        if isinstance(made, dict):
            made.pop("/ToUnicode", None)
    writer.write(path)
    return path


def test_ligatures_are_their_letters(tmp_path: Path) -> None:
    """Nobody who looks for "office" types one letter for "ffi"."""
    path = _with_dejavu(tmp_path / "l.pdf", "The o\ufb03ce sta\ufb00 \ufb01nd \ufb02our there.")
    assert quoted(load(path, "l.pdf", LIMIT)) == ["The office staff find flour there."]


def test_a_font_without_names_is_refused(tmp_path: Path) -> None:
    """What would be garbage is named."""
    path = _without_map(_with_dejavu(tmp_path / "n.pdf", " ".join(BODIES)))
    with pytest.raises(UnreadableDocument, match="fonts do not say which letters"):
        load(path, "n.pdf", LIMIT)


def test_what_one_of_two_fonts_draws_is_not_quoted(tmp_path: Path) -> None:
    """The rest of the document is read."""
    path = _without_map(_with_dejavu(tmp_path / "t.pdf", "Hidden.", plain=" ".join(BODIES)))
    document = load(path, "t.pdf", LIMIT)
    assert quoted(document) == BODIES
    assert document.doubts == ("4 % of its letters unreadable",)


def test_a_text_in_a_cipher_is_refused(tmp_path: Path) -> None:
    """A font that names the wrong letters gives words of no language."""
    moved = "".join(chr((ord(c) - 94) % 26 + 97) if c.islower() else c for c in " ".join(BODIES))
    with pytest.raises(UnreadableDocument, match="no language"):
        read(tmp_path / "cipher.pdf", [moved])


# --- columns and tables ---

LEFT = [
    "Bakers rotate through the four",
    "ovens of the mill in their first",
    "year, and choose one of them.",
]
RIGHT = [
    "Millers are paid twice a month",
    "and get a sack of flour for each",
    "child they have at home.",
]
COLUMNS = [" ".join(LEFT), " ".join(RIGHT)]


@pytest.mark.parametrize("lower", [0, 5])
def test_columns_are_read_one_after_the_other(tmp_path: Path, lower: float) -> None:
    """However they were drawn, and where their lines are not at one height."""
    sheet = Sheet().lines(
        ["The letter of the mill, to all who work in it or near it"], y=60, size=16
    )
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        sheet.lines([left], y=100 + 14 * number)
        sheet.lines([right], x=310, y=100 + 14 * number + lower)
    sheet.lines(["All of it is decided by those who work in the mill, and by nobody else."], y=190)
    assert " ".join(quoted(sheet.read(tmp_path))) == " ".join(
        [*COLUMNS, "All of it is decided by those who work in the mill, and by nobody else."]
    )


def test_a_sentence_goes_on_in_the_next_column(tmp_path: Path) -> None:
    """The foot of a column ends no sentence."""
    sheet = Sheet().lines([*LEFT[:2], "year, and choose one oven of the"])
    sheet.lines(
        ["four for the second year. Each", "baker has a mentor who comes to", "talk."], x=310
    )
    assert "choose one oven of the four for the second year." in quoted(sheet.read(tmp_path))[0]


def test_the_cells_of_a_row_stay_together(tmp_path: Path) -> None:
    """A table without rules, drawn column by column, has rows under its header."""
    sheet = Sheet().lines(
        ["What the mill pays for a way is told below, for all of its staff."], y=60
    )
    sheet.table(
        [
            ("Vehicle", "First 10,000 miles", "Above"),
            ("Car", "45p", "25p"),
            ("Bicycle", "20p", "20p"),
        ]
    )
    assert rows(sheet.read(tmp_path)) == {
        "Car | 45p | 25p": "Vehicle | First 10,000 miles | Above",
        "Bicycle | 20p | 20p": "Vehicle | First 10,000 miles | Above",
    }


def test_cells_that_are_wrapped_are_whole(tmp_path: Path) -> None:
    """Rules tell the rows of a table whose cells take several lines."""
    baker = "Bakes the bread of the day and of the night, and keeps the ovens clean for the rest"
    miller = "Mills the wheat of the valley, whatever the weather and the price of it may be there"
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    with made.table(col_widths=(30, 90, 30)) as table:
        for cells in (("Role", "Duties", "Pay"), ("Baker", baker, "$7"), ("Miller", miller, "$9")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    made.output(str(tmp_path / "duties.pdf"))
    assert list(rows(load(tmp_path / "duties.pdf", "duties.pdf", LIMIT)).items()) == [
        (f"Baker | {baker} | $7", "Role | Duties | Pay"),
        (f"Miller | {miller} | $9", "Role | Duties | Pay"),
    ]


def test_a_name_over_two_columns_belongs_to_both(tmp_path: Path) -> None:
    """It is put before each of theirs."""
    sheet = Sheet().lines(["Annual pay"], x=250, y=84)
    sheet.table(
        [
            ("Grade", "From", "To"),
            ("Baker I", "$48,000", "$61,000"),
            ("Baker II", "$56,500", "$74,000"),
        ]
    )
    assert set(rows(sheet.read(tmp_path)).values()) == {"Grade | Annual pay From | Annual pay To"}


def test_cells_that_are_wrapped_are_whole_without_rules(tmp_path: Path) -> None:
    """White space tells the rows, wherever in a row its short cells stand."""
    sheet = Sheet()
    for y, cells in (
        (100, ("Right", "What it covers", "Cost")),
        (124, ("", "Two visits a year and all the fillings at", "")),
        (137, ("Dental", "a dentist of the town", "$12")),
        (161, ("", "One pair of glasses every two years at", "")),
        (174, ("Vision", "a price of ten coins", "$8")),
    ):
        for x, cell in zip((72, 150, 420), cells, strict=True):
            if cell:
                sheet.lines([cell], x=x, y=y)
    assert list(rows(sheet.read(tmp_path))) == [
        "Dental | Two visits a year and all the fillings at a dentist of the town | $12",
        "Vision | One pair of glasses every two years at a price of ten coins | $8",
    ]


def test_a_box_beside_text_is_no_column_of_a_table(tmp_path: Path) -> None:
    """Text that goes on past the lines of the box is read whole."""
    sheet = Sheet().lines([*LEFT, "They sleep in the house of the", "mill, which is by the river."])
    sheet.lines(["In figures", "Ovens: 24", "Bakers: 31", "Mills: 2"], x=400)
    assert quoted(sheet.read(tmp_path)) == [
        COLUMNS[0],
        "They sleep in the house of the mill, which is by the river.",
        "Ovens: 24",
        "Bakers: 31",
        "Mills: 2",
    ]


def test_what_may_be_a_column_or_a_table_is_told(tmp_path: Path) -> None:
    """Text beside short lines could be either."""
    sheet = Sheet().lines([*LEFT, "They sleep in the house of the", "mill, which is by the river."])
    sheet.lines(["In figures", "Ovens: 24", "Bakers: 31", "Mills: 2"], x=400)
    assert sheet.read(tmp_path).doubts == ("columns uncertain on page 1",)
    assert Sheet().lines(LEFT).read(tmp_path).doubts == ()


def test_the_spaces_of_a_line_that_fills_its_column_are_spaces(tmp_path: Path) -> None:
    """Words far apart in a justified line are no cells."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    words = (
        "Bakers of extraordinarily well-organised neighbourhoods understand uncomplicated "
        "announcements and congratulate acknowledged representatives there."
    )
    made.multi_cell(62, 6, words, align="J")
    made.output(str(tmp_path / "j.pdf"))
    assert quoted(load(tmp_path / "j.pdf", "j.pdf", LIMIT)) == [words]


def test_words_beside_their_label_are_one_row(tmp_path: Path) -> None:
    """A form's label and its value are read together, and the first is no header."""
    sheet = Sheet().table(
        [("Place:", "Omaha, NE"), ("Pay:", "$54,000 a year"), ("Start:", "March")]
    )
    assert list(rows(sheet.read(tmp_path)).items())[:2] == [
        ("Place: | Omaha, NE", ""),
        ("Pay: | $54,000 a year", ""),
    ]


def test_lists_and_headings_are_told_by_how_they_stand(tmp_path: Path) -> None:
    """Bullets apart from their words, numbers too, and large letters."""
    sheet = Sheet().lines(["Free for bakers"], y=60, size=18).lines(["The mill gives:"], y=100)
    sheet.lines(["-"], x=80, y=120).lines(
        ["Bread of the day, for all who bake it and for all their children and", "parents"],
        x=110,
        y=120,
    )
    sheet.lines(["-"], x=80, y=150).lines(["Flour"], x=110, y=150)
    document = sheet.read(tmp_path)
    items = [document.cut(b.span) for b in document.blocks if b.kind is BlockKind.ITEM]
    assert items == [
        "Bread of the day, for all who bake it and for all their children and parents",
        "Flour",
    ]
    assert document.source.title == "Free for bakers"


@pytest.mark.parametrize("angle", [90, 270])
def test_a_page_on_its_side_is_turned(tmp_path: Path, angle: int) -> None:
    """Whichever way the text runs."""
    made = FPDF(unit="pt", format="letter")
    made.add_page()
    made.set_font("Helvetica", size=12)
    with made.rotation(angle, 300, 400):
        for number, line in enumerate(
            ("The night shift pays a quarter more than the", "day shift does.")
        ):
            made.text(200, 400 + 15 * number, line)
    made.output(str(tmp_path / "side.pdf"))
    assert quoted(load(tmp_path / "side.pdf", "side.pdf", LIMIT)) == [
        "The night shift pays a quarter more than the day shift does."
    ]


def test_what_is_stamped_across_a_page_is_not_in_its_lines(tmp_path: Path) -> None:
    """A watermark tears no sentence."""
    sheet = Sheet().lines(BODIES)
    with sheet.made.rotation(45, 200, 120):
        sheet.lines(["DRAFT"], x=150, y=120, size=60)
    assert quoted(sheet.read(tmp_path)) == BODIES


# --- the promise ---


def test_quotes_are_found_by_another_reader(tmp_path: Path) -> None:
    """What is quoted stands so in the file, as a program that shares no code with ours reads it."""
    sheet = Sheet().lines(["Rules of the mill"], y=60, size=18)
    sheet.lines(
        [
            "Bakers who work at night are paid a quarter more than those of the day, and",
            "whoever works on a Sunday gets a day off in lieu, at a time of her own choice.",
        ]
    )
    sheet.page().lines(["The well-known oven of 1920 is lit at four in the morning."])
    document = sheet.read(tmp_path)
    seen = " ".join(
        page.extract_text() for page in pypdf.PdfReader(tmp_path / "sheet.pdf").pages
    ).split()
    for quote in quoted(document):
        words = quote.split()
        assert any(seen[n : n + len(words)] == words for n in range(len(seen))), quote


def test_a_password_is_named(tmp_path: Path) -> None:
    """Whatever it is locked with."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.cell(text=BODIES[0])
    made.output(str(tmp_path / "plain.pdf"))
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(tmp_path / "plain.pdf"))
    writer.encrypt("word", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(UnreadableDocument, match="encrypted"):
        load(tmp_path / "locked.pdf", "locked.pdf", LIMIT)


def test_the_header_of_a_table_is_read_on_each_page(tmp_path: Path) -> None:
    """It stands at the top of every page as a running head does, and is none."""
    sheet = Sheet()
    for page in range(6):
        sheet.lines(["Northern mills"], y=40, size=9)
        sheet.table(
            [("Job", "Pay"), *((f"Baker {page}{n}", f"${page}{n},500") for n in range(1, 6))]
        )
        sheet.lines([f"{page + 3}"], x=300, y=760, size=9)
        if page < 5:
            sheet.page()
    found = rows(sheet.read(tmp_path))
    assert len(found) == 30
    assert set(found.values()) == {"Job | Pay"}


def test_a_head_that_changes_with_the_chapter_goes_with_the_number_in_it(tmp_path: Path) -> None:
    """The number of the page tells it."""
    sheet = Sheet()
    for page, body in enumerate(BODIES * 2):
        sheet.lines([f"Chapter of the {'oven' if page < 3 else 'mill'}"], y=40)
        sheet.lines([f"{page + 11}"], x=500, y=40).lines([body], y=200)
        if page < 5:
            sheet.page()
    document = sheet.read(tmp_path)
    assert "Chapter" not in document.text
    assert quoted(document) == BODIES * 2
