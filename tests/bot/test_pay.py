"""Pay as people read it: words, the axis, the terminal, the picture, the table, the linter."""

import copy
import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot import pay_words, terminal, terminal_pay
from bot.conversation.pay import with_place
from bot.pay_axis import axis_of
from bot.slack import chart, outbox, pay_strings, pay_table
from bot.slack.blocks.answer import Edition, Occasion
from bot.slack.blocks.elements import note
from bot.slack.blocks.salary import salary_message
from bot.slack.blocks.salary_form import place_options, salary_form
from bot.slack.linter import UnsafeMessage, check, check_options, check_view
from bot.slack.message import Message
from index.documents.document import Block, BlockKind, Document, Quote, Span
from index.documents.source import Source
from index.pay.model import Flagged, PayAnswer, PayFigure, PayQuery, Percentiles
from index.pay.official import Area, OfficialTable
from index.question.pay import pay_query

TODAY = date(2026, 8, 20)
Make = Callable[..., PayAnswer]


def message(answer: PayAnswer) -> Message:
    """The message for an answer, once the linter has passed it."""
    made = salary_message(answer, Edition(212, "v1", TODAY), Occasion("a1", TODAY, True, "U1"))
    check(made.blocks, made.text, made.documents, made.people, made.pay)
    return made


def printed(monkeypatch: pytest.MonkeyPatch, answer: PayAnswer) -> str:
    """What the terminal shows, 80 columns wide."""
    console = Console(file=StringIO(), width=80, highlight=False)
    monkeypatch.setattr(terminal, "out", console)
    console.print(terminal_pay.pay(answer, 212, TODAY))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


# --- words ---


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (120_000, "USD", "$120,000"),
        (40.5, "GBP", "£40.50"),
        (70_000, "EUR", "€70,000"),
        (840_000_000, "IDR", "IDR 840,000,000"),
        (5_000, None, "5,000"),
    ],
)
def test_money(amount: float, currency: str | None, written: str) -> None:
    """An amount is written with its currency and never rounded."""
    assert pay_words.money(amount, currency) == written


def test_only_what_the_document_says_is_a_detail(pay_answer: Make) -> None:
    """A role in the document's words is kept; a normalised one is not said to be the source's."""
    figure = pay_answer().figures[0]
    assert pay_words.stated(figure, "senior  backend engineer") is not None
    assert pay_words.stated(figure, "Pay at three firms") is not None
    assert pay_words.stated(figure, "Sr. Backend Engineer") is None
    assert pay_words.stated(figure, None) is None


# --- the axis ---


def test_axis_has_the_unit_of_the_official_wages(pay_answer: Make) -> None:
    """Beside official wages the axis is dollars a year; pounds and hours are not drawn on it."""
    answer = pay_answer()
    axis = axis_of(answer)
    assert axis is not None
    assert (axis.currency, axis.period, axis.high) == ("USD", "year", 220_000)
    shown = [axis.holds(figure) for figure in (*answer.figures, *answer.near)]
    assert shown == [True, True, False, False, False]


def test_outlier_does_not_squeeze_the_axis(pay_answer: Make) -> None:
    """An amount far beyond the 90th percentile is off the axis, and at its very end."""
    answer = pay_answer()
    axis = axis_of(answer)
    assert axis is not None
    assert not axis.reaches(17_800_000)
    assert axis.place(17_800_000) == 1.0
    assert axis.place(110_000) == pytest.approx(0.5)


def test_implausible_figures_do_not_set_the_scale(pay_answer: Make) -> None:
    """Without official wages, too, the figures that are not doubted set the scale."""
    asked, outlier, *_ = pay_answer().figures
    axis = axis_of(pay_answer(official=None, figures=(outlier, outlier, asked), near=()))
    assert axis is not None
    assert axis.high == 200_000


def test_axis_by_the_hour(pay_answer: Make) -> None:
    """Where documents state hourly dollars only, official hourly wages are drawn."""
    axis = axis_of(pay_answer(figures=pay_answer().near, near=()))
    assert axis is not None
    assert axis.period == "hour"


