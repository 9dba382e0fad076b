"""Titles that people type find their occupation, or nothing."""

from pathlib import Path

import pytest

from index.models.runtime import Encoder
from index.pay.official import OfficialTable
from index.pay.titles import TitleMatcher, name_vectors, split_level

TYPED = [
    line.split("\t")
    for line in (Path(__file__).with_name("titles.tsv")).read_text("utf-8").splitlines()
    if not line.startswith("#")
]
UNSEEN = [
    line.split("\t")
    for line in (Path(__file__).with_name("titles_unseen.tsv")).read_text("utf-8").splitlines()
    if not line.startswith("#")
]


RIGHT, RIGHT_BY_WORDS = 94, 90
"""How many of ``UNSEEN`` find their occupation, with the encoder and without."""
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def by_words(table: OfficialTable) -> TitleMatcher:
    """Titles without a model."""
    return TitleMatcher(table.occupations, None)


def _misses(titles: TitleMatcher, typed: list[list[str]]) -> list[tuple[str, str, str | None]]:
    found = [(text, code, titles.match(text)) for text, code in typed]
    best = [(text, code, m[0].occupation_code if m else None) for text, code, m in found]
    return [(text, code, first) for text, code, first in best if first != code]


def test_codes_in_the_tables_exist(table: OfficialTable) -> None:
    """Every expected code is a detailed occupation of the statistics."""
    known = {item.code for item in table.occupations if item.detailed}
    assert len(TYPED) >= 150
    assert {code.replace("-", "") for _, code in TYPED + UNSEEN} <= known


def test_titles_people_type(titles: TitleMatcher, by_words: TitleMatcher) -> None:
    """All usual titles, abbreviations and misspellings come first, without a model too."""
    assert _misses(titles, TYPED) == []
    assert _misses(by_words, TYPED) == []


def test_titles_that_no_list_has(titles: TitleMatcher, by_words: TitleMatcher) -> None:
    """Of longer, rarer or worse spelt titles as many come first as were measured."""
    for matcher, right in ((titles, RIGHT), (by_words, RIGHT_BY_WORDS)):
        misses = _misses(matcher, UNSEEN)
        print(*misses, sep="\n")  # noqa: T201 - which ones, where the test fails
        assert len(UNSEEN) - len(misses) >= right


def test_what_is_written_of_titles_is_what_is_tested() -> None:
    """The decision page and the results state the counts that the tests hold."""
    stated = [f"{n} of {len(UNSEEN)}" for n in (RIGHT, RIGHT_BY_WORDS)]
    stated.append(f"{len(TYPED)} of {len(TYPED)}")
    for page in ("docs/decisions/0008-official-wages.md", "benchmarks/RESULTS.md"):
        text = " ".join((ROOT / page).read_text("utf-8").split())
        assert [count for count in stated if count not in text] == [], page


@pytest.mark.parametrize(
    "text",
    "wizard; jedi; unicorn; king; asdfgh; hello; tooth fairy; batman; pirate; time traveler; "
    "senior; dragon tamer; sandwich; happiness; uber; google; worker; specialist; ; ???".split(
        "; "
    ),
)
def test_what_is_no_occupation_finds_nothing(titles: TitleMatcher, text: str) -> None:
    """Words that name no occupation of the statistics are no match."""
    assert titles.match(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("PM", ["13-1082", "11-2021"]),
        ("ML engineer", ["15-1252", "15-2051"]),
        ("teacher", ["25-2021", "25-2031"]),
    ],
)
def test_ambiguous_titles_offer_their_candidates(
    titles: TitleMatcher, text: str, codes: list[str]
) -> None:
    """A title with several meanings gives them all, none of them as certain."""
    found = titles.match(text)
    assert [match.occupation_code for match in found] == codes
    assert all(match.confidence < 1 for match in found)


def test_a_clear_title_gives_one_match(titles: TitleMatcher) -> None:
    """What is listed as typed is certain, and carries the official name."""
    (match,) = titles.match("SWE")
    assert (match.occupation, match.occupation_code) == ("Software Developers", "15-1252")
    assert match.confidence == 1


def test_a_misspelling_is_less_certain(titles: TitleMatcher) -> None:
    """Confidence falls with every letter that had to be mended."""
    (match,) = titles.match("software engeneer")
    assert match.occupation_code == "15-1252"
    assert 0.8 <= match.confidence < 1


def test_the_meaning_finds_what_words_do_not(titles: TitleMatcher, by_words: TitleMatcher) -> None:
    """With the encoder a paraphrase of an occupation finds it; without, it does not."""
    text = "person who fixes elevators"
    assert [match.occupation_code for match in titles.match(text)] == ["47-4021"]
    assert by_words.match(text) == []


def test_vectors_made_before_give_the_same_matches(
    titles: TitleMatcher, table: OfficialTable, encoder: Encoder
) -> None:
    """Vectors kept in an index match as those made on the spot."""
    kept = TitleMatcher(table.occupations, encoder, name_vectors(table.occupations, encoder.encode))
    for text in ("person who fixes elevators", "quantum machinist", "wizard"):
        assert kept.match(text) == titles.match(text)


@pytest.mark.parametrize(
    ("text", "level", "rest"),
    [
        ("Sr. Backend Dev", "senior", "Backend Dev"),
        ("software engineer, senior", "senior", "software engineer"),
        ("junior nurse", "junior", "nurse"),
        ("entry-level accountant", "entry", "accountant"),
        ("data entry clerk", None, "data entry clerk"),
        ("Mid-level Developer (React)", "mid", "Developer (React)"),
        ("Staff Software Engineer", "staff", "Software Engineer"),
        ("Senior Staff Engineer", "staff", "Engineer"),
        ("principal", None, "principal"),
        ("school principal", None, "school principal"),
        ("sales associate", None, "sales associate"),
        ("Lead Data Scientist", "lead", "Data Scientist"),
        ("L5 software engineer", "L5", "software engineer"),
        ("Software Engineer II", "II", "Software Engineer"),
        ("VP of Sales", "vp", "Sales"),
        ("software engineering intern", "intern", "software engineering"),
        ("C++ developer", None, "C++ developer"),
    ],
)
def test_level_and_rest(text: str, level: str | None, rest: str) -> None:
    """A level is taken out of a title where it is one, and the rest keeps its own words."""
    assert split_level(text) == (level, rest)
