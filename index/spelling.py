"""Misspelt words of a question → the library's words.

Encoders cut a word that they do not know into pieces, and the lexical index does not find it at
all. A word is taken for a slip only where nothing speaks for it: neither the encoder's vocabulary
nor the library has it, and exactly one word of both is a letter away. A wrong guess would answer
another question: short words, capitals and first letters are often names, last letters grammar.
"""

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.pay.vocabulary import FIELDS
from index.words import terms

_WORD = re.compile(r"(?<![\w./@#'’+-])[a-z]{5,}(?![\w/@#+]|[.'’-]\w)")
_SHORTEST = 6
"""Letters, of the word as typed or of the one that is meant."""

_NO_SLIPS = FIELDS | frozenset(
    """arent couldnt didnt doesnt hadnt hasnt havent heres mightnt mustnt neednt shouldnt shouldve
    thats theres theyd theyll theyre theyve wasnt werent whats wheres wouldnt wouldve youll youre
    youve""".split()
)
"""What jobs are in, and contractions without their apostrophe."""


def corrected(question: str, words: frozenset[str], held: Callable[[str], bool]) -> str:
    """A question with its misspelt words exchanged.

    ``words``: what the encoder knows; ``held``: whether the library has a term.
    """
    return _WORD.sub(lambda found: _meant(found.group(), words, held), question)


def _meant(word: str, words: frozenset[str], held: Callable[[str], bool]) -> str:
    """The word that was meant, which is mostly the one typed."""
    if {word, word.removesuffix("s")} & words or word in _NO_SLIPS or any(map(held, terms(word))):
        return word
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=1, limit=None)
    meant = [
        other
        for other, _, _ in near
        if max(len(word), len(other)) >= _SHORTEST
        and other[0] == word[0]
        and not (other.startswith(word) or word.startswith(other))
        and any(map(held, terms(other)))
    ]
    return min(meant) if len({tuple(terms(other)) for other in meant}) == 1 else word
