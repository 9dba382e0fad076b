"""A question that leans on the one before it → one that stands alone.

No language model: "and in Texas?" exchanges the part of the question before that is most like it,
"how many of them work there?" takes along what the question before was about.
docs/decisions/0022-follow-ups.md says what was measured.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.documents.document import Span
from index.question.subjects import subjects

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts → unit vectors, shape (texts, dimension)."""

_AUXILIARY = (
    "am|are|aren['’]t|be|been|can|can['’]t|could|did|didn['’]t|do|does|doesn['’]t|don['’]t|had|has"
    "|have|is|isn['’]t|may|might|must|need|shall|should|shouldn['’]t|was|were|will|won['’]t|would"
)
_ASKING = "how|what|what['’]s|when|where|which|who|whom|whose|why"
_PRONOUN = (
    "he|her|here|him|his|it|its|one|ones|same|she|that|their|them|there|these|they|this|those"
)
_PREPOSITION = (
    "about|above|after|among|around|as|at|before|below|between|by|during|for|from|in|inside|into"
    "|near|of|on|outside|over|per|since|through|to|under|until|versus|vs|with|within|without"
)
_OTHER = (
    "a|all|also|an|and|any|because|but|else|each|every|i|if|instead|just|many|me|more|most|much|my"
    "|no|not|only|or|our|so|some|such|than|the|then|too|us|very|we|you|your"
)
_FUNCTION_WORD = re.compile(
    f"{_AUXILIARY}|{_ASKING}|{_PRONOUN}|{_PREPOSITION}|{_OTHER}", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,;:?!()\"“”]+")

_OPENING = re.compile(
    r"(?:(?:ok(?:ay)?|thanks|thank you|thx|and|but|or|so|then|also)\b[,:!.]*\s*)*"
    r"(?:(?:what|how)\s+about\b|what\s+of\b|(?:the\s+)?same\s+(?:question\s+)?(?=for|in|at|with))?"
    r"\s*",
    re.IGNORECASE,
)
"""What a follow-up says before it says anything: "ok, and what about"."""

_EXPLETIVE = re.compile(
    r"\b(?:is|are|was|were|will|be)\s+there\b|\bthere(?:['’]s|\s+(?:is|are|was|were))\b"
    r"|\bit\s+(?=(?:worth|true|possible|better|best|ok|okay|normal|hard|easy|too|necessary)\b)"
    r"|\bworth\s+it\b|\bone\s+(?=[a-z])",
    re.IGNORECASE,
)
"""Pronouns that stand for nothing said before: "is there", "is it worth", "at one job"."""

_POINTS_BACK = re.compile(
    rf"\b(?:(?!(?-i:IT)\b)(?:{_PRONOUN})|else|instead)\b|^(?:why|really)\b", re.IGNORECASE
)
_OF_A_SENTENCE = re.compile(
    rf"\b(?!(?-i:IT)\b)(?:{_ASKING}|{_AUXILIARY}|{_PRONOUN}|if|i|we|you)\b", re.IGNORECASE
)
"""Words that a fragment ("the AWS certificate") has none of."""

_SAYS_ENOUGH = 5
"""A whole question with so many words of content is about those, though it begins with "so" or
holds a "that"; with both it still leans."""

_ASKS_ANEW = re.compile(r"(?:how|what|when|where|which|who|whom|whose)\b", re.IGNORECASE)
_ASKED_FOR = re.compile(
    rf"(?:{_ASKING})\b.*?\b"
    rf"(?:(?:of|for|about)\b|(?:{_AUXILIARY})\b(?!\s+(?:the|an?)\b)(?:\s+(?:i|we|you|it)\b)?)",
    re.IGNORECASE,
)
"""The part of a question that says what is wanted ("what is the median wage of"); the rest is what
it is wanted of."""

_PARTS = re.compile(r"\s+(?=(?:at|for|from|in)\s)", re.IGNORECASE)
_PART = re.compile(rf"((?:{_PREPOSITION})\s+|)(?:(?:the|an?)\s+)?(.+)", re.IGNORECASE)
"""A part: the preposition before it, if any, and what it says without its article."""

_AGENT = re.compile(r"\b(?:i|you|we|they|to)\s+$", re.IGNORECASE)
"""Before what somebody does: "how do I negotiate", which no thing takes the place of."""

_ADDS = re.compile(r"(?:per|with|without|instead)\b", re.IGNORECASE)
"""How a part begins that takes nothing's place."""

_LONGEST_BEFORE = 300
"""Characters of the question before that are looked at: a chain of follow-ups grows no further."""

