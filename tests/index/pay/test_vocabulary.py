"""Words of titles, whichever way they are written."""

import pytest

from index.pay.roles import roles_in
from index.pay.titles import split_level
from index.pay.vocabulary import LEVELS, level_of, role_terms

PLAIN = {word: name for word, name in LEVELS.items() if not word.endswith("level")}
TYPED = {"trainee": "intern", "apprentice": "intern", "fellow": "distinguished"}
"""Where `split_level` has fewer names."""


@pytest.mark.parametrize("end", ["-level", " level", " - level", "level"])
@pytest.mark.parametrize("word", PLAIN)
def test_a_level_keeps_its_own_name_before_level(word: str, end: str) -> None:
    """Whatever word of a level stands before "level", it is that level and no other."""
    written = f"{word}{end} backend engineer"
    assert role_terms(written) == [PLAIN[word], "backend", "engineer"]
    assert level_of(written) == PLAIN[word]
    assert level_of(f"Backend Engineer, {word}{end}") == PLAIN[word]


@pytest.mark.parametrize("end", ["-level", " level"])
@pytest.mark.parametrize("word", PLAIN)
def test_a_level_is_part_of_a_title_in_a_text(word: str, end: str) -> None:
    """A title in a sentence is found with its level."""
    (mention,) = roles_in(f"One {word}{end} backend engineer earned $90,000.")
    assert mention.name == f"{word}{end} backend engineer"


@pytest.mark.parametrize("end", ["-level", " level"])
@pytest.mark.parametrize("word", [word for word in PLAIN if word != "experienced"])
def test_a_level_is_taken_out_of_a_typed_title(word: str, end: str) -> None:
    """A typed title is split into the same level and the rest, wherever the level stands."""
    for typed in (f"{word}{end} backend engineer", f"backend engineer, {word}{end}"):
        assert split_level(typed) == (TYPED.get(word, PLAIN[word]), "backend engineer")
