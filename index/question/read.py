"""What somebody typed → `Asked`. The only place that reads the string of a message."""

import re
from collections.abc import Collection
from dataclasses import replace

from index.pay.vocabulary import level_of, places_in
from index.places import named_places
from index.question.asked import Asked, Kind
from index.question.followups import Encode, standing_alone
from index.question.kinds import kind_of, without_greeting
from index.question.pay import is_bare, pay_query
from index.question.subjects import asked_about
from index.shorthand import spelled_out

_LONGEST = 400
"""Characters that are searched for. Of a longer message the end counts: people tell first and ask
last, and the vector of a long text is that of no question."""

_MARKUP = re.compile(r"<[^<>\s]*(?:\|[^<>]*)?>|https?://\S+|@(?:here|channel|everyone)\b")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
_QUESTIONS = re.compile(
    r"(?P<first>[^?]+\?)\s*(?:and |also |plus |oh and )?(?P<second>[^?]+\?+)", re.IGNORECASE
)
_ASKS = re.compile(
    r"(?:.*[.!:,;]\s*)?(?:(?:and|also|so|but|ok|or|plus)[, ]+)?"
    r"(?:how|what|when|where|which|who|whose|why|is|are|am|was|were|do|does|did|can|could|should|will"
    r"|would|has|have|any)(?:['’]s)?\b(?:\W+\w+['’]?\w*){3,}",
    re.IGNORECASE | re.DOTALL,
)
"""A whole question: it begins as one does, after whatever, and has three more words."""


def read(text: str, before: str | None, encode: Encode, employers: Collection[str] = ()) -> Asked:
    """What a message asks, after the question ``before`` if there was one.

    ``before`` is that question as it was read (`Asked.alone`). ``encode`` gives meaning to the
    words of a follow-up (`index.models.runtime.Encoder.encode`); ``employers`` are the names, in
    small letters, that count as one.
    """
    bare = " ".join(_MARKUP.sub(" ", text).split(" ")).strip()
    kind = kind_of(bare)
    if kind != Kind.QUESTION:
        return Asked(text, kind, before=before)
    asked = without_greeting(bare)
    if not before and is_bare(asked):
        return Asked(text, Kind.PAY)
    if both := _two(asked):
        first, second = both
        whole = _read(first, before, encode, employers)
        return replace(whole, text=text, then=_read(second, whole.alone, encode, employers))
    return replace(_read(asked, before, encode, employers), text=text)


def read_pay(text: str) -> Asked:
    """What is asked where nothing but pay is: by a form or a command."""
    query = " ".join(_MARKUP.sub(" ", text).split())
    kind = Kind.PAY if re.search(r"\w", query) else Kind.NOTHING
    return _named(Asked(text, kind, words=query, query=query), ())


def _read(asked: str, before: str | None, encode: Encode, employers: Collection[str]) -> Asked:
    """One question."""
    said = _end_of(" ".join(asked.split()))
    alone = standing_alone(said, before, encode) if before else said
    found = Asked(
        text=asked,
        kind=Kind.QUESTION,
        words=spelled_out(alone),
        before=before,
        read_as=alone if alone != said else None,
    )
    if (query := pay_query(alone)) and (alone == said or _keeps_to_pay(said)):
        found = replace(found, kind=Kind.PAY, query=query)
    return _named(found, employers)


def _keeps_to_pay(said: str) -> bool:
    """Whether a follow-up on pay is about pay: "and in Texas?" is, "and resume tips?" is not."""
    return bool(places_in(said) or asked_about(said).jobs or level_of(said))


def _named(asked: Asked, employers: Collection[str]) -> Asked:
    """The same with the places, jobs, years, ranks, level and employer that its words name."""
    about = asked_about(asked.words)
    words = set(re.findall(r"[\w.&'-]+", asked.words.casefold()))
    return replace(
        asked,
        jobs=about.jobs,
        years=about.years,
        ranks=about.ranks,
        places=named_places(asked.words),
        level=level_of(asked.words),
        employer=min(words & set(employers), default=None),
    )


def _end_of(asked: str) -> str:
    """The last sentences of a long message, the last question among them."""
    if len(asked) <= _LONGEST:
        return asked
    sentences = [s for s in _SENTENCE_END.split(asked) if s]
    last = max((n for n, s in enumerate(sentences) if s.endswith("?")), default=len(sentences) - 1)
    kept = sentences[last][-_LONGEST:]
    for sentence in reversed(sentences[:last]):
        if len(kept) + len(sentence) >= _LONGEST:
            break
        kept = f"{sentence} {kept}"
    return kept


def _two(asked: str) -> tuple[str, str] | None:
    """The two questions that a message asks, if it asks just two whole ones."""
    found = _QUESTIONS.fullmatch(asked)
    if not found or not all(_ASKS.fullmatch(part.rstrip("?! ")) for part in found.groups()):
        return None
    return found["first"].strip(), found["second"].strip()