_LONGEST_FRAGMENT = 8
"""Words; more say something of their own."""

_LONGEST_PLACE = 5
"""Words that one part of a question may have, to be exchanged."""

_LIKE = 0.25
"""The least cosine of what is exchanged: Texas and California have 0.7, APIs and code 0.4."""

_LIKE_LED = 0.4
"""The same for a part with a preposition, which may as well be added: "in Texas"."""

_SAME_LEAD = 0.25
"""What a place with the same preposition is preferred by: "at Stripe" for "at Linear"."""

_ALMOST = 0.73
"""A longer place that ends alike is taken if it is almost as like: not "code" alone but "writing
production code" gives way to "designing systems"."""


def standing_alone(asked: str, before: str, encode: Encode) -> str:
    """What ``asked`` asks after ``before``; ``asked`` itself where it does not lean on it.

    ``encode`` gives meaning to words: `index.models.runtime.Encoder.encode`.
    """
    opening = _OPENING.match(asked)
    assert opening  # it may be empty
    rest = asked[opening.end() :].strip(" ?!.,")
    if not rest or not _WORD.search(before):
        return asked
    if len(before) > _LONGEST_BEFORE:  # what is asked comes last
        before = before[-_LONGEST_BEFORE:].partition(" ")[2]
    is_fragment = not _OF_A_SENTENCE.search(rest) and len(rest.split()) <= _LONGEST_FRAGMENT
    if is_fragment and (opening.group() or _cut(rest)[0]):
        for part in _PARTS.split(rest, maxsplit=2):
            before = _exchanged(before, part, encode)
        return before
    signs = bool(opening.group()) + _points_back(asked)
    if signs == 0 or (signs == 1 and _says_enough(asked)):
        return asked
    if _ASKS_ANEW.match(rest):
        wanted = _ASKED_FOR.match(before)
        return f"{before[wanted.end() if wanted else 0 :].strip()} {rest}?"
    return f"{before} {asked}"


def _points_back(asked: str) -> bool:
    return bool(_POINTS_BACK.search(_EXPLETIVE.sub(" ", asked)))


def _says_enough(asked: str) -> bool:
    words = _WORD.findall(asked)
    return sum(not _FUNCTION_WORD.fullmatch(word) for word in words) >= _SAYS_ENOUGH


def _exchanged(before: str, part: str, encode: Encode) -> str:
    """The question with ``part`` in the place of what is most like it, or else at its end."""
    lead, said = _cut(part)
    places = [] if _ADDS.match(part) else _places_for(said, before)
    if places:
        vectors = encode([said, *(before[p.start : p.end] for p in places)])
        likeness = vectors[1:] @ vectors[0]
        if lead:
            likeness += [_SAME_LEAD * _is_led(before, place, lead) for place in places]
        best = int(np.argmax(likeness))
        if likeness[best] >= (_LIKE_LED if lead else _LIKE):
            place = min(
                p
                for p, like in zip(places, likeness, strict=True)
                if p.end == places[best].end and like >= _ALMOST * likeness[best]
            )
            return before[: place.start] + said + before[place.end :]
    return f"{before.rstrip(' ?!.')} {part}?"


def _places_for(said: str, question: str) -> list[Span]:
    """Where it could stand: a number only for a number, a job only for a job where one is named."""
    places = [
        place
        for place in _places(question)
        if _has_digit(said) == _has_digit(question[place.start : place.end])
        and not _AGENT.search(question[: place.start])
    ]
    if _names_job(said):
        jobs = [p for p in places if _names_job(question[p.start : p.end])]
        return jobs or places
    return places


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _names_job(text: str) -> bool:
    return bool(subjects(text).jobs)


def _cut(part: str) -> tuple[str, str]:
    """The preposition before a part, with the space after it, and what the part says."""
    found = _PART.fullmatch(part)
    return (found[1], found[2]) if found else ("", part)


def _is_led(question: str, place: Span, lead: str) -> bool:
    """Whether the words just before a place are these."""
    return question[: place.start].casefold().endswith(lead.casefold())


def _places(question: str) -> list[Span]:
    """Every run of up to five words of content, with no punctuation between them."""
    words = list(_WORD.finditer(question))
    found = []
    for first, begin in enumerate(words):
        for number, word in enumerate(words[first : first + _LONGEST_PLACE], start=first):
            apart = number > first and question[words[number - 1].end() : word.start()].strip()
            if apart or _FUNCTION_WORD.fullmatch(word.group()):
                break
            found.append(Span(begin.start(), word.end()))
    return found
