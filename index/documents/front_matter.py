"""What front matter says beside title, author and dates: facts that can be quoted."""

import re
from collections.abc import Iterator

from index.documents.document import Span

_ABOUT = frozenset(
    """title author authors publisher url language lang license published date updated sources
    source layout slug id draft permalink weight order nav_order nav sidebar sidebar_position
    image images cover thumbnail tags tag categories category keywords aliases alias type
    template theme toc redirect redirect_from parent grand_parent has_children cssclass
    cssclasses class status version created modified lastmod publishdate expirydate series
    menu og_image email canonical comments collection robots locale icon hide_title
    hide_table_of_contents""".split()
)
"""Names of what is about the document or the page that shows it."""
_SUMMARIES = frozenset("description summary abstract excerpt subtitle lead intro".split())
"""Names of sentences that stand alone."""
_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):[ \t]+(?P<value>\S.*?)[ \t]*")
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<inner>[^\"'\\]*)(?P=mark)")
_FACT = re.compile(r"\d|\S\s+\S")
"""A value of a number or of several words; one word alone is a setting."""


def facts(text: str, end: int) -> Iterator[Span]:
    """The spans of facts in the front matter that ends at ``end``: "salary: $54,000".

    Of a summary it is the sentence alone. Values over several lines, and lists, are left out.
    """
    position = 0
    for line in text[:end].split("\n"):
        found = _LINE.fullmatch(line)
        key = found["key"].strip().lower() if found else ""
        if found and key not in _ABOUT and _FACT.search(found["value"]):
            value, start = found["value"], position + found.start("value")
            quoted = _QUOTED.fullmatch(value)
            if key in _SUMMARIES:
                inner = quoted["inner"] if quoted else value
                begin = start + (1 if quoted else 0)
                yield Span(begin, begin + len(inner))
            elif not value.startswith(("[", "{", "|", ">", "&", "*", "!")):
                yield Span(position, start + len(value))
        position += len(line) + 1
