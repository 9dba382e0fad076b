"""Document → Passages: what can be found, as start and end only."""

import re
from collections.abc import Iterator
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

_FRAGMENT_WORDS = 3

_INVISIBLE = " \t\n\r\f\v\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
"""What is cut from both ends of a sentence; inside it every character stays."""

_HIDDEN_BREAK = re.compile(r"(?<=[.!?])[\u200b\u2060\ufeff]+\s*(?=[A-Z])")
"""A sentence's end that hidden marks keep apart from the white space after it."""

_ATTRIBUTION = re.compile(r"[—―]\s?[A-Z][\w.'’-]+ [A-Z]")
"""The name under a quotation."""

_UNREADABLE = "\ufffd"

_LABEL_WORDS = 3
"""An opening "Data modeling." of so few words is no sentence: it belongs to the next one."""

_NO_END = re.compile(
    r"(?:\b(?:No|Nos|Vol|Fig|approx|vs|e\.g|i\.e|cf|resp|Inc|Ltd|St|Mr|Mrs|Ms|Dr|Prof|Ph\.D"
    r"|[Ee]st|incl|excl|dept|pp)\.)$",
)
_DOTTED_NAME = re.compile(r"(?:^|[\s(/“\"]|\w)\.[A-Z]{2,}\b")
"""A dot in front of capitals, ".NET" or "ASP.NET", ends nothing."""
_BEFORE_NUMBER = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Sec|Art|Ch|p|ca?)\.$"
)

_LETTER_ENDS = re.compile(
    r"\b(?:developer|engineer|plan|option|candidate|company|person|team|group|series|grade|type"
    r"|class|vitamin|phase|part|level|tier|employee|manager|worker|startup|offer|case|step"
    r"|scenario|role|school|schedule|appendix|figure|employer|applicant) [A-Z]\.(?=\s+[A-Z])"
    r"|(?<=\s)[A-Z]\.(?=\s+(?:The|This|That|These|Those|They|We|You|He|She|It|There|Then|If"
    r"|When|While|But|And|So|However|For|With|Both|Each|Most|Many|Some|Now|No|Not)\s)",
    re.IGNORECASE,
)
"""A single capital that ends a sentence ("Developer B. Letting go…"), unlike "John B. Smith"."""


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
        found.append(
            Passage(span, window, heading, block.lead, _is_quotable(document.cut(span), block.kind))
        )
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
    for begin, end in _boundaries(text):
        raw = text[begin:end]
        stripped = raw.strip(_INVISIBLE)
        if not stripped:
            continue
        start = begin + raw.index(stripped)
        span = Span(offset + start, offset + start + len(stripped))
        in_name = _DOTTED_NAME.match(text[max(0, start - 2) : start + 20])
        if spans and (
            in_name
            or _goes_on(
                text[max(0, spans[-1].end - offset - 20) : spans[-1].end - offset],
                stripped,
                is_label=_is_label(spans, text, offset),
            )
        ):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end, with the white space between them."""
    cuts = sorted(
        found.end() for pattern in (_LETTER_ENDS, _HIDDEN_BREAK) for found in pattern.finditer(text)
    )
    for boundary in sentencex.get_sentence_boundaries("en", text):
        begin, end = boundary["start_index"], boundary["end_index"]
        while cuts and cuts[0] <= begin:
            cuts.pop(0)
        while cuts and cuts[0] < end:
            yield begin, cuts[0]
            begin = cuts.pop(0)
        yield begin, end


def _is_label(spans: list[Span], text: str, offset: int) -> bool:
    """Whether all there is so far is the short label that opens a paragraph."""
    if len(spans) > 1 or spans[0].end - spans[0].start > _LONGEST_WHOLE:
        return False
    said = text[spans[0].start - offset : spans[0].end - offset]
    return len(said.split()) <= _LABEL_WORDS and said.endswith(".")


def _goes_on(before: str, following: str, *, is_label: bool) -> bool:
    """Whether what follows a boundary still belongs to the sentence before it."""
    return bool(
        is_label
        or _NO_END.search(before)
        or (_BEFORE_NUMBER.search(before) and following[0].isdigit())
        or following.startswith(("...", "…"))
        or _ATTRIBUTION.match(following)
        or re.match(r"[a-z]", following)
        or not re.search(r"\w", following)
    )


def _is_quotable(text: str, kind: BlockKind) -> bool:
    """A question or the opening of a list is no answer, nor is what has fewer than two words.

    Nor is a fragment that stands alone as a paragraph, "Dear all," or "Email address", nor what
    holds a letter that could not be read.
    """
    if _UNREADABLE in text:
        return False
    bare = text.rstrip("\"”’')] ")
    words = re.findall(r"[^\W\d_]+|\d+", text)
    if bare.endswith(("?", ":")) or len(words) <= 1:
        return False
    if kind is not BlockKind.PARAGRAPH:
        return True
    is_fragment = not re.search(r"[.!;…\d%]", bare) and len(words) <= _FRAGMENT_WORDS
    return not (is_fragment or bare.endswith(","))


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))
