"""Document → Passages: what can be found, as start and end only."""

from dataclasses import dataclass

from index.documents.document import Document, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, list item or table row of a document.

    ``window`` is the passage with its neighbours of the same section: what it is understood by,
    never what is quoted. ``heading`` is the nearest heading above. ``lead`` is the table header or
    the line that opens the list. A passage that is not ``quotable`` (a question, say) helps to
    find what stands beside it and is never shown as an answer.
    """

    span: Span
    window: Span
    heading: Span | None = None
    lead: Span | None = None
    quotable: bool = True


def passages(document: Document) -> list[Passage]:
    """Cut a document into passages, in the order of the text."""
    raise NotImplementedError
