"""Small raised marks: the number of a note, which is no part of what is said, or a power."""

import re

_MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:[,;–-]\s?\d{1,3})*|[*†‡§¶]+|[a-z])[\])]?")
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_POWER = re.compile(r"(?:(?<![\d.,])10|(?<![^\W\d_])(?:[a-zA-Z]|[kcm]?m|ft|in|sq)|\))$")
"""What a small raised figure is a power of, as in "10⁶" or "m²", and no note's number."""


def is_mark(raised: str) -> bool:
    """Whether a raised text may be the number or sign of a note."""
    return bool(_MARK.fullmatch(raised.strip()))


def with_raised(before: str, raised: str) -> str:
    """A text and what stands raised after it: a note's number goes, a power is written so."""
    mark = raised.strip()
    after = " " if raised.endswith(" ") else ""
    if not is_mark(raised):
        return before + raised
    if re.fullmatch(r"[\d+n-]+", mark) and _POWER.search(before):
        return before + mark.translate(_RAISED) + after
    if re.fullmatch(r"[a-z]", mark) and not re.search(r"\d$|[.,;:)]$", before):
        return before + raised
    return before + after
