"""Mail, captions, and questions with their answers."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.documents.document import BlockKind, Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

LIMIT = 1_000_000


def read(path: Path, content: str | bytes) -> Document:
    """Write a file and load it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(path, path.name, LIMIT)


def quoted(document: Document) -> list[tuple[str | None, str]]:
    """The passages that may be quoted, each with the heading above it."""
    return [
        (document.cut(section.heading) if section else None, document.cut(p.span))
        for p in passages(document)
        if p.quotable
        for section in [document.section_at(p.span.start)]
    ]


def message(subject: str, body: str, html: str = "") -> EmailMessage:
    """A message of ours."""
    made = EmailMessage()
    made["From"] = "Mill Office <office@example.org>"
    made["Subject"] = subject
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    made.set_content(body)
    if html:
        made.add_alternative(html, subtype="html")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    return made


BODY = (
    "Dear all,\n\nBread is free for bakers – from May on.\n\n> Is bread free for us?\n\n-- \n"
    "Mill Office, by the river, since 1920.\n"
)


def test_a_message_without_what_it_quotes(tmp_path: Path) -> None:
    """Its subject, sender and day are those of the document."""
    document = read(tmp_path / "bread.eml", bytes(message("Bread for bakers", BODY)))
    assert quoted(document) == [("Bread for bakers", "Bread is free for bakers – from May on.")]
    source = document.source
    assert (source.title, source.author) == ("Bread for bakers", "Mill Office")
    assert source.published == "2026-03-02"


def test_a_message_in_html(tmp_path: Path) -> None:
    """Without a plain part, its elements are read."""
    made = EmailMessage()
    made["Subject"] = "Flour"
    made.set_content(
        "<p>Flour is sold at cost.</p><blockquote>Is it dear?</blockquote>", subtype="html"
    )
    assert quoted(read(tmp_path / "f.eml", bytes(made))) == [("Flour", "Flour is sold at cost.")]


def test_a_box_of_messages(tmp_path: Path) -> None:
    """Each is a section under its subject."""
    box = b"".join(
        b"From office@example.org Mon Mar  2 10:00:00 2026\n"
        + bytes(message(subject, said))
        + b"\n"
        for subject, said in (("Bread", "Bread is free here.\n"), ("Flour", "Flour is not free.\n"))
    )
    assert quoted(read(tmp_path / "mill.mbox", box)) == [
        ("Bread", "Bread is free here."),
        ("Flour", "Flour is not free."),
    ]


VTT = """WEBVTT - Talk at the mill

NOTE made by careerbot tests

1
00:00:01.000 --> 00:00:04.000 align:start
<v Anna>We say that <i>bread</i>

00:00:04.000 --> 00:00:06.500
<v Anna>is free for bakers. [applause]

00:00:07.000 --> 00:00:09.000
<v Ben>Flour is &amp; stays dear here.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
ANNA: We say that <i>bread</i>

2
00:00:04,000 --> 00:00:06,500
is free for bakers. (applause)

3
00:00:07,000 --> 00:00:09,000
Ben: Flour is & stays dear here.
"""


def test_captions_are_sentences_under_time_and_speaker(tmp_path: Path) -> None:
    """A quote's section is where to listen."""
    assert quoted(read(tmp_path / "talk.vtt", VTT)) == [
        ("00:00:01.000 Anna", "We say that bread is free for bakers."),
        ("00:00:07.000 Ben", "Flour is & stays dear here."),
    ]
    assert load(tmp_path / "talk.vtt", "talk.vtt", LIMIT).source.title == "Talk at the mill"
    assert quoted(read(tmp_path / "talk.srt", SRT)) == [
        ("00:00:01,000 ANNA", "We say that bread is free for bakers."),
        ("00:00:07,000 Ben", "Flour is & stays dear here."),
    ]


def test_captions_that_roll_are_read_once(tmp_path: Path) -> None:
    """Each line is shown twice by programs that make captions of speech."""
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nbread is free\n\n00:02.000 --> 00:03.000\n"
        "bread is free\nfor bakers who work at night\n\n00:03.000 --> 00:04.000\n"
        "for bakers who work at night\nand on Sundays.\n"
    )
    assert quoted(read(tmp_path / "r.vtt", rolling)) == [
        ("00:01.000", "bread is free for bakers who work at night and on Sundays.")
    ]


def test_a_long_talk_has_many_places(tmp_path: Path) -> None:
    """After a minute the next sentence has a time of its own."""
    cues = "".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60 + 3:02}.000\n"
        f"Loaf {n} is free.\n\n"
        for n in range(0, 180, 10)
    )
    document = read(tmp_path / "long.vtt", f"WEBVTT\n\n{cues}")
    headings = [document.cut(b.span) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert len(headings) > 2


PAIRS = [
    {"question": "Is bread free?", "answer": "Bread is free for bakers.\n\n- Rye too, each day"},
    {"Q": "Is flour free?", "A": "<p>Flour is sold at cost.</p>"},
    {
        "@type": "Question",
        "name": "Who bakes?",
        "acceptedAnswer": {"text": "Bakers bake at night."},
    },
]
SAID = [
    ("Is bread free?", "Bread is free for bakers."),
    ("Is bread free?", "Rye too, each day"),
    ("Is flour free?", "Flour is sold at cost."),
    ("Who bakes?", "Bakers bake at night."),
]


def test_questions_are_headings_over_their_answers(tmp_path: Path) -> None:
    """In a list, in groups, or one a line."""
    assert quoted(read(tmp_path / "faq.json", json.dumps(PAIRS))) == SAID
    grouped = json.dumps({"version": 2, "groups": [{"name": "Food", "items": PAIRS}]})
    assert quoted(read(tmp_path / "grouped.json", grouped)) == SAID
    assert quoted(read(tmp_path / "faq.jsonl", "\n".join(map(json.dumps, PAIRS)))) == SAID


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", '{"name": "mill", "version": "1.0"}', "no questions"),
        ("a.json", '[{"question": "Is bread free?"}]', "no questions"),
        ("a.json", "{not json", "not JSON"),
        ("a.jsonl", '{"q": "x"}\nword', "not JSON"),
        ("a.vtt", "WEBVTT\n\nno cue", "no captions"),
        ("a.eml", "Subject: Bread\n\n", "no text"),
    ],
)
def test_what_holds_no_text_says_why(tmp_path: Path, name: str, content: str, reason: str) -> None:
    """One line for people."""
    with pytest.raises(UnreadableDocument, match=reason):
        read(tmp_path / name, content)
