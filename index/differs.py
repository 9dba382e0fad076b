"""Where two documents do not say the same: other figures for one quantity, or the opposite.

Only what two sentences say of the very same thing is compared, and doubt means that they agree: a
false "sources differ" costs trust, a missed one costs little
(docs/decisions/0020-sources-that-differ.md).
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from index.documents.document import Quote
from index.pay.money import find_money, stated_period
from index.places import named_places
from index.words import terms


class Difference(StrEnum):
    """How two sources differ."""

    FIGURES = "figures"
    """The same quantity has different numbers."""
    OPPOSITE = "opposite"
    """One says the opposite of the other."""


def differ(asked: str, quotes: Sequence[Quote]) -> bool:
    """Whether any two quotes of different documents differ on what was asked."""
    return any(opposed(one, other, asked) for one, other in combinations(quotes, 2))


def opposed(one: Quote, other: Quote, asked: str) -> bool:
    """Whether two quotes differ on what was asked; quotes of one document never do.

    Nor do quotes whose titles or headings set them in different places or years.
    """
    if one.document.id == other.document.id:
        return False
    here, there = (f"{q.document.source.title} {q.section or ''}" for q in (one, other))
    years, other_years = set(_YEAR.findall(here)), set(_YEAR.findall(there))
    if years and other_years and not years & other_years:
        return False
    if set(named_places(here)) != set(named_places(there)):
        return False
    return difference(one.text, other.text, asked) is not None


def difference(one: str, other: str, asked: str) -> Difference | None:
    """How a sentence of one text differs from one of the other, if any does."""
    wanted = _folded(terms(asked))
    ones = [_read(clause) for clause in _clauses(one)]
    others = [_read(clause) for clause in _clauses(other)]
    pairs = [
        (a, b) for a in ones for b in others if wanted & a.about & b.about and _same_frame(a, b)
    ]
    if any(_other_figures(a, b) for a, b in pairs):
        return Difference.FIGURES
    if any(_other_side(a, b) for a, b in pairs):
        return Difference.OPPOSITE
    return None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number or range, and what it counts: two figures compare only where ``unit`` is equal.

    ``low`` and ``high`` are as wide as the words around them and the digits written leave open.
    """

    unit: tuple[str | None, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Statement:
    """A clause, taken apart."""

    about: frozenset[str]
    """Its terms without figures, polarity and the words in which any survey speaks."""
    order: tuple[str, ...]
    """The same in the order of the text: "A beats B" is not "B beats A"."""
    figures: tuple[_Figure, ...]
    sides: frozenset[tuple[str, int]]
    """Scales it speaks of ("size": rise or fall), each with the end it takes, 1 or -1."""
    negated: bool
    hedged: bool
    """Leaves room for the other side, or denies in a way too involved to judge."""
    frame: frozenset[str]
    """Years, places and names: what the statement holds for."""


# --- taking a clause apart ---

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_CLAUSE_END = re.compile(
    r"[;:]\s|\s[–—-]\s|—|,?\s(?:but|while|whereas|because|although|though|so)\s"
)
_ROW = re.compile(r"[|\t]")
_WORD = re.compile(r"[A-Za-z0-9][\w'’+#./-]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STATISTIC = re.compile(r"\b(?:median|average|mean|first|last|next|second|final)\b")
_NAME = re.compile(r"(?<=[a-z0-9,] )(?!I\b)[A-Z][\w+#&-]*")
_SOURCE = re.compile(
    r"^(?:according to [^,]{1,60},|[^,]{1,60} (?:reports?|found|finds|says) that)\s"
)
_NEGATION = re.compile(
    r"\b(?:no longer|not|never|no|cannot|nobody|none|neither|nor|\w+n['’]t|isnt|arent|wont|dont)\b"
)
_NO_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely)|no matter|no doubt|no wonder|whether or not)\b"
)
_HEDGE = re.compile(
    r"\b(?:some|many|several|few|sometimes|often|usually|rarely|may|might|could|perhaps|maybe|if"
    r"|unless|until|when|whenever|without|with|except|all|every|most|mostly|always|necessarily"
    r"|only|just|alone|yet|once|was|were|used to|previously|formerly|had|would|than before"
    r"|seems?|appears?|probably|likely|unlikely|almost|nearly|hardly|or|either)\b"
)
"""Words that leave room for both sides: "some do" and "some do not" are both true."""

