"""Who says so, and when: metadata from front matter, or as the text itself states it.

What is not stated stays unknown. A date is as precise as stated; a date in running prose is about
something else and is never taken.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from index.documents.source import Source
from index.errors import UnreadableDocument

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join([*_MONTHS, *(name[:3] for name in _MONTHS), "sept"])

_DATE = re.compile(
    rf"""(?P<iso>(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?!\d))
    | (?P<m1>{_MONTH})\.?\ (?P<d1>[0-3]?\d)(?:st|nd|rd|th)?,?\ (?P<y1>(?:19|20)\d\d)
    | (?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\ (?P<m2>{_MONTH})\.?,?\ (?P<y2>(?:19|20)\d\d)
    | (?P<m3>{_MONTH})\.?,?\ (?P<y3>(?:19|20)\d\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:last\s+)?(?:updated|modified|revised|reviewed)\b(?:\s+on)?:?", re.IGNORECASE
)
_PUBLISHED = re.compile(r"\b(?:published|posted|date)\b(?:\s+on)?:?", re.IGNORECASE)

_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:(?:van|von|de|da|di|la|bin|al)\s+)*[A-Z][\w.'’-]*){1,3}"
_BYLINES = (
    re.compile(
        rf"^(?:(?:[Ww]ritten|[Pp]osted|[Rr]eported)\s+)?[Bb]y:?\s+(?P<name>{_NAME})"
        r"\s*(?:(?:[·•|,–—-]|on\s.*\d).*)?$"
    ),
    re.compile(rf"^[Aa]uthor:\s*(?P<name>{_NAME})\s*$"),
    re.compile(rf"^(?P<name>{_NAME})\s*[·•|].*\bmin(?:ute)?s?\s+read\b.*$"),
)
_PUBLISHED_BY = re.compile(r"^publish(?:er:|ed by)\s*(?P<name>[^.|·]{2,60})$", re.IGNORECASE)
_PUBLISHERS = (
    _PUBLISHED_BY,
    re.compile(
        r"^(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d)?\s*"
        r"(?P<name>[A-Z][\w .&'’-]{1,40}?)(?:\.|,|\s+all\b|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<name>[A-Z]\w+(?: [A-Z]\w+){0,3}) "
        r"(?:may|might) (?:earn|receive) an? (?:\w+ )?commission"
    ),
)
_POSTED_BY = re.compile(
    r"(?:posted|submitted|written|published|reported) by\b.*[^.!?]$", re.IGNORECASE
)
"""A byline, whoever it names: an account, several people, a name in small letters."""
_ISSUE = re.compile(r"\b(?:vol(?:ume)?\.?\s*[\dIVXLC]+|issue\s*\d+|no\.\s*\d+)", re.IGNORECASE)

_LONGEST_TITLE = 160
_LONGEST_BYLINE = 200
_LONGEST_ISSUE = 60

_SUBJECT = re.compile(r"Subject: (\S.*)")
"""A mail's own title."""

_KEYS = {"title", "author", "publisher", "url", "language", "license"}


_NAMED_AFTER_FOLDER = {"readme", "index"}


def file_title(document_id: str) -> str:
    """The name of a file in words: the title of a document that states none of its own.

    "hiring/notice-periods_2026.md" → "Notice periods 2026". A README or an index is named after its
    folder.
    """
    *folders, name = document_id.split("/")
    stem = name.rpartition(".")[0] or name
    if stem.lower() in _NAMED_AFTER_FOLDER and folders:
        stem = folders[-1]
    # The hyphens of a date stay.
    words = " ".join(re.sub(r"_|\+|(?<!\d)-|-(?!\d)", " ", stem).split())
    return words[:1].upper() + words[1:] or name


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The YAML block at the top of a text, and where the text goes on; ``({}, 0)`` without one.

    Raises:
        UnreadableDocument: the block is not YAML, or no mapping.
    """
    opening = re.match(r"\ufeff?---[ \t]*\n", text)
    if not opening:
        return {}, 0
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE).search(
        text, opening.end()
    )
    if not closing:
        return {}, 0
    try:
        found = yaml.safe_load(text[opening.end() : closing.start()])
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise UnreadableDocument(f"its front matter is not YAML (line {line})") from error
    if found is None:
        return {}, closing.end()
    if not isinstance(found, Mapping):
        return {}, 0  # two rules around a paragraph
    return {str(key).lower(): value for key, value in found.items()}, closing.end()


def stated_source(fields: Mapping[str, Any], read: Source) -> Source:
    """The source as ``fields`` state it; what they leave out is as ``read`` from the text."""
    known = {key: _words(fields.get(key)) for key in _KEYS}
    published = iso_date(fields.get("published")) or iso_date(fields.get("date"))
    updated = iso_date(fields.get("updated"))
    stated: dict[str, Any] = {key: value for key, value in known.items() if value}
    if published or updated:  # then a date in the text is about something else
        stated |= {"published": published, "updated": updated}
    works = fields.get("sources")
    listed = works if isinstance(works, list) else [works] if works else []
    restates = tuple(_work(w) for w in listed)
    return replace(read, **stated, restates=tuple(w for w in restates if w.title))


def _work(fields: Any) -> Source:
    if not isinstance(fields, Mapping):
        return Source(title=_words(fields) or "")
    return stated_source(
        {str(k).lower(): v for k, v in fields.items() if k != "sources"}, Source(title="")
    )


def _words(value: Any) -> str | None:
    """A field as one line: a list's entries with commas, a mapping by its name or title."""
    if isinstance(value, Mapping):
        return _words(value.get("name") or value.get("title"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value))) or None
    return " ".join(str(value).split()) or None if value is not None else None


