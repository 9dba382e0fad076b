"""The linter passes whatever the blocks build, and nothing that was tampered with."""

import ast
import copy
import html
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citation import MONTHS, spoken_date, spoken_day
from bot.conversation.reply import NothingFound, Quotes
from bot.slack import strings
from bot.slack.blocks.answer import Edition, Occasion
from bot.slack.blocks.elements import button, buttons, modal, note, paragraph, plain, rich_text, run
from bot.slack.blocks.notice import notice
from bot.slack.blocks.reply import reply_message
from bot.slack.blocks.windows import check_view as checked_view
from bot.slack.blocks.windows import context_view, home_view, reason_view, suggest_view
from bot.slack.linter import UnsafeMessage, check, check_view
from bot.slack.message import Message
from index.answer import Answer, Timings
from index.documents.document import Block, BlockKind, Document, Quote, Section, Span
from index.documents.source import Source

TODAY = date(2026, 8, 20)
EDITION = Edition(1020, "2026-08-20T10-00-00Z", TODAY)
TEXT = "Ask early. The range saves time on both sides. Do not wait."
WORDS = "The range saves time on both sides."
SLACK = Path(__file__).parents[2] / "bot" / "slack"


def made_from(
    quotes: tuple[Quote, ...], *, answered: bool = True, differs: bool = False
) -> Message:
    answer = Answer(
        question="?",
        answered=answered,
        confidence=0.5,
        index_version="v1",
        quotes=quotes if answered else (),
        nearest=() if answered else quotes,
        differs=differs,
        timings_ms=Timings(0, 0, 0, 0),
    )
    occasion = Occasion("a1", TODAY, True, "U1")
    given = Quotes(answer) if answered else NothingFound(answer, ())
    return reply_message(given, EDITION, occasion)


def good() -> Message:
    """A message of one quote in the middle of a paragraph."""
    source = Source("On ranges", url="https://example.org/ranges", published="2026-01")
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),)
    document = Document("ranges.html", TEXT, source, blocks)
    start = TEXT.index(WORDS)
    return made_from((Quote(document, Span(start, start + len(WORDS))),))


def quoted(blocks: Any) -> Any:
    """The runs of the quote in a message, for tampering."""
    return blocks[2]["elements"][0]["elements"]


def test_real_message_passes() -> None:
    """What the blocks build may be sent."""
    made = good()
    check(made.blocks, made.text, made.documents, made.people)


def _paraphrase(blocks: Any) -> None:
    quoted(blocks)[1]["text"] = "The range saves everybody time."


def _one_character(blocks: Any) -> None:
    quoted(blocks)[1]["text"] = WORDS.replace("sides.", "sides,")


def _words_left_out(blocks: Any) -> None:
    quoted(blocks)[1]["text"] = "The range saves"
    quoted(blocks)[2]["text"] = " on both sides."


def _words_strung_together(blocks: Any) -> None:
    words = [run(word) for word in ("The range", " ", "Do not wait.", "Ask")]
    breaks = [run(strings.OMITTED_AFTER(), italic=True)] * 3
    quoted(blocks)[:] = [
        part for pair in zip(words, [*breaks, words[0]], strict=True) for part in pair
    ]


def _italic_words(blocks: Any) -> None:
    quoted(blocks)[1]["style"] = {"italic": True}


def _span_outside_a_quote(blocks: Any) -> None:
    blocks.append(note(WORDS))


def _own_sentence(blocks: Any) -> None:
    blocks.append(note("In short: ask early."))


def _other_number(blocks: Any) -> None:
    blocks[1]["elements"][0]["text"] = "some passages from 2 documents, copied word for word"


def _other_date(blocks: Any) -> None:
    blocks[2]["elements"][1]["elements"][1]["text"] = " · 31 Foo 2026"


def _other_title(blocks: Any) -> None:
    blocks[2]["elements"][1]["elements"][0]["text"] = "On wages"


def _other_link(blocks: Any) -> None:
    blocks[2]["elements"][1]["elements"][0]["url"] = "https://example.com/ranges"


def _other_person(blocks: Any) -> None:
    blocks[0]["elements"][0]["elements"][0]["user_id"] = "U2"


def _mrkdwn(blocks: Any) -> None:
    blocks[1]["elements"][0]["type"] = "mrkdwn"


def _content_in_a_button(blocks: Any) -> None:
    blocks[3]["elements"][0]["value"] = WORDS


def _unknown_key(blocks: Any) -> None:
    blocks[1]["elements"][0]["alt_text"] = "anything"


def _unknown_block(blocks: Any) -> None:
    blocks.append({"type": "image", "image_url": "https://example.org/i.png"})


def _broadcast(blocks: Any) -> None:
    blocks.append(rich_text(paragraph({"type": "broadcast", "range": "channel"})))


def _fifty_one_blocks(blocks: Any) -> None:
    blocks += [note(strings.NO_ANSWER())] * 47


