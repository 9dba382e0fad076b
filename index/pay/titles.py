"""Titles as people type them → occupations of the statistics, each with a confidence.

Three steps, each for what the one before leaves open: the words people use (``aliases``) and the
official names, by weighted shared words in any order; misspelt and glued words, by edit distance;
the meaning, by the encoder's vectors of official names.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import log

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from index.models.runtime import Encoder, Vectors
from index.pay.aliases import ALIASES
from index.pay.model import OccupationMatch
from index.pay.official import Occupation, hyphenated

_ENOUGH = 0.6
"""Below this a title means no occupation."""
_SURE = 0.8
"""From this on the words decide, and no model is asked."""
_CLOSE = 0.06
"""Occupations this near to the best one are offered beside it."""
_OFFERED = 3
_WITHOUT_HEAD = 0.55
"""What is left of a score where the word that says what somebody is ("nurse") is not shared."""
_OTHER_HEAD = 0.75
"""What is left of it where the phrase's own such word is not in the title."""
_GLUED = 0.9
"""What is left of it where only other spaces and letters together make the phrase."""
_TOO_GENERAL = frozenset(
    "administrator analyst assistant associate coordinator helper officer operator representative "
    "scientist specialist supervisor technician worker".split()
)
"""Alone these could be anybody."""
_ALIKE = 0.62
"""The cosine from which two titles may mean the same occupation; 1 means the same words."""

_LEVELS = {
    "intern": "intern internship trainee apprentice praktikant becario stagiaire werkstudent",
    "junior": "junior jr jnr",
    "entry": "entry graduate grad",
    "associate": "associate",
    "mid": "mid middle midlevel intermediate",
    "senior": "senior sr snr",
    "staff": "staff",
    "principal": "principal",
    "distinguished": "distinguished fellow",
    "lead": "lead",
    "head": "head",
    "director": "director",
    "vp": "vp",
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words.split()}
_GRADE = re.compile(r"(?:l|ic|e|p|m|t)[1-9]\d?|i{1,3}|iv|v|[1-7]")
_FIRST_GRADE = re.compile(r"(?:l|ic|e)[1-9]")
"""L5, IC4, E6, II, 3: an employer's own counting, kept as it stands; few may come first."""
_ONLY_BEFORE = frozenset("associate staff principal lead head director vp distinguished".split())
"""Levels only in front of an occupation: a "sales associate" is no level of sales."""
_ONLY_WITH_LEVEL = frozenset("entry mid".split())
_LEADING = frozenset("head director vp".split())
"""Levels that make a manager of whatever follows: "VP of sales"."""
_ANY_GENDER = re.compile(r"\(\s*[mwfdx](?:\s*/\s*[mwfdx])+\s*\)|[/*:]-?in(?:nen)?\b", re.IGNORECASE)
"""What German advertisements add to a title: "(m/w/d)", "/in"."""

_SHORT = {
    "dev": "developer", "devs": "developer", "eng": "engineer", "engr": "engineer",
    "mgr": "manager", "asst": "assistant", "tech": "technician", "admin": "administrator",
    "rep": "representative", "acct": "accountant", "prof": "professor", "atty": "attorney",
    "coord": "coordinator", "specialst": "specialist", "svc": "service", "cust": "customer",
    "fullstack": "full stack", "frontend": "front end", "backend": "back end",
    "hr": "human resources", "qa": "quality assurance", "ml": "machine learning",
    "ai": "artificial intelligence", "swe": "software engineer", "mech": "mechanical",
    "elec": "electrical", "ed": "education", "sysadmin": "system administrator", "nodejs": "node",
    "reactjs": "react", "doctor": "physician", "attorney": "lawyer", "helpdesk": "help desk",
}  # fmt: skip
_EMPTY = frozenset(
    "a an and the of for in at to with on de del du des la le en der die das fur und e y et "
    "di job position role career work all other level".split()
)


