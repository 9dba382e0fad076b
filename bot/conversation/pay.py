"""A pay query as people refine it: another occupation, another place."""

from dataclasses import dataclass, replace
from typing import Protocol

from index.answer import Answer, Timings
from index.documents.document import Quote
from index.pay.model import PayAnswer, PayQuery, PlaceMatch
from index.pay.official import NATIONAL, OfficialTable

NEAR_SHOWN = 3
"""Near figures that a reply shows, at most."""


@dataclass(frozen=True, slots=True)
class PayAsked:
    """What a pay answer was looked up with: the words, and codes of what was chosen from menus."""

    query: str
    occupation: str | None = None
    area: str | None = None


class PayLibrary(Protocol):
    """The index as a pay lookup needs it."""

    @property
    def wages(self) -> OfficialTable | None:
        """The official wage statistics, if the version holds them."""

    def pay(self, query: str) -> PayAnswer:
        """Look up what a role pays."""


def look_up(library: PayLibrary, asked: PayAsked) -> PayAnswer:
    """Look up pay; what somebody chose from a menu decides which official wages are shown."""
    answer = library.pay(asked.query)
    if library.wages is None or not (asked.occupation or asked.area):
        return answer
    query = answer.query
    if asked.occupation:
        chosen = (o for o in query.occupations if o.occupation_code == asked.occupation)
        query = replace(query, occupations=tuple(replace(o, confidence=1.0) for o in chosen))
    if area := next((a for a in library.wages.areas if a.code == asked.area), None):
        query = replace(query, place=PlaceMatch(area.name, area.code, 1.0), outside=False)
    first = next(iter(query.occupations), None)
    place = query.place.area_code if query.place else NATIONAL
    official = (
        library.wages.wages(first.occupation_code, place) if first and not query.outside else None
    )
    return replace(answer, query=query, official=official)


def with_place(query: PayQuery, area: str) -> str:
    """Write a query anew with another place in it."""
    if query.location and query.location in query.text:
        return query.text.replace(query.location, area)
    return f"{query.text}, {area}"


def quotes_shown(answer: PayAnswer) -> tuple[Quote, ...]:
    """Every quote that a reply may show, for the ledger."""
    return tuple(figure.quote for figure in (*answer.figures, *answer.near[:NEAR_SHOWN]))


def as_answer(answer: PayAnswer, question: str) -> Answer:
    """Write a pay answer as the ledger keeps answers: what was asked and which spans were shown."""
    quotes = quotes_shown(answer)
    return Answer(
        question=question,
        answered=answer.found,
        confidence=1.0 if answer.found else 0.0,
        index_version=answer.index_version,
        quotes=quotes if answer.found else (),
        nearest=() if answer.found else quotes,
        differs=any(f.flag == "sources disagree" for p in answer.figures for f in p.flags),
        timings_ms=Timings(0, 0, 0, 0),
    )
