"""Job titles, companies and places inside a sentence: where they stand, by what they look like."""

import re
from dataclasses import dataclass

from index.pay import vocabulary

_WORD = re.compile(r"[A-Za-zÀ-ÿ.+#/&’'-]*[A-Za-zÀ-ÿ+#]|\d+")
_ALONE_TOO_VAGUE = frozenset(
    "lead head judge guard advocate officer executive president lead agent crew owner operator "
    "fellow "
    "representative host cook baker mason miller actor tester broker buyer go associate marshal "
    "specialist assistant attendant painter writer worker graduate contractor staffer police "
    "labourer "
    "laborer producer trader hr architect vp freelancer".split()
)
"""In lower case and without a field before it, such a word need not be a job."""

_SPACED_LEVELS = frozenset(f"{word} level" for word in vocabulary.LEVELS)

_NAME_WORD = r"(?:[A-Z][\w&’'.+-]*[\w+]|[A-Z]|\d+[A-Z]\w*)"
_NAME = rf"{_NAME_WORD}(?: (?:(?:of|and|&|the|for) )?{_NAME_WORD}){{0,4}}"
_COMPANY = (
    re.compile(rf"(?P<name>{_NAME}) (?:currently |now |also )?(?:pays|offers|advertises|advertised|"
               r"lists|listed|posted|is paying|is offering|paid|offered|posts|is hiring|hires)\b"),
    re.compile(rf"\b(?:[aA]t|[jJ]oin|[Bb]y employer|@) (?P<name>{_NAME})"),
    re.compile(rf"(?P<name>{_NAME}?)[’']s (?=[$€£¥₹]|(?:(?:[\w/-]+ ){{0,5}}"
               r"(?i:salar(?:y|ies)|pay|compensation|wages?|engineer|developer|manager|director|designer|analyst|scientist|nurse|teacher|listing|offer)\b))"),
)  # fmt: skip
_NO_COMPANY = frozenset(
    """the a an this that these those it its our your their my we they he she who what which
    everyone
    everybody nobody somebody someone no some many most all both each every in on for as by with
    from
    if when while where there here pay salary salaries remote hybrid data work survey research
    article guide report market today currently rp usd eur gbp meanwhile however overall january
    february march
    april may june july august september october november december entry level least""".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text: ``[start, end)`` and what they name."""

    start: int
    end: int
    name: str


def roles_in(text: str) -> list[Mention]:
    """Every job title in ``text``, as written, in order."""
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    number = 0
    while number < len(words):
        end = _title_end(text, words, number)
        if end is None:
            number += 1
            continue
        first = _title_start(text, words, number)
        start, stop = words[first].start(), words[end].end()
        name = text[start:stop]
        if name.islower() and first == end and singular_head(name) in _ALONE_TOO_VAGUE:
            number = end + 1
            continue
        if found and start < found[-1].end:
            start, name = found[-1].start, text[found[-1].start : stop]
            found.pop()
        found.append(Mention(start, stop, re.sub(r"[’']s$", "", name)))
        number = end + 1
    return found


def is_role(text: str) -> bool:
    """Whether a part of a row or list item, taken alone, is a job title."""
    bare = text.strip(" .,:;*()")
    mentions = roles_in(bare)
    if not mentions or len(bare.split()) > 10:
        return False
    before = bare[: mentions[0].start].split()
    return not before or (mentions[-1].end == len(bare) and not any(w.islower() for w in before))


def company_in(text: str) -> list[Mention]:
    """Names of employers in a sentence: "X pays", "at X", "X's pay"."""
    found = []
    for pattern in _COMPANY:
        for match in pattern.finditer(text):
            name = match["name"]
            start = match.start("name")
            while name and name.split(" ")[0].lower() in _NO_COMPANY:
                first = name.split(" ")[0]
                start, name = start + len(first) + 1, name[len(first) + 1 :]
            name = name.rstrip(".'’")
            if name and _may_be_company(name):
                found.append(Mention(start, start + len(name), name))
    return found


def _may_be_company(name: str) -> bool:
    words = name.split()
    if words[-1].lower() in _NO_COMPANY or re.fullmatch(r"[\d.]+", name):
        return False
    places = vocabulary.places_in(name)
    if any(start == 0 and end == len(name) for start, end, _ in places):
        return False
    if all(w.lower() in vocabulary.FIELDS for w in words):
        return False
    return not any(singular_head(w) in vocabulary.HEADS for w in words) and not all(
        w.lower() in vocabulary.LEVELS for w in words
    )


def singular_head(word: str) -> str:
    """The noun of a title in the singular: "nurses" → "nurse"."""
    lower = re.sub(r"[’']s$", "", word.lower())
    if lower in vocabulary.HEADS:
        return lower
    if lower.endswith("ies") and lower[:-3] + "y" in vocabulary.HEADS:
        return lower[:-3] + "y"
    if lower.endswith("es") and lower[:-2] in vocabulary.HEADS:
        return lower[:-2]
    return lower.removesuffix("s")


def _title_end(text: str, words: list[re.Match[str]], number: int) -> int | None:
    """The number of the last word of a title whose noun is word ``number``; ``None`` for others."""
    if singular_head(words[number][0]) not in vocabulary.HEADS:
        return None
    if words[number][0].lower() in {
        "lead",
        "leads",
        "head",
        "heads",
        "principal",
        "associate",
        "executive",
        "staff",
    }:
        nexts = words[number + 1] if number + 1 < len(words) else None
        if (
            nexts
            and _adjacent(text, words[number], nexts)
            and nexts[0].lower() != "of"
            and (is_field(nexts[0]) or singular_head(nexts[0]) in vocabulary.HEADS)
        ):
            return None
    end = number
    while end + 1 < len(words) and _adjacent(text, words[end], words[end + 1]):
        following = words[end + 1][0]
        if (
            singular_head(following) in vocabulary.HEADS
            and following.lower()
            not in {
                "lead",
                "head",
            }
        ) or re.fullmatch(r"I{1,3}|IV|[1-5]|L\d|IC\d", following):
            end += 1
        else:
            break
    if (
        end + 2 < len(words)
        and words[end + 1][0] == "of"
        and words[end + 2][0][0].isupper()
        and _adjacent(text, words[end], words[end + 1])
        and not vocabulary.places_in(words[end + 2][0])
    ):
        end += 2
        while (
            end + 1 < len(words)
            and _adjacent(text, words[end], words[end + 1])
            and (words[end + 1][0][0].isupper() and is_field(words[end + 1][0]))
        ):
            end += 1
    return end


def _title_start(text: str, words: list[re.Match[str]], number: int) -> int:
    """The number of the first word that belongs to the title."""
    first = number
    while first > 0 and number - first < 7:
        before = words[first - 1]
        if first > 1 and f"{words[first - 2][0]} {before[0]}".lower() in _SPACED_LEVELS:
            first -= 2
            continue
        if not _adjacent(text, before, words[first]) or not _belongs(
            before[0], text, before.start()
        ):
            break
        first -= 1
    # A title does not begin with a verb that happens to be a field: "support engineers" does.
    return first


def _belongs(word: str, text: str, start: int) -> bool:
    """Whether a word before the noun is part of the title."""
    lower = word.lower()
    if re.search(r"[’']s$", word) or vocabulary.places_in(word):
        return False
    if lower in vocabulary.LEVELS or is_field(word):
        return True
    if lower in {"of", "and"} or not word[0].isupper() or lower in _NO_COMPANY:
        return False
    opens = start == 0 or bool(re.search(r"[.!?:;—–]\s*$|^\s*$", text[:start]))
    return not opens and word.lower() not in {"i", "hiring", "average"}


def is_field(word: str) -> bool:
    """Whether a word names a field or a level, so that it may stand in a title."""
    lower = word.lower()
    return lower in vocabulary.FIELDS or all(
        part in vocabulary.FIELDS or part in vocabulary.LEVELS for part in re.split(r"[-/&]", lower)
    )


def _adjacent(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"[ \u00a0]| ?[/&] ?|\. ", text[one.end() : other.start()])) and not (
        text[one.end() : other.start()] == ". " and one[0].lower() not in {"sr", "jr", "snr"}
    )