_SCALES = {
    "size": (
        """rise rises rising rose increase increases increasing grow grows growing growth grew climb
        climbing up more higher expand expanding gain gains surge surging""",
        """fall falls falling fell decrease decreasing decline declining shrink shrinking shrank
        drop dropping down less lower fewer plunge plunging""",
    ),
    "need": (
        """need needs needed require requires required must essential mandatory necessary
        obligatory compulsory indispensable""",
        "optional unnecessary needless unneeded",
    ),
    "safety": ("safe secure", "risk risky unsafe threatened endangered doomed"),
    "life": ("alive thriving", "dead dying extinct"),
    "ease": ("easy easier easily simple", "hard harder difficult"),
    "use": (
        "help helps helping helpful improve improves useful",
        "hurt hurts harm harms harmful worsen worsens useless",
    ),
    "quality": ("better good best", "worse bad worst"),
    "speed": ("faster fast quicker quick", "slower slow"),
    "weight": (
        "important matter matters crucial vital relevant",
        "unimportant irrelevant immaterial",
    ),
    "worth": ("worth worthwhile", "worthless pointless"),
    "leave": ("allowed legal permitted", "forbidden banned illegal prohibited"),
    "chance": ("possible", "impossible"),
}
"""Words at either end of one scale."""

_ENDS = {
    word: (scale, end)
    for scale, (high, low) in _SCALES.items()
    for end, words in ((1, high), (-1, low))
    for word in words.split()
}

_SAME = (
    "employee worker staff people",
    "firm company employer organisation organization business",
    "earn pay paid make salary",
    "developer engineer programmer",
    "resume cv",
)
_FOLD = {
    stem: terms(group.split()[0])[0] for group in _SAME for word in group.split()
    for stem in terms(word)
}  # fmt: skip

_BLAND = frozenset(
    terms(
        """survey surveys study studies report reports data research handbook analysis article
        according find finds found say says said put puts show shows share percent percentage
        figure number take takes last lasts run runs cost costs still today currently now
        well exactly around roughly approximately nearly almost least total overall typical
        typically year month week day hour minute usd eur gbp dollar dollars euro euros time times
        one someone become becomes get gets must use"""
    )
)
"""Terms in which any source speaks of anything."""


def _clauses(text: str) -> Iterator[str]:
    """The clauses that state something; table rows and questions do not."""
    for sentence in _SENTENCE_END.split(text):
        if _ROW.search(sentence) or sentence.rstrip('"”’) *').endswith("?"):
            continue
        yield from (clause for clause in _CLAUSE_END.split(sentence) if clause.strip())


def _read(clause: str) -> _Statement:
    stated = _SOURCE.sub("", clause.strip())
    folded = stated.casefold().replace("’", "'")
    figures, rest = _figures(stated)
    plain = _NO_NEGATION.sub(" ", rest.casefold().replace("’", "'"))
    negations = _NEGATION.findall(plain)
    words = _WORD.findall(_NEGATION.sub(" ", plain))
    sides = frozenset(_ENDS[w.strip(".'")] for w in words if w.strip(".'") in _ENDS)
    order = [
        _FOLD.get(term, term)
        for word in words
        if word.strip(".'") not in _ENDS
        for term in terms(word)
        if term not in _BLAND and not term.isdigit()
    ]
    return _Statement(
        about=frozenset(order),
        order=tuple(order),
        figures=tuple(figures),
        sides=sides,
        negated=len(negations) % 2 == 1,
        hedged=len(negations) > 1
        or any(pattern.search(folded) for pattern in (_HEDGE, _NO_NEGATION)),
        frame=frozenset(
            (
                *_YEAR.findall(stated),
                *_STATISTIC.findall(folded),
                *named_places(stated),
                *map(str.casefold, _NAME.findall(rest)),
            )
        ),
    )


def _folded(found: Iterable[str]) -> frozenset[str]:
    return frozenset(_FOLD.get(term, term) for term in found)


# --- figures ---

_SMALL = {
    word: float(value)
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}
_VALUE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(_SMALL)}|an?)\b)"
_RANGE = rf"(?P<n1>{_VALUE})(?:\s*(?:-|–|to|or|and)\s*(?P<n2>{_VALUE}))?"
_DAYS = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0,
}  # fmt: skip
_PERCENT = re.compile(rf"{_RANGE}\s*(?:%|percent\b|per cent\b)(?!\s*-?points?)", re.IGNORECASE)
_DURATION = re.compile(
    rf"{_RANGE}[\s-]*(?P<unit>{'|'.join(_DAYS)})s?\b(?! old| ago)", re.IGNORECASE
)
_MULTIPLE = re.compile(rf"{_RANGE}(?:x\b|\s+times\b(?! an?\b| per\b))", re.IGNORECASE)
_COUNT = re.compile(rf"{_RANGE}\s+(?P<unit>[a-z][a-z-]{{2,}})\b", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?:(?P<many>two|three) )?(?:an? |one[ -])?(?P<part>half|third|quarter|fifth|tenth)s? of\b",
    re.IGNORECASE,
)
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|nearly|almost|some|approximately|close to)|~) *[$€£]?$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:over|more than|at least|above|minimum of) *[$€£]?$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\b(?:under|less than|at most|below|fewer than|up to|within|maximum of) *[$€£]?$",
    re.IGNORECASE,
)