def test_occupation_paid_by_the_hour(pay_answer: Make) -> None:
    """Where the statistics have hourly wages only, these are drawn and told."""
    official = pay_answer().official
    assert official
    hourly = replace(official, annual=Percentiles(None, None, None, None, None))
    answer = pay_answer(official=hourly, figures=(), near=())
    axis = axis_of(answer)
    assert axis is not None
    assert axis.period == "hour"
    assert "median $79.28, 90th percentile – an hour" in message(answer).text


def test_axis_without_official_wages(pay_answer: Make) -> None:
    """Without official wages the commonest unit of the documents is the axis; else none is."""
    pounds = pay_answer().figures[2]
    axis = axis_of(pay_answer(official=None, figures=(pounds,), near=()))
    assert axis is not None
    assert (axis.currency, axis.high) == ("GBP", 58_000)
    undisclosed = pay_answer().figures[3]
    assert axis_of(pay_answer(official=None, figures=(undisclosed,), near=())) is None


# --- the terminal ---


def test_terminal_shows_all_of_it(pay_answer: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """In 80 columns: the match, percentiles, quotes, amounts, flags with reasons, near ones."""
    said = printed(monkeypatch, pay_answer())
    assert max(map(len, said.splitlines())) <= 80
    assert "matched to Software Developers, 15-1252 (93% sure)" in said
    assert "$98,120  $128,450  $164,900  $201,330     –" in said
    assert "▌ Acme Tools | Senior Backend Engineer | $150,000–$190,000/year" in said
    assert "$150,000–$190,000 a year · Senior Backend Engineer · Acme Tools" in said
    assert "implausible: Seventy times the official 90th percentile of $239,200." in said
    assert "no amount disclosed" in said
    assert said.index("Near, not the same") < said.index("near: $40 an hour")


def test_terminal_draws_on_one_axis(pay_answer: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bars of wages, a range and an outlier have one scale; the outlier is an arrow."""
    lines = printed(monkeypatch, pay_answer()).splitlines()
    bars = [line.strip() for line in lines if line.endswith("$220,000")]
    assert len({bar.index("$220,000") for bar in bars}) == 1
    wages, asked, outlier = bars
    assert wages.index("┃") in range(asked.index("█"), asked.rindex("█"))
    assert "▶ $220,000" in outlier


def test_terminal_says_none(pay_answer: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing found is said, as is a place outside the statistics."""
    query = PayQuery("wizard, jakarta", "wizard", None, None, "jakarta", outside=True)
    answer = pay_answer(query=query, figures=(), near=(), official=None, found=False)
    said = printed(monkeypatch, answer)
    assert "No document in the library states pay for this." in said
    assert "jakarta is outside the official statistics" in said
    assert "matched to no occupation" in said


# --- Slack ---


def test_near_figures_are_called_near(pay_answer: Make) -> None:
    """Near figures stand below a sentence that calls them so, and only where none match."""
    answer = pay_answer()
    texts = [block.get("text", {}).get("text") for block in message(answer).blocks]
    assert pay_strings.NEAR() not in texts
    texts = [
        block.get("text", {}).get("text") for block in message(replace(answer, figures=())).blocks
    ]
    assert texts.index(pay_strings.NONE()) < texts.index(pay_strings.NEAR())


def test_figures_that_do_not_fit_are_counted(pay_answer: Make) -> None:
    """A message shows eight figures and says how many more the CSV has."""
    figure = pay_answer().figures[0]
    made = message(pay_answer(figures=(figure,) * 12))
    said = [block["elements"][0].get("text") for block in made.blocks if block["type"] == "context"]
    assert "The CSV has all of them; not shown here: 4." in said


def test_long_quotes_do_not_burst_a_message(pay_answer: Make) -> None:
    """However long the quotes are, the message stays within Slack's limits."""
    text = "A pay of $100,000 a year. " * 60
    document = Document("a.md", text, Source("A"), (Block(BlockKind.ROW, Span(0, len(text))),))
    figure = replace(pay_answer().figures[0], quote=Quote(document, Span(0, len(text) - 1)))
    made = message(pay_answer(figures=(figure,) * 12))
    assert len([block for block in made.blocks if block["type"] == "rich_text"]) < 10


def test_words_of_the_asker_are_not_said(pay_answer: Make) -> None:
    """What somebody typed never comes back in the reply."""
    hostile = "<!channel> boss"
    query = PayQuery(hostile, hostile, hostile, hostile, hostile)
    made = message(pay_answer(query=query, official=None, figures=(), near=()))
    assert "boss" not in str(made)[: str(made).index("pay=")]


def test_form_passes() -> None:
    """The form of /salary may be shown."""
    check_view(salary_form("C1").payload)


def test_menu_offers_at_most_a_hundred() -> None:
    """A menu offers a hundred areas at most, none of them with a name too long for Slack."""
    areas = tuple(Area(f"{n:07}", f"Town {n} " + "x" * 90, "metropolitan") for n in range(300))
    options = place_options(areas, "town")
    check_options(options, [area.name for area in areas])
    assert len(options) == 100
    with pytest.raises(UnsafeMessage):
        check_options(options, ["Elsewhere"])


def test_menu_knows_short_names(wages: OfficialTable) -> None:
    """A usual short form of a place comes first, though the area's name does not hold it."""
    options = place_options(wages.areas, "dfw")
    assert [option["value"] for option in options] == ["0019100"]


@pytest.mark.parametrize(
    ("location", "expected"),
    [("seattle", "engineer, Ohio"), ("Seattle", "engineer, seattle, Ohio"), (None, None)],
)
def test_another_place(location: str | None, expected: str | None) -> None:
    """A chosen place takes the place of the one that was typed, or comes after the rest."""
    query = PayQuery("engineer, seattle", "engineer", None, None, location)
    assert with_place(query, "Ohio") == (expected or "engineer, seattle, Ohio")


# --- the linter ---


def _find(blocks: Any, kind: str) -> Any:
    return next(block for block in blocks if block["type"] == kind)


def _figure_of(blocks: Any) -> Any:
    return next(
        block for block in blocks if block["type"] == "rich_text" and len(block["elements"]) > 2
    )


def _other_amount(blocks: Any) -> None:
    _figure_of(blocks)["elements"][1]["elements"][0]["text"] = "$160,000–$190,000"


def _average(blocks: Any) -> None:
    _find(blocks, "table")["rows"][3][1]["text"] = "$170,000"


def _other_bar(blocks: Any) -> None:
    chart_ = _find(blocks, "data_visualization")["chart"]
    chart_["series"][0]["data"][0]["value"] += 1


def _own_label(blocks: Any) -> None:
    chart_ = _find(blocks, "data_visualization")["chart"]
    chart_["series"][0]["data"][0]["label"] = "Underpaid"
    chart_["axis_config"]["categories"][0] = "Underpaid"


def _own_title(blocks: Any) -> None:
    _find(blocks, "data_visualization")["title"] = "You are underpaid"


def _labels_apart(blocks: Any) -> None:
    _find(blocks, "data_visualization")["chart"]["axis_config"]["categories"].pop()


def _chart_key(blocks: Any) -> None:
    _find(blocks, "data_visualization")["chart"]["legend"] = "Ask for more"


def _three_charts(blocks: Any) -> None:
    blocks += [_find(blocks, "data_visualization")] * 2


def _two_tables(blocks: Any) -> None:
    blocks.append(_find(blocks, "table"))


def _other_occupation(blocks: Any) -> None:
    blocks[0]["text"]["text"] = "Web Developers, Seattle-Tacoma-Bellevue, WA"


def _other_company(blocks: Any) -> None:
    _figure_of(blocks)["elements"][1]["elements"][-1]["text"] = " · Another Company"


def _advice(blocks: Any) -> None:
    blocks.append(note("This pays well."))


def _paraphrased_reason(blocks: Any) -> None:
    _figure_of(blocks)["elements"][2]["elements"][0]["text"] = "Estimate: take it with salt."


def _paraphrased_quote(blocks: Any) -> None:
    _figure_of(blocks)["elements"][0]["elements"][-1]["text"] = "Acme pays about $170,000"


@pytest.mark.parametrize(
    "tamper",
    [
        _other_amount,
        _average,
        _other_bar,
        _own_label,
        _own_title,
        _labels_apart,
        _chart_key,
        _three_charts,
        _two_tables,
        _other_occupation,
        _other_company,
        _advice,
        _paraphrased_reason,
        _paraphrased_quote,
    ],
)
def test_tampered_pay_is_refused(tamper: Callable[[Any], None], pay_answer: Make) -> None:
    """An amount, bar, name or sentence that the answer does not hold is enough to refuse it."""
    made = message(pay_answer())
    blocks = copy.deepcopy(list(made.blocks))
    tamper(blocks)
    with pytest.raises(UnsafeMessage):
        check(blocks, made.text, made.documents, made.people, made.pay)


def test_amounts_of_another_answer_are_refused(pay_answer: Make) -> None:
    """Without its pay answer a message may show no amounts at all."""
    made = message(pay_answer())
    with pytest.raises(UnsafeMessage):
        check(made.blocks, made.text, made.documents, made.people)


def test_every_flag_has_a_sentence(pay_answer: Make) -> None:
    """An implausible figure is shown with what it is compared with, and every flag passes."""
    official = pay_answer().official
    assert official
    whole = replace(official, annual=replace(official.annual, p90=239_200))
    said = str(message(pay_answer(official=whole)).blocks)
    assert "10th to 90th percentile of this occupation is $98,120 to $239,200." in said


# --- files ---


def test_table_has_every_figure(pay_answer: Make) -> None:
    """The CSV holds percentiles and figures with quotes; a formula in it is disarmed."""
    answer = pay_answer()
    documents = [figure.quote.document for figure in (*answer.figures, *answer.near)]
    written = outbox.table_file(pay_table.rows(answer), documents, answer).decode("utf-8-sig")
    lines = written.splitlines()
    assert len(lines) == 1 + 8 + 4 + 1
    assert lines[0].startswith("match,kind,role,level,company")
    assert "asked for,estimate,Senior Backend Engineer,senior,Acme Tools,,150000,190000" in written
    assert lines[-1].startswith("near,listing")


def test_formula_in_a_table_is_disarmed(pay_answer: Make) -> None:
    """A quote that a spreadsheet would run is written as text."""
    text = '=HYPERLINK("https://example.org") pays $100,000'
    document = Document("a.md", text, Source("A"), ())
    figure = replace(pay_answer().figures[0], quote=Quote(document, Span(0, len(text))))
    answer = pay_answer(figures=(figure,), near=(), official=None)
    written = outbox.table_file(pay_table.rows(answer), [document], answer).decode()
    assert "\"'=HYPERLINK" in written


def test_other_cell_is_refused(pay_answer: Make) -> None:
    """A cell with words of our own is not written."""
    answer = pay_answer()
    with pytest.raises(UnsafeMessage):
        outbox.table_file([["about $170,000"]], [], answer)


def test_picture(pay_answer: Make) -> None:
    """The picture is a PNG that a phone shows whole, and its description has the numbers."""
    picture = chart.picture(pay_answer())
    assert picture is not None
    assert picture.content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture.content[16:24])
    assert width == 1080
    assert height < 2 * width
    assert picture.alt is not None
    assert "median $164,900" in picture.alt
    assert "2 figures from documents" in picture.alt


def test_no_picture_of_nothing(pay_answer: Make) -> None:
    """Without an amount there is nothing to draw."""
    undisclosed: PayFigure = pay_answer().figures[3]
    answer = pay_answer(figures=(undisclosed,), near=(), official=None)
    assert chart.picture(answer) is None


# --- which questions are about pay ---


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what does a data engineer make in Austin?", "data engineer in Austin"),
        ("How much do nurses earn?", "nurses"),
        ("how much does a senior cook at Acme get paid?", "senior cook at Acme"),
        ("what is the median salary of a data engineer in Ohio?", "data engineer in Ohio"),
        ("what's the average salary for a welder?", "welder"),
        ("what salary does a data scientist get in Berlin?", "data scientist in Berlin"),
        ("what is a product manager's salary in SF?", "product manager in SF"),
        ("how much does a plumber make per hour in Texas?", "plumber in Texas"),
        ("data engineer salary", "data engineer"),
        ("backend engineer pay in Seattle", "backend engineer in Seattle"),
        ("salary of a welder in Ohio", "welder in Ohio"),
        ("nurse salary tx", "nurse tx"),
        ("how much can i make as a welder", "welder"),
        ("avg swe comp in seattle", "swe seattle"),
        ("whats a fair slary for a paralegal", "paralegal"),
        ("how well paid are actuaries in ohio", "actuaries ohio"),
        ("my engineer friend told me a story about how the boss pays everybody in cash", None),
        ("how do I negotiate salary?", None),
        ("should I ask for a raise?", None),
        ("what does it take to get a job?", None),
        ("what does a data engineer do?", None),
        ("how much do I get paid?", None),
        ("is remote work paid less?", None),
        ("why are salaries lower in small towns?", None),
        ("what is pay transparency?", None),
        ("when should I discuss salary?", None),
        ("how much does a course cost?", None),
        ("do certificates increase pay", None),
        ("what about the range?", None),
        ("what does a " + "very " * 500 + "senior engineer make?", None),
    ],
)
def test_pay_question(question: str, expected: str | None) -> None:
    """A plain pay question gives role and place; advice about pay is left to the library."""
    assert pay_query(question) == expected


