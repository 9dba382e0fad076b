"""Places that a question names have to stand by the answer."""

import pytest

from index.places import named_places, names_one_of
from index.search import Index


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("what do developers earn in Germany?", {"germany"}),
        ("pay in new zealand or japan", {"new zealand", "japan"}),
        ("is it nice to work with a turkey", set()),
        ("will ai replace backend developers?", set()),
    ],
)
def test_places_of_a_question(question: str, places: set[str]) -> None:
    """Countries and cities abroad are found as whole words."""
    assert named_places(question) == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("German employers pay in euros.", True),
        ("Indonesian engineers", False),
        ("The United States", False),
    ],
)
def test_a_text_names_a_place_or_its_people(text: str, expected: bool) -> None:
    """The people count as the place; another country that begins alike does not."""
    assert names_one_of(text, frozenset({"germany", "india"})) is expected


def test_another_country_is_not_answered(small_index: Index) -> None:
    """What answers a question does not answer it for a country that nothing names."""
    question = "how often should a mentor meet a new engineer"
    assert small_index.ask(f"{question}?").answered
    assert not small_index.ask(f"{question} in japan?").answered
