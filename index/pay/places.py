"""Places as people type them → areas of the statistics, or: outside the statistics.

An area name spells out its cities and states ("Dallas-Fort Worth-Arlington, TX"); what else people
say is in ``gazetteer``. A name that is in neither is not known: nobody is told that it is abroad.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.pay.gazetteer import CITIES, COUNTRIES, METROS, NATIONWIDE, STATES
from index.pay.model import PlaceMatch
from index.pay.official import NATIONAL, Area

_OUTSIDE = ""
"""Stands where an area's code would stand."""
_LONGEST = 11
"""Words in the longest name looked for."""
_CUES = frozenset("in near around at from within en em di across".split())
"""A word after one of these may be a place even where it has another meaning."""
_ALIKE = 0.85
_TRAILING = frozenset("area metro metropolitan region greater city".split())
_WORDS_TOO = frozenset(
    "mobile reading bend mission temple auburn orange aurora franklin mesa jackson logan lincoln "
    "madison victoria florence erie flint enid ames rogers camden carmel nova sea us rio cork cali "
    "la me or in ok hi pa ma md pr id al co de oh mi ms mo mt ne nd ct va vi sc sd ri national "
    "america anywhere everett paradise independence concord normal central cary katy columbia "
    "jordan turkey chad guinea poland china georgia kc stl perth nice queens irving stanford "
    "eu asia africa europe dover kent troy hammond lima lawrence murray draper denton houston "
    "yale everywhere sonoma york europe salem augusta charlotte savannah helena".split()
)
"""Names that are also words, titles or people's names: places only where the text says so."""
_NO_PLACE = frozenset("college county town vienna".split())
"""Parts of area names that nobody means."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a text: characters ``start`` to ``end``; ``code`` is empty for outside."""

    start: int
    end: int
    code: str
    confidence: float
    cued: bool