# --- whatever a document holds ---

ANY_TEXT = st.text(min_size=1, max_size=200) | st.lists(
    st.sampled_from(["<!channel>", "&amp;", "$1", "–", ", from", " ", "\n", "”", "word", "(", "="]),
    min_size=1,
    max_size=60,
).map("".join)
AMOUNTS = st.none() | st.sampled_from([0.0, 0.01, 40.5, 1e5, 1.2e5, 1e12]) | st.floats(0, 1e9)
FLAGS = st.sampled_from(list(pay_strings.FLAGS))


@st.composite
def any_figure(draw: st.DrawFn) -> PayFigure:
    """A figure of a document that holds and states anything at all."""
    text = draw(ANY_TEXT.filter(str.strip))
    end = draw(st.integers(1, len(text)))
    whole = Span(0, len(text))
    span = Span(0, end) if text[:end].strip() else whole
    block = Block(draw(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.ROW])), whole)
    document = Document(f"{draw(st.uuids())}.md", text, Source(draw(ANY_TEXT)), (block,))
    detail = st.none() | ANY_TEXT | st.just(text)
    low = draw(AMOUNTS)
    return PayFigure(
        role=draw(detail),
        level=draw(detail),
        company=draw(detail),
        location=draw(detail),
        amount_min=low,
        amount_max=None if low is None else low + draw(st.sampled_from([0.0, 5.0, 1e7])),
        currency=None if low is None else draw(st.sampled_from(["USD", "GBP", "IDR"])),
        period=None if low is None else draw(st.sampled_from(["year", "hour", "month"])),
        kind=draw(st.sampled_from(["listing", "estimate", "average", "projection"])),
        as_of=draw(st.sampled_from([None, "2024", "2026-04", "2026-04-20"])),
        quote=Quote(document, span),
        flags=tuple(Flagged(flag, "why") for flag in draw(st.lists(FLAGS, max_size=3))),
    )


@given(st.lists(any_figure(), max_size=9), st.lists(any_figure(), max_size=3), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_figures_can_be_shown_safely(
    pay_answer: Make, figures: list[PayFigure], near: list[PayFigure], wages: bool
) -> None:
    """Whatever documents hold, message and CSV pass the linter, and no markup comes out."""
    official = pay_answer().official if wages else None
    answer = pay_answer(figures=tuple(figures), near=tuple(near), official=official)
    made = message(answer)
    assert "<" not in made.text
    documents = [figure.quote.document for figure in (*figures, *near)]
    assert outbox.table_file(pay_table.rows(answer), documents, answer)
