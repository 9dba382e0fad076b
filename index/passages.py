"""Document → Passages: what can be found, as start and end only."""

import re
from dataclasses import dataclass

import sentencex

from index.documents.document import Block, BlockKind, Document, Span


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


_LONGEST_WHOLE = 300
"""A list item up to here is one passage; a longer one is cut into its sentences."""

_LONGEST_WINDOW = 700

_LABEL_WORDS = 3
"""An opening "Data modeling." of so few words is no sentence: it belongs to the next one."""

_NO_END = re.compile(
    r"(?:\b(?:No|Nos|Vol|Fig|approx|vs|e\.g|i\.e|cf|resp|Inc|Ltd|St|Mr|Mrs|Dr)\.)$"
)


def passages(document: Document) -> list[Passage]:
    """Cut a document into passages, in the order of the text."""
    cut = [
        (span, block, heading)
        for block, heading in _with_headings(document)
        for span in _spans(document, block)
    ]
    found = []
    for number, (span, block, heading) in enumerate(cut):
        window = span
        for neighbour in (number - 1, number + 1):
            if 0 <= neighbour < len(cut) and cut[neighbour][2] == heading:
                wider = _around(window, cut[neighbour][0])
                if wider.end - wider.start <= _LONGEST_WINDOW:
                    window = wider
        found.append(Passage(span, window, heading, block.lead, _is_quotable(document.cut(span))))
    return found


def _with_headings(document: Document) -> list[tuple[Block, Span | None]]:
    """Each block that may be quoted, with the nearest heading above it."""
    found, heading = [], None
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            heading = block.span
        elif block.kind is not BlockKind.BOILERPLATE:
            found.append((block, heading))
    return found


def _spans(document: Document, block: Block) -> list[Span]:
    """The passages of one block: a row or short item whole, anything else by sentences."""
    length = block.span.end - block.span.start
    if block.kind is BlockKind.ROW or (block.kind is BlockKind.ITEM and length <= _LONGEST_WHOLE):
        return [block.span]
    return _sentences(document.cut(block.span), block.span.start)


def _sentences(text: str, offset: int) -> list[Span]:
    """The sentences of a paragraph, without the white space around them."""
    spans: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        raw = text[boundary["start_index"] : boundary["end_index"]]
        stripped = raw.strip()
        if not stripped:
            continue
        start = boundary["start_index"] + raw.index(stripped)
        span = Span(offset + start, offset + start + len(stripped))
        if spans and _goes_on(
            text[: spans[-1].end - offset], stripped, is_label=_is_label(spans, text, offset)
        ):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _is_label(spans: list[Span], text: str, offset: int) -> bool:
    """Whether all there is so far is the short label that opens a paragraph."""
    said = text[spans[-1].start - offset : spans[-1].end - offset]
    return len(spans) == 1 and len(said.split()) <= _LABEL_WORDS and said.endswith(".")


def _goes_on(before: str, following: str, *, is_label: bool) -> bool:
    """Whether what follows a boundary still belongs to the sentence before it."""
    return bool(
        is_label
        or _NO_END.search(before)
        or following.startswith(("...", "…"))
        or re.match(r"[a-z]", following)
        or not re.search(r"\w", following)
    )


def _is_quotable(text: str) -> bool:
    """A question or the opening of a list is no answer, nor is what has fewer than two words."""
    bare = text.rstrip("\"”’')] ")
    return not bare.endswith(("?", ":")) and len(re.findall(r"\w+", text)) > 1


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))