class PlaceMatcher:
    """The areas of a release, ready to be found by name."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._names = {area.code: area.name for area in areas}
        self._known: dict[str, tuple[str, float]] = {}
        self._states = {area.name.lower(): area.code for area in areas if area.kind == "state"}
        for name, code, confidence in self._entries(areas):
            if code == _OUTSIDE or code in self._names:
                self._known.setdefault(_plain(name), (code, confidence))
        self._typed = [name for name in self._known if len(name) > 5]

    def match(self, text: str) -> PlaceMatch | None:
        """The area that ``text``, only a place, means; ``None`` if outside or unknown."""
        found = self._whole(text) or next(self._misspelt(text, whole=True), None)
        return self._area(found) if found else None

    def find_in(self, text: str) -> tuple[str | None, PlaceMatch | None, bool]:
        """The words of ``text`` that name a place, the area, whether it is outside the statistics.

        ``(None, None, False)`` where no known place is named. "remote" is the whole country.
        """
        mentions = list(self._mentions(text))
        found = sorted(mentions, key=_preference) or list(self._misspelt(text))
        if not found:
            return None, None, False
        best = found[0]
        start, end = _with_neighbours(text, best, mentions)
        return text[start:end], self._area(best), best.code == _OUTSIDE

    def _area(self, found: _Found) -> PlaceMatch | None:
        if found.code == _OUTSIDE:
            return None
        return PlaceMatch(self._names[found.code], found.code, found.confidence)

    def _whole(self, text: str) -> _Found | None:
        """All of ``text`` as one place."""
        words = list(_WORD.finditer(text))
        if not words:
            return None
        start, end = words[0].start(), words[-1].end()
        plain = [_plain(word.group()) for word in words]
        known = self._lookup(plain, text[start:end]) or self._lookup(_without(plain), text)
        return _Found(start, end, *known, cued=True) if known else None

    def _lookup(self, words: list[str], typed: str) -> tuple[str, float] | None:
        """What these plain words name: a known name, or a city with its state or country."""
        name = " ".join(words)
        if name in self._known:
            if name == "la" and "," not in typed:
                return self._known["los angeles"]
            return self._known[name]
        for cut in range(len(words) - 1, 0, -1):
            state = self._state(words[cut:])
            if state and "," in typed and len(words[:cut]) <= 3:
                # A town the statistics do not name: its state is the nearest that they have.
                return state, 0.7
            region = self._known.get(" ".join(words[cut:]))
            if region and region[0] == _OUTSIDE and "," in typed:
                return _OUTSIDE, 1.0
        return None

    def _state(self, words: list[str]) -> str | None:
        name = " ".join(words)
        return self._states.get(STATES.get(name, name).lower())

    def _mentions(self, text: str) -> Iterator[_Found]:
        """Every known name in ``text``; of names inside one another the longest."""
        words = list(_WORD.finditer(text))
        plain = [_plain(word.group()) for word in words]
        place = 0
        while place < len(words):
            for length in range(min(_LONGEST, len(words) - place), 0, -1):
                start, end = words[place].start(), words[place + length - 1].end()
                cued = _is_cued(text, plain, words, place)
                named = plain[place : place + length]
                alone = length == len(words) and named[0] not in _TITLES_TOO
                known = self._named(text[start:end], named, cued=cued or alone)
                if known and not (named[0] in _WORDS_TOO and _goes_on(text, end)):
                    yield _Found(start, end, *known, cued=cued)
                    place += length
                    break
            else:
                place += 1

    def _named(self, typed: str, words: list[str], *, cued: bool) -> tuple[str, float] | None:
        """What a stretch of a longer text names, if it is surely meant as a place."""
        name = " ".join(words)
        if name in _TITLES_TOO and not (cued and typed.isupper()):
            return None
        if not cued and (name in _WORDS_TOO or len(name) == 2):
            return self._known.get(name) if typed.isupper() and name in _CAPITALS else None
        if name in self._known:
            return self._lookup(words, typed)
        # An unknown town counts only where the text says that a place follows.
        return self._lookup(words, typed) if cued and typed[:1].isupper() else None

    def _misspelt(self, text: str, *, whole: bool = False) -> Iterator[_Found]:
        """A known name with a slip: where the text says that a place follows, or at its end."""
        words = list(_WORD.finditer(text))
        plain = [_plain(word.group()) for word in words]
        for place in range(1 if whole and words else len(words)):
            for stop in range(min(len(words), place + 4), place, -1):
                if not (_is_cued(text, plain, words, place) or stop == len(words)):
                    continue
                near = self._near(" ".join(plain[place:stop]))
                if near:
                    yield _Found(words[place].start(), words[stop - 1].end(), *near, cued=True)
                    return

    def _near(self, name: str) -> tuple[str, float] | None:
        if len(name) < 6:
            return None
        found = process.extractOne(
            name, self._typed, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE - 0.02
        )
        if found is None or found[0][0] != name[0]:
            return None
        code, confidence = self._known[found[0]]
        return code, round(confidence * found[1], 2)

    def _entries(self, areas: Sequence[Area]) -> Iterable[tuple[str, str, float]]:
        """Names, what they mean, and how surely; of equal names the first counts."""
        yield from ((name, NATIONAL, 1.0) for name in NATIONWIDE.split(";"))
        for area in areas:
            if area.kind == "state":
                yield f"{area.name} state", area.code, 1.0
                yield f"state of {area.name}", area.code, 1.0
                if area.name not in {"New York", "Washington"}:
                    yield area.name, area.code, 1.0
        for code, names in METROS.items():
            yield from ((name, code, 0.95) for name in names.split(";"))
            for state in self._names.get(code, "").partition(", ")[2].split("-"):
                full = STATES.get(state.lower(), state)
                for name in names.split(";"):
                    yield from ((f"{name} {end}", code, 1.0) for end in (state, full))
        yield from ((name, _OUTSIDE, 1.0) for name in f"{COUNTRIES};{CITIES}".split(";"))
        for short, name in STATES.items():
            yield short, self._states.get(name.lower(), "-"), 1.0
        yield "washington", self._states.get("washington", "-"), 0.7
        yield from _cities(areas)
        for area in areas:
            yield area.name, area.code, 1.0


def _cities(areas: Sequence[Area]) -> Iterable[tuple[str, str, float]]:
    """City names in metropolitan areas' names, alone and with their states."""
    meant: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for area in areas:
        if area.kind != "metropolitan":
            continue
        cities, _, states = area.name.partition(", ")
        if "-" in cities:
            yield cities, area.code, 1.0
        for rank, part in enumerate(re.split(r"--|-|/", cities)):
            city = re.sub(r"^Urban | (?:City|Town)$", "", part)
            for name in {part, city}:
                if _plain(name) in _NO_PLACE or name.endswith("County"):
                    continue
                meant[name].append((rank, area.code))
                for state in states.split("-"):
                    yield f"{name} {state}", area.code, 1.0
                    yield f"{name} {STATES.get(state.lower(), state)}", area.code, 1.0
    for name, ranked in meant.items():
        yield name, min(ranked)[1], 0.95 if len(ranked) == 1 else 0.6


