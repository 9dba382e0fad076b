"""A pay question → the figures that match it in every word, and those that nearly do."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from index.pay import roles, vocabulary
from index.pay.model import OfficialWages, PayAnswer, PayFigure, PayQuery
from index.pay.money import find_money
from index.pay.official import NATIONAL, OfficialTable
from index.pay.places import PlaceMatcher
from index.pay.titles import TitleMatcher, split_level

NEAR = 12
"""Near figures shown, at most."""
_NEAR_FROM = 0.5
"""A near figure matches at least this part of what was asked."""

_EMPTY = frozenset(
    """a an the of for in at to with on do does did is are was what whats what's which who how much
    many i me my we you your they it s can could would should will get gets got make makes made earn
    earns pay paid pays salary salaries wage wages compensation rate income money figure figures
    range
    average typical current usual normal per job jobs role roles position positions work working
    worker as and or about tell show please this that these there be if from by now today 2024 2025
    2026 expect expected band bands level info median mean offer offers base total much annual
    yearly""".split()
)
_PERIODS = {
    "year": "year", "month": "month", "monthly": "month", "hour": "hour", "hourly": "hour",
    "week": "week", "weekly": "week", "day": "day", "daily": "day",
}  # fmt: skip
_CURRENCIES = {
    "$": "USD", "usd": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "rupiah": "IDR", "idr": "IDR", "rupee": "INR",
    "₹": "INR", "inr": "INR", "¥": "JPY", "jpy": "JPY", "yen": "JPY", "chf": "CHF", "cad": "CAD",
    "aud": "AUD", "sgd": "SGD", "pln": "PLN", "sek": "SEK", "brl": "BRL", "cny": "CNY",
}  # fmt: skip
_TRENDS = frozenset(
    "increase growth grow rise raise trend projection projected forecast future".split()
)
_COMMON = frozenset({"engineer"})
_WORD = re.compile(r"[$€£¥₹]|[\w.+#'’&/-]*[\w+#]")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's words in one spelling, each of which a figure has to meet."""

    terms: tuple[str, ...]
    amounts: tuple[float, ...]
    currency: str | None
    period: str | None
    trend: bool
    places: tuple[str, ...]


class PayLookup:
    """The figures of a version, and the official wages, ready to be asked."""

    def __init__(
        self,
        figures: Sequence[PayFigure],
        version: str,
        table: OfficialTable | None,
        titles: TitleMatcher | None,
    ) -> None:
        self._figures = figures
        self._version = version
        self._table = table
        self._titles = titles
        self._places = PlaceMatcher(table.areas) if table else None
        self._terms = [_figure_terms(figure) for figure in figures]
        self._words = {word for terms in self._terms for word in terms} | _role_words()
        self.employers = frozenset(
            f.company.lower() for f in figures if f.company and " " not in f.company
        )
        """Employers of one word, in small letters."""

    def ask(self, text: str) -> PayAnswer:
        """The figures that meet every word of ``text``; without any, those that meet most."""
        asked = self._read(text)
        scored = [
            (self._score(asked, figure, terms), figure)
            for figure, terms in zip(self._figures, self._terms, strict=True)
        ]
        query = self._query(text, asked)
        official = self._official(query)
        matching = [
            figure for score, figure in scored if score >= 1 and not _is_illustration(figure)
        ]
        if self._table:  # the statistics speak for themselves
            matching = [figure for figure in matching if figure.kind != "official"]
        near = [
            (score, figure)
            for score, figure in scored
            if figure not in matching and score >= _NEAR_FROM
        ]
        near.sort(key=lambda pair: (-pair[0], _order(pair[1])))
        return PayAnswer(
            query=query,
            found=bool(matching or official),
            figures=tuple(sorted(matching, key=_order)),
            near=tuple(figure for _, figure in near if figure.kind != "official")[:NEAR],
            official=official,
            index_version=self._version,
        )

    def _read(self, text: str) -> _Asked:
        amounts = tuple(m.low for m in find_money(text, bare=True) if m.low >= 1000)
        rest = text
        for money in reversed(find_money(text, bare=True) if amounts else []):
            rest = rest[: money.span.start] + " " + rest[money.span.end :]
        places = tuple(name for _, _, name in _asked_places(rest))
        for start, end, _ in reversed(_asked_places(rest)):
            rest = rest[:start] + " " + rest[end:]
        currency = period = None
        words: list[str] = []
        raw = _glued([w.strip(".'’").lower() for w in _WORD.findall(rest)], self.employers)
        trend = any(vocabulary.singular(w) in _TRENDS for w in raw if w)
        for number, word in enumerate(raw):
            if not word:
                continue
            one = vocabulary.singular(word)
            if one in _CURRENCIES and (one != "pound" or number):
                currency = _CURRENCIES[one]
            elif one in _PERIODS and not (number and raw[number - 1] in {"this", "last", "next"}):
                period = _PERIODS[one]
            elif one in _TRENDS or word in _EMPTY or (one in _PERIODS):
                continue
            else:
                words.append(self._spelt(word))
        terms = tuple(dict.fromkeys(vocabulary.role_terms(" ".join(words))))
        return _Asked(terms, amounts, currency, period, trend, places)

    def _spelt(self, word: str) -> str:
        """A word as it is known, or as the one it nearly is."""
        if len(word) < 3 or word in self._words or vocabulary.singular(word) in self._words:
            return word
        if all(part in self._words for part in re.split(r"[-/]", word)):
            return word
        if "-" in word:
            return "-".join(self._spelt(part) for part in word.split("-"))
        close = get_close_matches(word, self._words, n=1, cutoff=0.84)
        return close[0] if close and close[0][0] == word[0] else word

    def _score(self, asked: _Asked, figure: PayFigure, terms: frozenset[str]) -> float:
        """The part of what was asked that a figure meets; 1 is all of it."""
        met = [term in terms for term in asked.terms]
        met += [amount in {figure.amount_min, figure.amount_max} for amount in asked.amounts]
        if asked.currency:
            met.append(figure.currency == asked.currency)
        if asked.period:
            met.append(figure.period == asked.period)
        if asked.trend:
            met.append(figure.kind == "projection")
        if asked.places:
            here = {name for _, _, name in vocabulary.places_in(figure.location or "")}
            met.append(any(place in here for place in asked.places))
        said = len(asked.terms) + len(asked.amounts)
        if not any(met[:said] or met):
            return 0.0
        # "engineer" is shared by too many jobs to make one near another.
        weights = [0.5 if term in _COMMON else 1.0 for term in asked.terms]
        weights += [1.0] * (len(met) - len(weights))
        return sum(w for w, is_met in zip(weights, met, strict=True) if is_met) / sum(weights)

    def _query(self, text: str, asked: _Asked) -> PayQuery:
        level, _ = split_level(text)
        level = level or vocabulary.level_of(text)
        typed, place, outside = self._places.find_in(text) if self._places else (None, None, False)
        if typed is None and asked.places:
            typed = asked.places[0]
        companies = {
            name: figure.company
            for figure in self._figures
            if figure.company
            for name in _company_terms(figure.company) - _ROLE_WORDS
        }
        company = next((companies[t] for t in asked.terms if t in companies), None)
        others = [
            t for t in asked.terms if t not in companies and t not in vocabulary.LEVELS.values()
        ]
        known = [t for t in others if t in self._words and t not in {"remote", "worldwide"}]
        role = " ".join(known) or None
        has_head = any(roles.singular_head(t) in vocabulary.HEADS for t in known)
        without = text.replace(typed, " ") if typed else text
        matches = self._titles.match(without) if self._titles and (has_head or not company) else []
        if matches and not role:
            role = " ".join(others) or None
        return PayQuery(text, role, level, company, typed, tuple(matches), place, outside)

    def _official(self, query: PayQuery) -> OfficialWages | None:
        """The wages of the occupation that the question most likely means, where it asks."""
        if self._table is None or not query.occupations or query.outside:
            return None
        area = query.place.area_code if query.place else NATIONAL
        code = query.occupations[0].occupation_code
        return self._table.wages(code, area) or self._table.wages(code, NATIONAL)


