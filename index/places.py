"""Countries and large cities abroad, as a question names them.

A figure for one country answers no question about another, and no score of meaning or words says
so loudly enough: "what do developers earn in Germany?" is close to every sentence on pay.
"""

import re

from index.pay.gazetteer import CITIES, COUNTRIES

_WORDS_TOO = frozenset(
    {"chad", "china", "cork", "georgia", "guinea", "jordan", "nice", "niger", "reading", "turkey"}
)
"""Names that are also something else in lower case."""

_NAMES = frozenset(name.strip() for name in f"{COUNTRIES};{CITIES}".split(";")) - _WORDS_TOO - {""}
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})\b")


def named_places(question: str) -> frozenset[str]:
    """The countries and cities that a question names, in lower case."""
    return frozenset(_NAME.findall(question.casefold()))


def names_one_of(text: str, places: frozenset[str]) -> bool:
    """Whether a text names one of the places, or its people: Germany, German, Germans."""
    folded = text.casefold()
    return any(
        re.search(rf"\b{re.escape(place if len(place) < 6 else place[:-1])}", folded)
        for place in places
    )