def iso_date(value: Any) -> str | None:
    """A date as precise as stated: YAML's, ISO, "April 20, 2026", "April 2026" or "2026"."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value or "").strip()
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return text
    found = _DATE.search(text)
    return _iso(found) if found else None


def _iso(found: re.Match[str]) -> str | None:
    """The date that was found, as precise as stated; None where no calendar has it."""
    if found["iso"]:
        stated = found["iso"]
    else:
        number = next(n for n in "123" if found[f"m{n}"])
        name = found[f"m{number}"].lower()
        month = next(i for i, m in enumerate(_MONTHS, 1) if m[:3] == name[:3])
        day = f"-{int(found[f'd{number}']):02}" if number != "3" else ""
        stated = f"{found[f'y{number}']}-{month:02}{day}"
    try:
        dt.date.fromisoformat(f"{stated}-01" if stated.count("-") == 1 else stated)
    except ValueError:
        return None
    return stated


def is_dateline(line: str) -> bool:
    """Whether a short line is there to give a date."""
    found = _DATE.search(line) if len(line) <= 120 else None
    if not found:
        return False
    labelled = _UPDATED.search(line) or _PUBLISHED.search(line) or _ISSUE.search(line)
    return bool((labelled and found.start() < 60) or _alone(line))


def _alone(line: str) -> bool:
    """Whether a day stands alone, or alone between two middle dots or pipes."""
    for part in re.split(r"[·•|]", line):
        found = _DATE.search(part)
        if found and found["m3"] is None:
            return len(part.strip()) - (found.end() - found.start()) <= 6
    return False


def is_byline(line: str) -> bool:
    """Whether a line is there to name the author or the publisher."""
    return len(line) <= _LONGEST_BYLINE and any(
        pattern.match(line) for pattern in (*_BYLINES, _PUBLISHED_BY, _POSTED_BY)
    )


def is_issue(line: str) -> bool:
    """Whether a short line numbers the issue: "Vol. I No. 04", "Volume 3, Issue 7"."""
    return len(line) <= _LONGEST_ISSUE and bool(_ISSUE.match(line))


def stated_person(author: str | None) -> str | None:
    """The author in a file's properties, unless it names a program or an account."""
    name = " ".join((author or "").split())
    is_account = len(name.split()) < 2 or name.lower() == "microsoft office user"
    return None if is_account else name


def is_title_like(line: str) -> bool:
    """Whether a line at the top may be the title: some words, no date, no byline."""
    is_sentence = line.endswith(".") and not re.search(r"[?:!]", line)
    return (
        3 < len(line.split()) <= 25
        and len(line) <= _LONGEST_TITLE
        and not (is_sentence or is_dateline(line) or is_byline(line))
        and not (line.isupper() and "|" in line)  # the section of a magazine: "WORK | OPINION"
        and line.count("|") <= 1  # a row of links
        and not re.match(r"(?:Q|A|Question|Answer|To|Cc|Date):", line)
    )


def _may_be_title(line: str) -> bool:
    is_sentence = line.endswith(".") and len(line.split()) > 1
    return len(line) <= _LONGEST_TITLE and not (is_sentence or is_dateline(line) or is_byline(line))


def _is_prose(line: str) -> bool:
    return len(line) > 60 and line.endswith(".") and not re.search(r"[?:!]", line)


def read_source(head: Sequence[str], rest: Sequence[str], fallback_title: str) -> Source:
    """What the lines of a text say about it.

    ``head`` is the top of the text without navigation; ``rest`` the lines after it, in which only
    explicit labels count.
    """
    prose = next((n for n, line in enumerate(head) if _is_prose(line)), len(head))
    subject = next((found[1] for line in head if (found := _SUBJECT.match(line))), None)
    title = (
        subject
        or next((line for line in head[:prose] if is_title_like(line)), None)
        or next(
            (line for line in head[:prose] if _may_be_title(line)),
            fallback_title,
        )
    )
    published, updated = _dates(head)
    return Source(
        title=title,
        author=_author([*head, *rest]),
        publisher=_publisher(head, [*head, *rest], title),
        published=published,
        updated=updated,
    )


def _dates(head: Sequence[str]) -> tuple[str | None, str | None]:
    published = updated = None
    for line in head:
        if not (is_dateline(line) or is_byline(line)):
            continue
        for found in _DATE.finditer(line):
            before = line[: found.start()]
            labels = [
                (m.end(), kind)
                for kind, pattern in (("updated", _UPDATED), ("published", _PUBLISHED))
                for m in pattern.finditer(before)
            ]
            if labels and max(labels)[1] == "updated":
                updated = updated or _iso(found)
            elif labels or found["m3"] is None:
                published = published or _iso(found)
    return published, updated


def _author(lines: Sequence[str]) -> str | None:
    for number, line in enumerate(lines):
        for pattern in _BYLINES:
            if found := pattern.match(line):
                return found["name"].strip()
        if line.lower() == "written by" and number + 1 < len(lines):
            return lines[number + 1] if re.fullmatch(_NAME, lines[number + 1]) else None
    return None


def _publisher(head: Sequence[str], lines: Sequence[str], title: str) -> str | None:
    # A masthead: a name alone on the first line, over an issue line.
    if (
        len(head) > 1
        and _ISSUE.search(head[1])
        and head[0] != title
        and re.fullmatch(r"[\w.&'’-]+(?: [\w.&'’-]+){0,3}", head[0])
    ):
        return head[0]
    for line in lines:
        for pattern in _PUBLISHERS:
            if found := pattern.search(line):
                return found["name"].strip()
    return None
