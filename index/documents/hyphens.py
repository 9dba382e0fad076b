"""Lines that a page's width has broken → one text, with the hyphens that the author wrote.

A hyphen at the end of a line is the author's ("peer-review") or the typesetter's ("commit-tee").
It goes only where the document, or a list of words, shows that the word is one; in doubt it stays.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from spellchecker import SpellChecker

_COMMON = {
    "en": "the of and to in is for that with are be on as this by or".split(),
    "de": "der die und das ist den von zu mit nicht ein eine auf für dem sind".split(),
    "fr": "le la les des et est une dans pour que du pas sur par avec sont".split(),
    "es": "el los las del y que una por con para es se no su como más".split(),
    "pt": "os as do da e que uma por com para é não dos das como mais".split(),
    "it": "il di che e la per una con del non sono gli della nel più le".split(),
    "nl": "de het een en van in is dat op te voor met niet zijn aan door".split(),
}
"""Words that most sentences of a language have."""
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+)[-‐\u00ad]$")
_HEAD = re.compile(r"[^\W\d_]+")
_SHORTEST_PART = 2
"""No typesetter leaves fewer letters on a line: the hyphen of "e-mail" is its author's."""
_A_WORD = 100
"""A list of words from films has fewer of what is none."""
_COMMON_WORD = 2_000
_PREFIXES = dict.fromkeys(
    "co non pre post mid semi multi sub anti self".split(), 0.5
) | dict.fromkeys("re ex pro inter".split(), 0.04)
"""What often stands before a hyphen of its author, and how much more common than the word after it
the word without hyphen has to be: "re-sign" is not "resign"."""
_PARTICLES = frozenset("up out off down in on by over away back through".split())
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|et|ou|bis)\s", re.IGNORECASE)
"""After "short- " the hyphen stands for what both have in common."""


class Joins:
    """How the lines of one document are put together."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Learn the words of a document from all its lines."""
        self._seen: Counter[str] = Counter()
        words: list[str] = []
        for line in lines:
            # The first and last words of a line may be halves.
            found = _WORD.findall(line)
            words += found
            self._seen.update(word.lower().replace("‐", "-") for word in found[1:-1])
        self._language = _language(words)

    def joined(self, before: str, after: str) -> str:
        """Two lines, one after the other, as one."""
        if before.endswith("\u00ad"):
            return before[:-1] + after  # the document itself says that the word goes on
        if re.search(r"[\w)]\s?[–]$", before) and after[:1].isdigit():
            return before + after if not before[-2].isspace() else f"{before} {after}"
        if re.search(r"\w[—/]$", before):
            return before + after
        tail, head = _TAIL.search(before), _HEAD.match(after)
        if not tail:
            # "10-" over "12 weeks", and an address broken at a hyphen
            is_open = re.search(r"\w[-‐]$", before) and after[:1].isalnum()
            return before + after if is_open else f"{before} {after}"
        if not head or _SUSPENDED.match(after):
            return before + after if head is None and after[:1].isdigit() else f"{before} {after}"
        if self._is_one_word(tail[1], head[0]) and not before[: tail.start()].endswith("-"):
            return before[:-1] + after
        return before + after

    def _is_one_word(self, one: str, two: str) -> bool:
        if two[0].isupper() and not one.isupper():
            return False
        whole, hyphened = (one + two).lower(), f"{one}-{two}".lower()
        if self._seen[hyphened] or self._seen[whole]:
            return self._seen[whole] > self._seen[hyphened]
        if min(len(one), len(two)) < _SHORTEST_PART:
            return False
        return _is_split(one.lower(), two.lower(), _frequencies(self._language))


def _is_split(one: str, two: str, known: Mapping[str, int]) -> bool:
    """Whether a list of words shows that two halves are one word, and not two with a hyphen."""
    whole, first, second = (known.get(word, 0) for word in (one + two, one, two))
    if not whole:
        return False
    if one in _PREFIXES and second >= _A_WORD:
        return whole > _PREFIXES[one] * second
    if min(first, second) < _A_WORD:
        return True  # "commit-tee"
    if whole > min(first, second) / 10:
        return True  # "per-son"
    return whole >= _COMMON_WORD and two not in _PARTICLES  # "work-place", not "set-up"


def common_words(text: str) -> float:
    """How many of a text's words, from 0 to 1, are the commonest of the language that has most."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = Counter(words)
    most = max(sum(counts[word] for word in common) for common in _COMMON.values())
    return most / max(len(words), 1)


def _language(words: list[str]) -> str:
    counts = Counter(word.lower() for word in words)
    return max(_COMMON, key=lambda language: sum(counts[word] for word in _COMMON[language]))


@cache
def _frequencies(language: str) -> dict[str, int]:
    """How often each known word of a language was met."""
    found: dict[str, int] = dict(SpellChecker(language=language).word_frequency.dictionary)
    return found