class TitleMatcher:
    """The occupations of a release, ready to be found by title."""

    def __init__(
        self,
        occupations: Sequence[Occupation],
        encoder: Encoder | None,
        vectors: Vectors | None = None,
    ) -> None:
        """``vectors`` are those of ``name_vectors``; else they are made when first needed."""
        self._names = {item.code: item.name for item in occupations if item.detailed}
        self._codes = tuple(self._names)
        self._occupations = occupations
        self._encoder = encoder
        self._vectors = vectors
        self._phrases: list[tuple[frozenset[str], str, str]] = []
        self._exact: dict[frozenset[str], list[str]] = defaultdict(list)
        glued: dict[str, int] = {}
        for code, words, head in _read_phrases(tuple(self._names.items())):
            if code in self._exact[frozenset(words)]:
                continue
            self._exact[frozenset(words)].append(code)
            glued.setdefault("".join(words), len(self._phrases))
            self._phrases.append((frozenset(words), head, code))
        self._glued, self._glued_phrase = list(glued), list(glued.values())
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, (phrase_words, _, _) in enumerate(self._phrases):
            for word in phrase_words:
                self._with[word].append(number)
        self._vocabulary = list(self._with)
        self._rare = {
            word: log(len(self._phrases) / len(numbers)) for word, numbers in self._with.items()
        }

    def match(self, text: str) -> list[OccupationMatch]:
        """What ``text`` may mean, best first; empty where it means no occupation.

        One match where the title is clear, two or three where it is ambiguous.
        """
        level, rest = split_level(text)
        managed = f"{rest} manager" if level in _LEADING else text
        for title in dict.fromkeys((text, managed, rest)):
            codes = self._exact.get(frozenset(_words(title)), [])
            if codes:
                sure = 1.0 if len(codes) == 1 else 0.9
                return [self._match(code, sure) for code in codes[:_OFFERED]]
        words = _words(rest)
        if all(word in _LEVEL_OF for word in words) or (
            len(words) == 1 and words[0] in _TOO_GENERAL
        ):
            return []
        scores = self._by_words(rest)
        if max(scores.values(), default=0) < _SURE:
            for code, score in self._by_meaning(rest):
                scores[code] = max(scores.get(code, 0), score)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [
            self._match(code, score)
            for code, score in ranked[:_OFFERED]
            if score >= max(_ENOUGH, ranked[0][1] - _CLOSE)
        ]

    def _match(self, code: str, confidence: float) -> OccupationMatch:
        return OccupationMatch(self._names[code], hyphenated(code), round(float(confidence), 2))

    def _by_words(self, title: str) -> dict[str, float]:
        """Occupation → how much of its best phrase and of the title is shared, 0 to 1."""
        words = _words(title)
        spelt = {word: self._spelt(word) for word in words}
        head = spelt[_head(title, words)][0]
        known: dict[str, float] = defaultdict(float)
        for word, likeness in spelt.values():
            known[word] = max(known[word], likeness)
        unknown = log(len(self._phrases))
        asked = sum(self._rare.get(word, unknown) for word in known)
        shared: dict[int, float] = defaultdict(float)
        for word, likeness in known.items():
            for number in self._with.get(word, ()):
                shared[number] += self._rare[word] * likeness
        scores: dict[str, float] = {}
        for number, weight in shared.items():
            phrase, its_head, code = self._phrases[number]
            offered = sum(self._rare[word] for word in phrase)
            score = 2 * weight / (asked + offered)
            if head not in phrase:
                score *= _WITHOUT_HEAD
            elif its_head not in known:
                score *= _OTHER_HEAD
            scores[code] = max(scores.get(code, 0), score)
        return (
            scores if all(word in self._rare for word in words) else self._glued_too(words, scores)
        )

    def _spelt(self, word: str) -> tuple[str, float]:
        """The known word that was meant, and how alike the two are; itself where none is near."""
        if word in self._rare or len(word) < 5 or (self._encoder and word in self._encoder.words):
            return word, 1.0
        found = process.extractOne(
            word, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=0.75
        )
        if found is None or (found[0][0] != word[0] and found[1] < 0.85):
            return word, 1.0
        return found[0], found[1]

    def _glued_too(self, words: list[str], scores: dict[str, float]) -> dict[str, float]:
        """Add what is found when spaces are ignored: "softwareengineer", "fork lift operater"."""
        text = "".join(words)
        if len(text) < 7:
            return scores
        for _, likeness, place in process.extract(
            text, self._glued, scorer=fuzz.ratio, score_cutoff=88, limit=_OFFERED
        ):
            code = self._phrases[self._glued_phrase[place]][2]
            sure = 1.0 if likeness == 100 else _GLUED * likeness / 100
            scores[code] = max(scores.get(code, 0), sure)
        return scores

    def _by_meaning(self, title: str) -> Iterable[tuple[str, float]]:
        """Occupations whose official name means about the same, scored from ``_ENOUGH`` to 1."""
        if self._encoder is None:
            return []
        if self._vectors is None:
            self._vectors = name_vectors(self._occupations, self._encoder.encode)
        cosines = self._vectors @ self._encoder.encode([title])[0]
        best = np.argsort(-cosines)[:_OFFERED]
        stretch = (_SURE - _ENOUGH) / (1 - _ALIKE)
        return [
            (self._codes[row], _ENOUGH + stretch * (float(cosines[row]) - _ALIKE))
            for row in best
            if cosines[row] >= _ALIKE
        ]