_ROUNDING, _VAGUE = 0.05, 0.15
"""What a figure may be off by, as a part of itself: as written, and behind "about"."""


def _figures(text: str) -> tuple[list[_Figure], str]:
    """The figures of a clause, and the clause with each of them blanked out."""
    found: list[_Figure] = []
    rest = text
    unit: tuple[str | None, ...]
    for money in find_money(text):
        if money.currency:
            unit = ("money", money.currency, money.period or stated_period(text))
            before, after = text[: money.span.start], text[money.span.end :]
            found.append(_widened(unit, money.low, money.high, before, after))
        rest = _blanked(rest, money.span.start, money.span.end)
    for match in _FRACTION.finditer(rest):
        value = _PARTS[match["part"].lower()] * _SMALL.get((match["many"] or "").lower(), 1)
        found.append(_widened(("percent",), value, value, rest[: match.start()], ""))
        rest = _blanked(rest, match.start(), match.end())
    for pattern, kind in (
        (_PERCENT, "percent"), (_MULTIPLE, "multiple"), (_DURATION, "duration"), (_COUNT, "count"),
    ):  # fmt: skip
        for match in pattern.finditer(rest):
            if kind == "count" and (
                match["n1"].lower() in {"a", "an"} or _YEAR.fullmatch(match["n1"])
            ):
                continue
            named = match["unit"].lower() if kind in {"duration", "count"} else ""
            scale = _DAYS[named] if kind == "duration" else 1.0
            unit = ("count", *terms(named)) if kind == "count" else (kind,)
            low = _value(match["n1"]) * scale
            high = _value(match["n2"]) * scale if match["n2"] else low
            before, after = rest[: match.start()], rest[match.end("n2" if match["n2"] else "n1") :]
            found.append(_widened(unit, low, high, before, after))
            end = match.start("unit") if kind == "count" else match.end()
            rest = _blanked(rest, match.start(), end)
    return found, rest


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _value(written: str) -> float:
    folded = written.lower()
    return 1.0 if folded in {"a", "an"} else _SMALL.get(folded) or float(folded.replace(",", ""))


def _widened(
    unit: tuple[str | None, ...], low: float, high: float, before: str, after: str
) -> _Figure:
    """A figure with what rounding and the words around it leave open."""
    part = _VAGUE if _ABOUT.search(before) else _ROUNDING
    if _AT_LEAST.search(before) or after.startswith("+"):
        return _Figure(unit, low * (1 - part), math.inf)
    if _AT_MOST.search(before):
        return _Figure(unit, -math.inf, high * (1 + part))
    return _Figure(unit, low * (1 - part), high * (1 + part))


# --- comparing two clauses ---

_MORE = 1 / 3
"""The part of its terms that one statement of a quantity may have more than the other."""

_SHARED = 2
"""Terms that two statements of one quantity have in common at least."""


def _same_frame(one: _Statement, other: _Statement) -> bool:
    """Whether nothing says that the two hold for different years, places or named things."""
    return one.frame == other.frame


def _same_quantity(one: _Statement, other: _Statement) -> bool:
    """Whether two statements measure the same: one may say a little more, never another thing."""
    fewer, more = sorted((one.about, other.about), key=len)
    return fewer <= more and len(fewer) >= _SHARED and len(more - fewer) <= _MORE * len(more)


def _other_figures(one: _Statement, other: _Statement) -> bool:
    if one.negated != other.negated or one.sides != other.sides:
        return False
    if not _same_quantity(one, other):
        return False
    return any(
        a.high < b.low or b.high < a.low
        for a in one.figures
        for b in other.figures
        if a.unit == b.unit and _alone(a, one) and _alone(b, other)
    )


def _alone(figure: _Figure, statement: _Statement) -> bool:
    """Whether no other figure of the statement counts the same: "from 30% to 45%" are two."""
    return sum(f.unit == figure.unit for f in statement.figures) == 1


def _other_side(one: _Statement, other: _Statement) -> bool:
    if one.hedged or other.hedged or one.figures or other.figures:
        return False
    if not one.about or one.about != other.about:  # a further term may be what is denied
        return False
    if {scale for scale, _ in one.sides} != {scale for scale, _ in other.sides}:
        return False
    if _is_comparison(one) and one.order != other.order:
        return False
    flipped = len(one.sides - other.sides)
    return flipped + (one.negated != other.negated) == 1 and not (one.negated and other.negated)


def _is_comparison(statement: _Statement) -> bool:
    return any(scale in {"size", "quality", "speed", "ease"} for scale, _ in statement.sides)
