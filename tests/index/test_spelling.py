"""Misspelt words of a question, mended only where nothing speaks for them."""

import pytest

from index.spelling import corrected
from index.words import terms

ENCODER = frozenset(
    """experience software median senior review law lumber stripe strike figures scale depths
    browser admits admin names shirt""".split()
)
LIBRARY = {term for word in ENCODER - {"stripe", "admin"} for term in terms(word)} | {"kubernet"}


def _corrected(question: str) -> str:
    return corrected(question, ENCODER, LIBRARY.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("senoir sofware expereince", "senior software experience"),
        ("mdian pay?", "median pay?"),
        ("code reveiw, fiugres", "code review, figures"),
    ],
)
def test_a_slip_becomes_the_librarys_word(typed: str, meant: str) -> None:
    """One letter too many, too few, another one, or two in each other's place."""
    assert _corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("what does stripe pay", "the encoder knows the word"),
        ("is kubernets hard", "the library has the term"),
        ("will ai replace a plumber", "another first letter is another word"),
        ("what to browse", "an ending is grammar"),
        ("two admins", "the singular is known"),
        ("learn scala", "a language, however near it is to a word"),
        ("ask Shiret", "a capital begins a name"),
        ("names that doesnt matter", "a contraction"),
        ("nmaes", "too short: five letters stand for five"),
        ("ci/cdd next.jss c++ sofware.dev", "an identifier"),
        ("sfotwraes", "two letters away"),
    ],
)
def test_any_other_word_stays(typed: str, why: str) -> None:
    """A wrong guess would answer another question."""
    assert _corrected(typed) == typed, why