def _too_many_characters(blocks: Any) -> None:
    blocks += [note(strings.HOW_TO() if n % 2 else strings.SORRY()) for n in range(40)]
    blocks += [rich_text(paragraph(*[run(strings.HOW_TO())] * 40))]


def _too_many_buttons(blocks: Any) -> None:
    blocks.append(buttons(*[button(strings.SHARE(), f"b{n}", "1") for n in range(26)]))


def _long_button(blocks: Any) -> None:
    blocks.append(buttons(button(strings.HOW_TO(), "b", "1")))


def _long_header(blocks: Any) -> None:
    blocks.append({"type": "header", "text": plain(strings.HOW_TO())})


def _long_id(blocks: Any) -> None:
    blocks.append(buttons(button(strings.SHARE(), "b" * 256, "1")))


def _empty_text(blocks: Any) -> None:
    blocks.append(note(""))


@pytest.mark.parametrize(
    "tamper",
    [
        _paraphrase,
        _one_character,
        _words_left_out,
        _words_strung_together,
        _italic_words,
        _span_outside_a_quote,
        _own_sentence,
        _other_number,
        _other_date,
        _other_title,
        _other_link,
        _other_person,
        _mrkdwn,
        _content_in_a_button,
        _unknown_key,
        _unknown_block,
        _broadcast,
        _fifty_one_blocks,
        _too_many_characters,
        _too_many_buttons,
        _long_button,
        _long_header,
        _long_id,
        _empty_text,
    ],
)
def test_tampered_message_is_refused(tamper: Callable[[Any], None]) -> None:
    """One change that makes a message untrue, unsafe or too large is enough to refuse it."""
    made = good()
    blocks = copy.deepcopy(list(made.blocks))
    tamper(blocks)
    with pytest.raises(UnsafeMessage) as refused:
        check(blocks, made.text, made.documents, made.people)
    for words in ("range", "early", "wages", "Foo", "example", "U2", "Moving", "bbb"):
        assert words not in str(refused.value)  # it is logged


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!channel>",
        f"“{WORDS}” (On ranges) <@U1>",
        f"“{WORDS}” (On wages)",
        "“The range saves everybody time.” (On ranges)",
        "Ask & wait",
    ],
)
def test_unsafe_notification_is_refused(text: str) -> None:
    """The top-level text is held to the same rules, and must be escaped."""
    made = good()
    with pytest.raises(UnsafeMessage):
        check(made.blocks, text, made.documents, made.people)


def test_document_must_be_registered() -> None:
    """A quote from a document that the message does not name as its source is refused."""
    made = good()
    with pytest.raises(UnsafeMessage):
        check(made.blocks, made.text, (), made.people)


def test_every_sentence_of_the_catalogue_passes() -> None:
    """A notice of any fixed sentence may be sent."""
    for phrase in strings.CATALOGUE:
        if phrase.template.strip() and "{:" not in phrase.template:
            made = notice(phrase())
            check(made.blocks, made.text, ())


def passes(words: str) -> bool:
    """Whether a notice of these words may be sent."""
    made = notice(words)
    try:
        check(made.blocks, made.text, ())
    except UnsafeMessage:
        return False
    return True


def test_a_date_is_one_of_the_calendar() -> None:
    """Of every day, month and year that could be written, those that exist pass and no other."""
    for year, month, day in product((1900, 2000, 2023, 2024), range(1, 13), range(33)):
        written = f"{day} {MONTHS[month - 1]} {year}"
        iso = f"{year}-{month:02}-{day:02}"
        try:
            real = date.fromisoformat(iso)
        except ValueError:
            assert spoken_date(iso) is None
            assert not passes(strings.SEARCHED_ONE(written)), written
        else:
            assert spoken_date(iso) == spoken_day(real) == written
            assert passes(strings.SEARCHED_ONE(written)), written


@pytest.mark.parametrize("written", ["20 Apr 2026", "1 Jan 2026", "Apr 2026", "2026"])
def test_dates_as_we_write_them_pass(written: str) -> None:
    """A day, a month or a year, as precise as it is stated."""
    assert passes(strings.SEARCHED_ONE(written))


@pytest.mark.parametrize(
    "written",
    [
        *("", "0000", "Apr 0000", "26", "02026", "2026-04-20", "April 2026", "apr 2026", "20 2026"),
        *("04 Apr 2026", "20  Apr 2026", "20 Apr", "20th Apr 2026", "Apr 20 2026", "20 Foo 2026"),
        *("２０２６", "٢٠ Apr ٢٠٢٦", "20 Apr 2026 or later", "-1 Apr 2026"),
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    """Another order, spelling or script, a day or month or year that is none."""
    assert not passes(strings.SEARCHED_ONE(written))


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        *((strings.number(value), True) for value in (0, 7, 10, 999, 1_000, 1_020, 12_345_678)),
        *((written, False) for written in ("", "007", "0,120", "1,02", "1020", "٧", "-7", "1.5")),
    ],
)
def test_a_number_is_as_we_write_it(written: str, fits: bool) -> None:
    """With commas, in our digits, and no zero in front."""
    assert passes(strings.SEARCHED(written, "2026")) is fits