def name_vectors(
    occupations: Sequence[Occupation], encode: Callable[[Sequence[str]], Vectors]
) -> Vectors:
    """The vectors of detailed occupations' names, shape (detailed occupations, dimension)."""
    return encode([_short_name(item.name) for item in occupations if item.detailed])


def split_level(text: str) -> tuple[str | None, str]:
    """A title's level and the rest: "Sr. Backend Dev" → ("senior", "Backend Dev").

    The level is "intern", "entry", "junior", "associate", "mid", "senior", "staff", "principal",
    "distinguished", "lead", "head", "director" or "vp", or an employer's own as typed in capitals
    ("L5", "II"). A word that is the occupation itself ("principal", "intern") stays in the rest.
    """
    parts = list(re.finditer(r"[^\W_]+(?:\+\+|#)?", text))
    plain = [_plain(part.group()) for part in parts]
    level: str | None = None
    taken: set[int] = set()
    for number, word in enumerate(plain):
        after = plain[number + 1] if number + 1 < len(plain) else ""
        first = number == len(taken)
        found = _level(word, after, first=first)
        if found:
            level = found if level in {None, "senior"} else level
            taken.update([number, number + 1] if after == "level" else [number])
    if not taken or len(taken) == len(parts):
        return None, text.strip()
    kept, place = [], 0
    for number, part in enumerate(parts):
        if number in taken:
            kept.append(text[place : part.start()])
            place = part.end()
    rest = "".join([*kept, text[place:]])
    rest = re.sub(r"^\s*of\b|\(\s*\)|(?<![\w.])\.(?=\s|$)", " ", rest)
    return level, re.sub(r"\s+", " ", rest).strip(" .,-–/")


def _level(word: str, after: str, *, first: bool) -> str | None:
    """The level that a word names, given the word behind it and whether it comes first."""
    if word in _ONLY_WITH_LEVEL and after != "level":
        return None
    if word in _ONLY_BEFORE and after != "level" and not (first and after):
        return None
    if (_FIRST_GRADE if first else _GRADE).fullmatch(word):
        return word.upper()
    return _LEVEL_OF.get(word)


@lru_cache(maxsize=2)
def _read_phrases(names: tuple[tuple[str, str], ...]) -> list[tuple[str, list[str], str]]:
    """Every phrase's code, words and head: the same for every version with the same release."""
    read = [(code, phrase, _words(phrase)) for code, phrase in _phrases(dict(names))]
    return [(code, words, _head(phrase, words)) for code, phrase, words in read if words]


def _phrases(names: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Every phrase that means an occupation of this release, with its code."""
    for alias_code, aliases in ALIASES.items():
        code = alias_code.replace("-", "")
        if code in names:
            yield from ((code, alias) for alias in aliases.split(";"))
    for code, name in names.items():
        yield code, name
        if "All Other" not in name:
            yield code, _short_name(name)


def _short_name(name: str) -> str:
    """The name without what it excepts or includes."""
    return re.split(r",? (?:Except|Including|All Other)\b", name)[0]


def _words(text: str) -> list[str]:
    """The words that count, in their plainest form."""
    plain = _plain(_ANY_GENDER.sub(" ", text)).replace("'", "").replace("’", "")
    words = [
        _singular(word)
        for token in re.findall(r"[^\W_]+(?:\+\+|#)?", plain)
        for word in _SHORT.get(token, token).split()
    ]
    return [word for word in words if word not in _EMPTY]


def _plain(text: str) -> str:
    """Without capitals and accents."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    if marked.isascii():
        return marked
    return "".join(mark for mark in marked if not unicodedata.combining(mark))


def _singular(word: str) -> str:
    if (
        len(word) < 4
        or word == "securities"
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is"))
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


def _head(title: str, words: list[str]) -> str:
    """The word that says what somebody is: the last before a comma, a bracket or "of"."""
    first = _words(re.split(r"[,(|]|\s[-–—]\s|\b(?:of|for|in|at)\b", title, maxsplit=1)[0])
    return (first or words)[-1]