_TITLES_TOO = frozenset("in or me ok hi pa ma md pr co ms vi".split())
"""States in two letters that are words or titles as well: only in capitals, and after "in"."""
_CAPITALS = (frozenset(STATES) - _TITLES_TOO) | {"us", "uk", "kc", "eu"}
"""Two letters that are a place if typed in capitals, without any other sign."""


def _with_neighbours(text: str, best: _Found, mentions: list[_Found]) -> tuple[int, int]:
    """Where the words naming the place start and end: "Lyon, France" is one place, not two."""
    start, end = best.start, best.end
    for found in mentions:
        if found.start >= end and re.fullmatch(r"[\s,(]*", text[end : found.start]):
            end = found.end
    for found in reversed(mentions):
        same = found.code == best.code
        if same and found.end <= start and re.fullmatch(r"[\s,(]*", text[found.end : start]):
            start = found.start
    if area := re.match(r"(?: (?:metro(?:politan)?|area|region)\b)+", text[end:]):
        end += area.end()
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    if re.match(r"\.(?!\w)", text[end:]) and re.search(r"\.[^\W\d_]$", text[start:end]):
        end += 1
    return start, end


def _goes_on(text: str, end: int) -> bool:
    """Whether a name seems to go on behind ``end``, as "La" does in "La Paz"."""
    return bool(re.match(r" [A-Z][a-z]", text[end:]))


def _is_cued(text: str, plain: list[str], words: list[re.Match[str]], place: int) -> bool:
    """Whether the text says that a place follows: after "in", a comma, a bracket."""
    if not place:
        return False
    between = text[words[place - 1].end() : words[place].start()]
    article = plain[place - 1] == "the" and place > 1
    before = plain[place - 2] if article else plain[place - 1]
    return before in _CUES or bool(re.search(r"[,(@|–—]|\s-\s", between))


def _preference(found: _Found) -> tuple[bool, bool, int]:
    """A named area before the whole country, a place after "in" before others, the last first."""
    return found.code == NATIONAL, not found.cued, -found.start


def _without(words: list[str]) -> list[str]:
    """The name alone, without "the greater … area"."""
    kept = [word for word in words if word not in _TRAILING and word != "the"]
    return kept or words


def _plain(text: str) -> str:
    """Small letters without accents and marks; "St." and "Ft." written out as "st" and "fort"."""
    marked = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    words = marked
    if not marked.isascii():
        words = "".join(mark for mark in marked if not unicodedata.combining(mark))
    spelt = {"saint": "st", "ft": "fort", "mount": "mt"}
    return " ".join(spelt.get(word, word) for word in re.findall(r"[^\W_]+", words))
