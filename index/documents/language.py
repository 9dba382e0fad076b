"""Whether a text is language, in any script: garbage is refused, for nobody could quote it.

A font whose letters are named wrongly, or an encoding that was guessed wrongly, gives what looks
like text to a program. Two things tell it: words that can be none, and, in the Latin alphabet,
vowels and consonants that do not take turns. In the languages that were looked at, they do between
60 and 90 times in a hundred pairs of letters; where letters stand for others, about 35 times.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from index.documents.hyphens import common_words

_WORD = re.compile(r"\S+")
_VOWELS = frozenset("aeiouyæøœıəɛɔ")
_LONGEST_WORD = 50
"""In letters; German law has some of 40."""
_LONGEST_NAME = 40
_LONG = 4
"""Words of fewer letters may be abbreviations."""
_MOST_SIGNS = 0.25
"""For each letter of a word."""
_FEWEST_WORDS = 12
_FEWEST_PAIRS = 60
"""Of fewer words, or pairs of letters, nothing can be said."""
_MOST_ODD = 0.3
_FEWEST_TURNS = 0.55
_FEWEST_TURNS_ACCENTED = 0.4
"""Accents do not come from a font; Vietnamese, whose words are short, has them everywhere."""
_ACCENTED = 0.1
_FEWEST_COMMON = 0.05
"""Of the words, where they are a language's commonest, however its other words look."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "HANGUL", "DEVANAGARI")
_ODD_SIGNS = frozenset({"Cc", "Co", "Cn", "Cs", "So", "Sk", "Sm", "Nl", "No"})


def is_language(text: str) -> bool:
    """Whether a text can be one that people read; one of few words is given the benefit."""
    words = list(_words(text))
    found = [_oddity(word) for word in words]
    total = sum(weight for weight, _ in found)
    odd = sum(weight for weight, is_odd in found if is_odd)
    if total >= _FEWEST_WORDS and odd > _MOST_ODD * total:
        return False
    return _takes_turns(set(words)) or common_words(text) >= _FEWEST_COMMON


def _words(text: str) -> Iterator[str]:
    """The words that have enough letters to be judged; no addresses, names of files or code."""
    for found in _WORD.finditer(text):
        word = found[0].strip(".,;:!?()[]{}\"'“”‘’«»„…–—-*_|/\\<>")
        if re.search(r"://|@|www\.", word):
            continue
        if re.search(r"[/\\=&]|\w\.\w|\d{3}", word) and len(word) < _LONGEST_NAME:
            continue
        if sum(c.isalpha() for c in word) >= _LONG or _signs(word) >= _LONG:
            yield word


def _signs(word: str) -> int:
    return sum(unicodedata.category(c) in _ODD_SIGNS for c in word)


def _oddity(word: str) -> tuple[int, bool]:
    """How much a word weighs, in words of usual length, and whether it can be none."""
    letters = [c for c in word if c.isalpha()]
    weight = 1 + len(word) // _LONGEST_WORD * 8
    if _signs(word) >= max(1, _MOST_SIGNS * len(letters)):
        return weight, True
    scripts = {script for c in letters if (script := _script(c))}
    if len(scripts) > 1 and not scripts & {"CJK", "HANGUL"}:
        return weight, True
    if scripts != {"LATIN"}:
        return weight, False
    is_endless = len(letters) > _LONGEST_WORD and not re.search(r"[-–—/.,]\w", word)
    return weight, is_endless or bool(re.search(r"[A-Za-z][\d#$%&*<>{}~^]+[A-Za-z]", word))


def _takes_turns(words: Iterable[str]) -> bool:
    """Whether vowels and consonants do as in a language that is written in Latin letters."""
    pairs = turns = accented = letters = 0
    for word in words:
        if word.isupper() or not word.isalpha() or _script(word[0]) != "LATIN":
            continue  # an abbreviation
        plain = [c for c in unicodedata.normalize("NFD", word.lower()) if c.isalpha()]
        vowels = [c in _VOWELS for c in plain]
        pairs += len(vowels) - 1
        turns += sum(one != two for one, two in pairwise(vowels))
        accented += sum(not c.isascii() for c in word)
        letters += len(word)
    fewest = _FEWEST_TURNS_ACCENTED if accented > _ACCENTED * letters else _FEWEST_TURNS
    return pairs < _FEWEST_PAIRS or turns >= fewest * pairs


def _script(letter: str) -> str | None:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), None)
