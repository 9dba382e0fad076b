"""Amounts of money in text."""

import pytest

from index.pay.money import currency_named, find_money, stated_period

CASES: list[tuple[str, list[tuple[float, float, str | None, str | None]]]] = [
    ("$120,000–$180,000/year", [(120000, 180000, "USD", "year")]),
    ("$60K–$90K/year", [(60000, 90000, "USD", "year")]),
    (
        "from $150,400 toward $170,500",
        [(150400, 150400, "USD", None), (170500, 170500, "USD", None)],
    ),
    ("$17.8 million/year", [(17800000, 17800000, "USD", "year")]),
    ("Rp 840 million–1.2 billion/year", [(840000000, 1200000000, "IDR", "year")]),
    ("£55k", [(55000, 55000, "GBP", None)]),
    ("€70.000", [(70000, 70000, "EUR", None)]),
    ("a $40-an-hour engineer", [(40, 40, "USD", "hour")]),
    ("earns 70 000 € here", [(70000, 70000, "EUR", None)]),
    ("CHF 120'000", [(120000, 120000, "CHF", None)]),
    ("¥8,000,000", [(8000000, 8000000, "JPY", None)]),
    ("INR 12 LPA", [(1200000, 1200000, "INR", "year")]),
    ("₹12 lakh", [(1200000, 1200000, "INR", None)]),
    ("USD 90,000 per annum", [(90000, 90000, "USD", "year")]),
    ("$4,500/mo", [(4500, 4500, "USD", "month")]),
    ("$120-180k", [(120000, 180000, "USD", None)]),
    ("50–60k EUR", [(50000, 60000, "EUR", None)]),
    ("between $90,000 and $110,000 a year", [(90000, 110000, "USD", "year")]),
    ("800万円", [(8000000, 8000000, "JPY", None)]),
    ("45.000 kr per month", [(45000, 45000, None, "month")]),
    ("€45,50 per hour", [(45.5, 45.5, "EUR", "hour")]),
    ("₹12,00,000 per annum", [(1200000, 1200000, "INR", "year")]),
    ("EUR 3.200,50 monthly", [(3200.5, 3200.5, "EUR", "month")]),
    ("R450 000", [(450000, 450000, "ZAR", None)]),
    ("£35,000-£42,000pa", [(35000, 42000, "GBP", "year")]),
    ("$80,000/yearRemote", [(80000, 80000, "USD", "year")]),
    ("€1 and $2", [(1, 1, "EUR", None), (2, 2, "USD", None)]),
    ("10 million users", []),
    ("15-25%", []),
    ("4–6x in 2026", []),
    ("5 to 10 years", []),
    ("66 percent of 1,200 people", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_reads_amounts(
    text: str, expected: list[tuple[float, float, str | None, str | None]]
) -> None:
    """Amounts, ranges, currency and period as written."""
    assert [(m.low, m.high, m.currency, m.period) for m in find_money(text)] == expected


def test_keeps_where_an_amount_stands() -> None:
    """The span cuts the written amount out of the text."""
    text = "They pay CHF 120'000 per year."
    (money,) = find_money(text)
    assert text[money.span.start : money.span.end] == "CHF 120'000 per year"


def test_bare_numbers_count_only_where_asked() -> None:
    """A number without currency is money in a column of pay alone."""
    assert find_money("58,000") == []
    assert [m.low for m in find_money("58,000", bare=True)] == [58000]


def test_reads_what_a_header_names() -> None:
    """Currency and period of a column."""
    assert currency_named("Salary (EUR)") == "EUR"
    assert currency_named("Salary in A$") == "AUD"
    assert stated_period("Annual salary") == "year"
    assert stated_period("annual or hourly") is None