def _glued(words: Sequence[str], names: Collection[str]) -> list[str]:
    """The words, those made one that together are a name: "duck duck go"."""
    glued: list[str] = []
    rest = list(words)
    while rest:
        count = next((n for n in (3, 2) if "".join(rest[:n]) in names), 1)
        glued.append("".join(rest[:count]))
        del rest[:count]
    return glued


def _asked_places(text: str) -> list[tuple[int, int, str]]:
    """Places in a question, where people write "us" and "sf" in lower case too."""
    titled = re.sub(r"\b(?:us|usa|uk|sf|dc|nyc|uae)\b", lambda m: m[0].upper(), text)
    return vocabulary.places_in(titled)


def _figure_terms(figure: PayFigure) -> frozenset[str]:
    """Every word that a question may use for a figure."""
    terms = set(vocabulary.role_terms(figure.role or ""))
    if figure.level:
        terms.add(figure.level.lower())
    if figure.company:
        terms |= _company_terms(figure.company)
    if figure.location:
        terms |= set(vocabulary.role_terms(figure.location))
    if vocabulary.remote_in(figure.quote.text):
        terms.add("remote")
    return frozenset(terms)


def _company_terms(company: str) -> set[str]:
    """A company's name as one word, its words, its initials: "DataWorks" is also "dw"."""
    folded = company.lower()
    words = set(vocabulary.role_terms(company))
    bare = re.sub(r"\.(?:com|io|org|net|ai|co|dev|app)$", "", folded)
    initials = "".join(re.findall(r"[A-Z]", company)).lower()
    found = words | {folded, bare, re.sub(r"\W", "", bare)}
    if len(initials) > 1:
        found.add(initials)
    return {name for name in found if name not in {"the", "of", "and", "inc", "ltd", "gmbh"}}


_ROLE_WORDS = vocabulary.HEADS | vocabulary.FIELDS | set(vocabulary.LEVELS)


def _role_words() -> set[str]:
    return {*_ROLE_WORDS, "dev", "remote", "worldwide", *_EMPTY, "backend", "frontend", "fullstack"}


def _is_illustration(figure: PayFigure) -> bool:
    return any(flagged.flag == "illustration" for flagged in figure.flags)


def _order(figure: PayFigure) -> tuple[bool, bool, bool, str, int]:
    """Disclosed before undisclosed, plausible before implausible, then as in the library."""
    flags = {flagged.flag for flagged in figure.flags}
    return (
        figure.kind == "official",
        figure.kind == "undisclosed",
        "implausible" in flags,
        figure.quote.document.id,
        figure.quote.span.start,
    )


@dataclass(frozen=True)
class RoleWages:
    """The national wages of a figure's role; a role is matched once."""

    titles: TitleMatcher
    table: OfficialTable
    known: dict[str, OfficialWages | None]

    def __call__(self, figure: PayFigure) -> OfficialWages | None:
        """The wages to hold ``figure`` against, where its role is an occupation's."""
        if not figure.role or figure.currency != "USD":
            return None
        if figure.role not in self.known:
            matches = self.titles.match(figure.role)
            code = matches[0].occupation_code if matches else None
            self.known[figure.role] = self.table.wages(code, NATIONAL) if code else None
        return self.known[figure.role]
