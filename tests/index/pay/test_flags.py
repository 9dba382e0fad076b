"""What a reader is told about figures."""

from datetime import date
from pathlib import Path

from index.documents.library import read_library
from index.documents.reader import Limits
from index.passages import passages
from index.pay.figures import find_figures
from index.pay.flags import flag_figures
from index.pay.model import OfficialWages, PayFigure, Percentiles

TODAY = date(2026, 6, 1)
WAGES = OfficialWages(
    occupation="Software Developers",
    occupation_code="15-1252",
    area="National",
    area_code="0000000",
    release="May 2025",
    source="a test",
    retrieved=None,
    annual=Percentiles(80_000, 100_000, 130_000, 170_000, 210_000),
    hourly=Percentiles(38, 48, 62, 81, 100),
    mean_annual=140_000,
    employment=1,
    relative_standard_error=0.5,
    footnotes=(),
)


def flags_of(folder: Path, text: str, official: OfficialWages | None = None) -> list[set[str]]:
    """The flags of each figure in a text."""
    return [{flagged.flag for flagged in f.flags} for f in flagged_of(folder, text, official)]


def flagged_of(folder: Path, text: str, official: OfficialWages | None) -> list[PayFigure]:
    """The figures of a text with their flags."""
    (folder / "case.md").write_text(text, "utf-8")
    document = read_library((folder,), Limits(), lambda _: None).documents[0]
    found = find_figures(document, passages(document))
    return flag_figures(found, lambda _: official, TODAY, 24)


def test_far_above_official_wages_is_implausible_and_says_against_what(tmp_path: Path) -> None:
    """The comparison is shown and the figure stays."""
    text = "A software developer at Example Works earns $9,000,000 a year.\n"
    (figure,) = flagged_of(tmp_path, text, WAGES)
    reasons = {flagged.flag: flagged.reason for flagged in figure.flags}
    assert set(reasons) == {"implausible", "currency"}
    assert "43 times the official 90th percentile, $210,000" in reasons["implausible"]
    assert figure.amount_min == 9_000_000


def test_ordinary_pay_has_no_flag(tmp_path: Path) -> None:
    """A figure within the distribution."""
    text = "A software developer at Example Works earns $150,000 a year.\n"
    assert flags_of(tmp_path, text, WAGES) == [set()]


def test_other_currencies_are_not_compared(tmp_path: Path) -> None:
    """Yen are no dollars."""
    text = "A software developer at Example Works earns ¥9,000,000 a year.\n"
    assert flags_of(tmp_path, text, WAGES) == [set()]


def test_hour_pay_is_told_and_compared_by_a_stated_rule(tmp_path: Path) -> None:
    """An hourly rate is held against a year of 2,080 hours."""
    text = "A software developer at Example Works earns $900 an hour.\n"
    (figure,) = flagged_of(tmp_path, text, WAGES)
    assert {flagged.flag for flagged in figure.flags} == {"hourly rate", "implausible"}
    assert any("2,080 times" in flagged.reason for flagged in figure.flags)


def test_same_job_with_and_without_a_figure_disagrees(tmp_path: Path) -> None:
    """One place says undisclosed, another gives an amount."""
    text = (
        "- Example Works — Senior Data Engineer, salary undisclosed, remote.\n"
        "- Example Works — Senior Data Engineer, salary $120,000/year, remote.\n"
        "- Example Works — Director of Sales, salary undisclosed, remote.\n"
    )
    assert flags_of(tmp_path, text) == [
        {"undisclosed", "sources disagree"},
        {"sources disagree"},
        {"undisclosed"},
    ]


def test_a_rounded_amount_is_no_disagreement(tmp_path: Path) -> None:
    """The rounder of two nearly equal amounts is called so."""
    text = (
        "- Example Works — Data Engineer, salary $118,450/year, remote.\n"
        "- Example Works — Data Engineer, salary $118k/year, remote.\n"
    )
    assert flags_of(tmp_path, text) == [set(), {"rounded"}]


def test_two_currencies_in_a_passage(tmp_path: Path) -> None:
    """An amount and its conversion are both marked."""
    text = "A data engineer in Indonesia earns $60,000/year, or Rp 840 million/year.\n"
    assert flags_of(tmp_path, text) == [{"currency"}, {"currency"}]


def test_kind_and_age(tmp_path: Path) -> None:
    """Estimates, averages, projections and old figures are told."""
    text = (
        "The estimated salary of a paralegal is $50,000.\n\n"
        "As of March 2021 the average salary of a paralegal was $48,000.\n\n"
        "Salary of a paralegal is projected to reach $70,000.\n"
    )
    assert flags_of(tmp_path, text) == [
        {"estimate"},
        {"aggregate average", "stale"},
        {"projection"},
    ]