def test_a_document_read_with_doubt_is_marked_in_context() -> None:
    """Its own doubt may be said, and no other reason."""
    (document,) = good().documents
    doubtful = replace(document, doubts=("columns uncertain on page 2",))
    view = context_view([Quote(doubtful, Span(0, 10))], TODAY)
    check_view(view.payload, view.documents)
    assert "Check the original: columns uncertain on page 2" in json.dumps(view.payload)
    with pytest.raises(UnsafeMessage):
        check_view(view.payload, (document,))


def test_our_windows_pass() -> None:
    """The modals and the Home tab may be shown."""
    (document,) = good().documents
    quote = Quote(document, Span(0, 10))
    for view in (
        context_view([quote], TODAY),
        checked_view([quote, None], TODAY),
        reason_view("a1"),
        suggest_view("a1:C1"),
        home_view(EDITION),
    ):
        check_view(view.payload, view.documents)


@pytest.mark.parametrize(
    "view",
    [
        modal("A title of our own", [note(strings.SORRY())]),
        modal(strings.HOW_TO(), [note(strings.SORRY())]),
        modal(strings.SHARE(), [note(strings.SORRY())] * 101),
        modal(strings.SHARE(), [note(strings.SORRY())], private_metadata="What somebody asked"),
        modal(strings.SHARE(), [note(strings.SORRY())], hash="x"),
        modal(strings.SHARE(), []),
    ],
)
def test_bad_window_is_refused(view: dict[str, Any]) -> None:
    """A window with a title of its own, too long or too full, or with content as an id."""
    with pytest.raises(UnsafeMessage):
        check_view(view)


# --- whatever a document holds ---

ANY_TEXT = st.text(min_size=1, max_size=400) | st.lists(
    st.sampled_from(
        ["<!channel>", "<@U1>", "&amp;", "`", "*", "[…] ", " ", "\n", "”", "word", "("]
    ),
    min_size=1,
    max_size=60,
).map("".join)
NAMES = st.none() | ANY_TEXT


@st.composite
def any_quote(draw: st.DrawFn) -> Quote:
    """A quote from a document that holds and states anything at all."""
    text = draw(ANY_TEXT.filter(str.strip))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        start, end = 0, len(text)
    kind = draw(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.ROW]))
    whole = Span(0, len(text))
    lead = draw(st.none() | st.just(Span(0, max(1, start))))
    source = Source(
        title=draw(ANY_TEXT),
        author=draw(NAMES),
        publisher=draw(NAMES),
        published=draw(NAMES | st.sampled_from(["2024", "2026-04", "2026-04-20", "2026-13"])),
        url=draw(NAMES | st.just("https://example.org/#:~:text=a")),
        restates=tuple(Source(t, publisher=t[::-1]) for t in draw(st.lists(ANY_TEXT, max_size=5))),
    )
    section = (Section(Span(0, 1), whole, 1),) if draw(st.booleans()) else ()
    name = draw(st.sampled_from(["a.html", "b/c.md", "d.pdf", "e.txt"]))
    return Quote(
        Document(name, text, source, (Block(kind, whole),), section), Span(start, end), lead
    )


@given(
    st.lists(any_quote(), min_size=1, max_size=3, unique_by=lambda q: q.document.id),
    st.booleans(),
    st.booleans(),
)
def test_any_document_can_be_quoted_safely(
    quotes: list[Quote], answered: bool, differs: bool
) -> None:
    """Whatever a document holds, the linter passes its message, and no markup comes out of it."""
    made = made_from(tuple(quotes), answered=answered, differs=differs)
    check(made.blocks, made.text, made.documents, made.people)
    assert "<" not in made.text
    assert ">" not in made.text
    assert html.escape(html.unescape(made.text), quote=False) == made.text
    for view in (context_view(quotes, TODAY), checked_view(quotes, TODAY)):
        check_view(view.payload, view.documents)


# --- the only way out ---


def _sends(node: ast.AST) -> bool:
    """Whether a piece of code calls, or hands on, something that speaks to Slack's people."""
    name = getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "arg", None)
    return isinstance(name, str) and (
        name.startswith(("chat_", "views_", "files_upload", "assistant_threads_"))
        or name in {"say", "respond", "WebhookClient", "api_call", "chat_stream"}
    )


def test_only_the_outbox_speaks_to_slack() -> None:
    """No file but the outbox calls chat.*, views.*, say or respond."""
    for file in SLACK.parent.rglob("*.py"):
        if file.name == "outbox.py":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            ours = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "outbox"
            assert ours or not _sends(node), f"{file.name}:{getattr(node, 'lineno', 0)}"


def test_acknowledgements_are_empty() -> None:
    """No listener says anything in its acknowledgement, which the linter does not see."""
    for file in SLACK.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ack":
                assert not node.args
                assert not node.keywords
