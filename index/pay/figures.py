"""Document → PayFigures: every statement of pay, with what is stated about it and nothing more.

How each field is read, and what is left out on purpose: docs/decisions/0009-pay-figures.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from index.documents import metadata
from index.documents.document import Document, Quote
from index.passages import Passage
from index.pay import roles, vocabulary
from index.pay.model import Flagged, Kind, PayFigure, Period
from index.pay.money import Money, currency_named, find_money, stated_period

_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay|pays|paid|payrate|compensation|wages?|earn(?:s|ed|ing|ings)?|"
    r"remuneration|take-home|make(?:s)? (?=[$€£¥₹\d])|gehalt|salaire|gaji|OTE|LPA|base|payband)\b",
    re.IGNORECASE,
)
_PAY_HEADER = re.compile(
    r"\b(?:rate|range|hourly|annual|monthly|median|mean|percentile|"
    r"per (?:year|month|hour|week|day)|"
    r"min(?:imum)?|max(?:imum)?|low|high|average|package|TC|total comp)\b",
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    r"\b(?:revenues?|funding|raised|raises?|valuation|valued|budgets?|prices?|priced|pricing|costs?|"
    r"costing|fees?|subscriptions?|plans?|seats?|invest(?:ed|ment|ors?)?|debt|loans?|grants?|fine[ds]?|"
    r"tuition|rent|worth|bonus(?:es)?|sign-on|signing|stipend|relocation|equity|stock|RSUs?|ARR|MRR|"
    r"profits?|sav(?:e|es|ed|ings)|spend(?:s|ing)?|spent|bill(?:s|ed|ing)?|charges?|charged|contract|"
    r"deals?|users|customers|tickets?|donat\w+|acquired|acquisition|agency|agencies|freelance|"
    r"allowance|per diem|licen[cs]e|market cap|premium|discount|coupon|scholarship|course|bootcamp|"
    r"prize|penalt(?:y|ies)|damages|insurance|deductible|tax(?:es)?|generat(?:es?|ed|ing))\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\bOEWS\b|Bureau of Labor Statistics|\bBLS\b|Office for National Statistics|"
    r"\bofficial (?:wage|pay)"
)
_AVERAGE = re.compile(r"\b(?:averag\w+|mean|median|typical(?:ly)?|percentile)\b", re.IGNORECASE)
_PROJECTION = re.compile(
    r"\b(?:project(?:ed|ions?|s)|forecast\w*|expected to (?:reach|hit|rise|grow)|predicted|"
    r"will (?:reach|rise|hit|grow)|towards?|by 20\d\d)\b",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"\b(?:estimat\w+|est\.)", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|circa)\s*$|~\s*$",
    re.IGNORECASE,
)
_IMAGINED = re.compile(
    r"\b(?:imagine|suppose|supposing|hypothetical(?:ly)?|let[’']s say|pretend|"
    r"if (?:you|your|someone|somebody|an?) [\w ]{0,30}?(?:earn|make|paid|pay))\b",
    re.IGNORECASE,
)
_PAY_WORD = r"(?:salar(?:y|ies)|pay|compensation|wages?|rate|salary range|pay range|salary band)"
_HIDDEN = (
    r"(?:undisclosed|not (?:disclosed|stated|listed|given|provided|specified|"
    r"published|shown|public)|unknown|withheld|confidential|competitive|negotiable|unlisted|"
    r"on request|hidden)"
)
_UNDISCLOSED = re.compile(
    rf"\b{_PAY_WORD}\b:?[^.;|$€£\d]{{0,16}}\b{_HIDDEN}\b|\b{_HIDDEN} {_PAY_WORD}\b|"
    rf"\bno {_PAY_WORD} (?:is )?(?:disclosed|stated|listed|given|published)\b",
    re.IGNORECASE,
)
_HIDDEN_CELL = re.compile(rf"(?:{_HIDDEN}|none|n/?a|tbd|doe|-+|—|–)\.?", re.IGNORECASE)


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words.replace(' ', '|')})\b", re.IGNORECASE)


_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("place", _words("location place city country region workplace where state type")),
    ("pay", re.compile(rf"{_PAY.pattern}|\brate\b", re.IGNORECASE)),
    ("company", _words("company employer organi[sz]ation firm hospital studio agency who")),
    ("level", _words("level seniority grade band experience")),
    ("role", _words("role position title job occupation profession post vacancy opening")),
    ("period", _words("period per basis frequency")),
    ("currency", _words("currency")),
    ("date", re.compile(r"\b(?:date|year|as of|updated|posted)\b", re.IGNORECASE)),
)  # fmt: skip
_NO_PAY_COLUMN = re.compile(
    r"\b(?:employment|employed|workers|change|growth|increase|premium|bonus|equity|stock|cost|price|"
    r"revenue|openings|count|sample|number|%)|\b(?:rent|budget)\b",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"(?<=[a-z)\].\d])(?=[A-Z][a-zA-Z])|(?<=[\w).])(?=[$€£¥₹])|(?<=[A-Z]{2})(?=[A-Z][a-z])"
)
_PARTS = re.compile(
    r"\s+[—–|·•]\s+|\s+-\s+|;\s+|:\s+|,\s+(?![A-Z]{2}\b)|\s+\(|\)\s*,?\s*|\s+@\s+|\s+at\s+(?=[A-Z])"
)
_STRONG = re.compile(r"\s+[—–|·•-]\s+|\s+@\s+|\s+at\s+|\s*[:(]\s*")
_VERB = re.compile(r"\b(?:is|are|earns?|pays?|makes?|was|were|can|says|has|have)\b", re.IGNORECASE)
_PAY_LABEL = re.compile(r"\s*(?:\w+ )?(?:pay|salary)\s*", re.IGNORECASE)
_PLACE_WORDS, _NAME_WORDS = 4, 5
_LONGEST_LISTING = 220
_YEARLY_FROM = 15_000
_YEARLY = frozenset("USD EUR GBP CHF CAD AUD NZD SGD".split())
"""A salary from here up, in these currencies and without a period, is a year's."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a row, item or sentence states of one amount."""

    money: Money | None
    role: str | None = None
    level: str | None = None
    company: str | None = None
    place: str | None = None
    about: str = ""
    """The words next to the amount that tell what kind of figure it is: column header, clause."""
    illustration: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a passage."""

    text: str
    lead: str
    heading: str
    title: str

    @property
    def is_about_pay(self) -> bool:
        return any(_PAY.search(words) for words in (self.lead, self.heading, self.title))


def find_figures(document: Document, passages: Sequence[Passage]) -> list[PayFigure]:
    """Every pay figure that a document's passages state, in the order of the text."""
    found: list[PayFigure] = []
    skipped: list[tuple[Passage, _Around]] = []
    for passage in passages:
        text = document.cut(passage.span)
        around = _Around(
            text=text,
            lead=document.cut(passage.lead) if passage.lead else "",
            heading=document.cut(passage.heading) if passage.heading else "",
            title=document.source.title,
        )
        if not passage.quotable:
            continue
        parts = _parts(around)
        if not parts and find_money(text):
            skipped.append((passage, around))
        found += [_figure(document, passage, around, part) for part in parts]
    found += list(_repeated(document, skipped, found))
    found = [_completed(figure, found) for figure in found]
    found = [figure for figure in found if figure.role or figure.company]
    return sorted(dict.fromkeys(found), key=lambda f: f.quote.span)


def _completed(figure: PayFigure, figures: Sequence[PayFigure]) -> PayFigure:
    """A figure with what its document says of the same amount elsewhere."""
    if figure.amount_min is None:
        return figure
    same = [
        other
        for other in figures
        if (other.amount_min, other.amount_max, other.currency)
        == (figure.amount_min, figure.amount_max, figure.currency)
    ]
    if figure.role is None and figure.company:
        named = next((o for o in same if o.role and o.company == figure.company), None)
        if named:
            figure = replace(figure, role=named.role, level=named.level)
    if figure.kind == "listing":
        kinds = {other.kind for other in same} & {"projection", "average"}
        if len(kinds) == 1:
            figure = replace(figure, kind=kinds.pop())
    shown = next((f for o in same for f in o.flags if f.flag == "illustration"), None)
    if shown and shown not in figure.flags and figure.company is None:
        figure = replace(figure, flags=(*figure.flags, shown))
    return figure


def _parts(around: _Around) -> list[_Part]:
    if _is_glued(around):
        return _glued_row(around)
    if around.lead and "|" in around.text:
        return _row([c.strip(" *`") for c in _cells(around.text)], _cells(around.lead), around)
    if "|" in around.text:
        return _row([c.strip(" *`") for c in _cells(around.text)], [], around)
    return _listing(around) or _prose(around)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


# --- rows ---


def _column(header: str) -> str:
    if _NO_PAY_COLUMN.search(header) and not re.search(
        r"salar|wage|compensation", header, re.IGNORECASE
    ):
        return "other"
    for name, pattern in _COLUMNS:
        if pattern.search(header):
            return name
    return "pay" if _PAY_HEADER.search(header) else "other"


def _row(cells: list[str], headers: list[str], around: _Around) -> list[_Part]:
    """The figures of a row whose cells are known."""
    headers = [*headers, *[""] * (len(cells) - len(headers))][: len(cells)]
    columns = [_column(header) if header else "" for header in headers]
    if not (
        "pay" in columns
        or around.is_about_pay
        or any(_PAY.search(cell) for cell in cells)
        or (not any(headers) and any(roles.is_role(cell) for cell in cells))
    ):
        return []
    facts = _row_facts(cells, columns, headers)
    found: list[_Part] = []
    for cell, column, header in zip(cells, columns, headers, strict=True):
        found += _cell(cell, column, header, facts, around)
    return _ends_joined(found)


def _row_facts(cells: list[str], columns: list[str], headers: list[str]) -> dict[str, str]:
    """What the cells of a row say besides amounts, by the name of their column."""
    facts: dict[str, str] = {}
    for cell, column in zip(cells, columns, strict=True):
        if column in {"role", "company", "place", "level", "period", "currency"} and cell:
            facts.setdefault(column, cell)
    for cell, column in zip(cells, columns, strict=True):
        if column not in {"", "other"} or not cell or find_money(cell):
            continue
        if name := _untold(cell, facts, has_header=bool(headers[0])):
            facts[name] = cell
    place = facts.get("place", "")
    is_type = "type" in " ".join(headers).lower()
    if place and not _is_place(place) and (is_type or len(place.split()) > _PLACE_WORDS):
        facts.pop("place")
    role = facts.get("role", "")
    head, _, rest = role.partition(",")
    if rest and _is_place(rest.strip()) and not roles.roles_in(rest):
        facts["role"] = head
        facts.setdefault("place", rest.strip())
    if role and not roles.roles_in(role) and columns[0] == "role":
        facts.setdefault("level", vocabulary.level_of(role) or "")
    return {name: value for name, value in facts.items() if value}


def _untold(cell: str, facts: dict[str, str], *, has_header: bool) -> str | None:
    """What a cell is whose column does not say."""
    if "role" not in facts and roles.is_role(cell):
        return "role"
    if "place" not in facts and _is_place(cell):
        return "place"
    is_name = cell[0].isupper() and len(cell.split()) <= _NAME_WORDS
    return "company" if "company" not in facts and not has_header and is_name else None


def _cell(
    cell: str, column: str, header: str, facts: dict[str, str], around: _Around
) -> Iterable[_Part]:
    """The figures of one cell, which takes after its header and its row."""
    level = vocabulary.level_of(header) if header else None
    place = _place_name(header) if header and column in {"other", "place"} else None
    is_told = bool(level or place)
    if column not in {"pay", "", "other"} and not is_told:
        return
    is_doubtful = bool(header) and column == "other"
    if is_doubtful and (_NO_PAY_COLUMN.search(header) or not (is_told or around.is_about_pay)):
        return
    part = _Part(
        None,
        facts.get("role"),
        level or facts.get("level"),
        facts.get("company"),
        place or facts.get("place"),
        f"{header} {cell}",
    )
    amounts = find_money(cell, bare=column == "pay" or is_told)
    is_hidden = _HIDDEN_CELL.fullmatch(cell) if column == "pay" else _UNDISCLOSED.search(cell)
    if not amounts and is_hidden and part.role:
        yield part
    if _NOT_PAY.search(cell) and not _PAY.search(cell):
        return
    for money in amounts[:2]:
        yield replace(part, money=_with_header(money, header, facts, around))


def _with_header(money: Money, header: str, facts: dict[str, str], around: _Around) -> Money:
    currency = (
        money.currency
        or currency_named(header)
        or currency_named(facts.get("currency", ""))
        or currency_named(around.lead)
    )
    period = money.period or _header_period(header) or _header_period(facts.get("period", ""))
    return replace(money, currency=currency, period=period)


def _ends_joined(parts: list[_Part]) -> list[_Part]:
    """A column of minima and one of maxima are one range."""
    low = [
        p
        for p in parts
        if p.money and re.match(r"\s*(?:min|low|from)|.*\bmin", p.about, re.IGNORECASE)
    ]
    high = [
        p
        for p in parts
        if p.money and re.match(r"\s*(?:max|high|to\b)|.*\bmax", p.about, re.IGNORECASE)
    ]
    if len(parts) == 2 and len(low) == len(high) == 1 and low[0].money and high[0].money:
        money = replace(low[0].money, high=max(high[0].money.high, low[0].money.low))
        return [replace(low[0], money=money, about=low[0].about + " " + high[0].about)]
    return parts


def _header_period(header: str) -> Period | None:
    if found := stated_period(header):
        return found
    units: dict[str, Period] = {
        "year": "year",
        "month": "month",
        "hour": "hour",
        "week": "week",
        "day": "day",
    }
    for unit, period in units.items():
        if re.search(
            rf"/\s?{unit}|\bper {unit}|\ba {unit}\b|\(?{unit}ly\b|^{unit}$", header, re.IGNORECASE
        ):
            return period
    return (
        "year" if re.search(r"/\s?yr|\bp\.?a\.?\b|\bper annum\b", header, re.IGNORECASE) else None
    )


def _is_glued(around: _Around) -> bool:
    return bool(
        around.lead
        and "|" not in around.lead
        and len(around.lead) <= 80
        and _GLUE.search(around.lead)
        and any(_column(c) == "pay" for c in _GLUE.split(around.lead))
    )


def _glued_row(around: _Around) -> list[_Part]:
    """Cells without separators: of all ways to cut, the one whose cells suit their columns best."""
    headers = _GLUE.split(around.lead)
    text = around.text
    inside = [(m.span.start, m.span.end) for m in find_money(text)]
    cuts = {m.start() for m in _GLUE.finditer(text)} | {edge for pair in inside for edge in pair}
    cuts = {c for c in cuts if 0 < c < len(text) and not any(s < c < e for s, e in inside)}
    ordered = sorted(cuts)[:14]
    best: tuple[float, list[str]] = (float("-inf"), [])
    for chosen in combinations(ordered, min(len(headers) - 1, len(ordered))):
        edges = [0, *chosen, len(text)]
        cells = [text[a:b].strip() for a, b in pairwise(edges)]
        score = sum(_suits(_column(h), c) for h, c in zip(headers, cells, strict=False))
        best = max(best, (score, cells), key=lambda pair: pair[0])
    if len(best[1]) != len(headers):
        return []
    return _row(best[1], headers, around)


def _suits(column: str, cell: str) -> float:
    """How well a cell's words suit a column."""
    words = cell.split()
    has_money = bool(find_money(cell))
    if column == "pay":
        covered = sum(m.span.end - m.span.start for m in find_money(cell))
        return (
            4 * covered / max(1, len(cell))
            if has_money
            else (3 if _HIDDEN_CELL.fullmatch(cell) else -3)
        )
    if has_money:
        return -3
    if column == "role":
        known = sum(
            w.lower().strip(",") in vocabulary.LEVELS or roles.is_field(w.strip(","))
            or roles.singular_head(w.strip(",")) in vocabulary.HEADS
            for w in words
        )  # fmt: skip
        return (
            2 * bool(roles.is_role(cell))
            + 2 * known / max(1, len(words))
            - 0.3 * len(_GLUE.findall(cell))
        )
    if column == "company":
        opens = words[0].lower() in vocabulary.LEVELS or bool(
            words[0].lower() in vocabulary.FIELDS and len(words) > 1
        )
        return 1 - 2 * bool(roles.roles_in(cell)) - 0.5 * opens
    if column == "place":
        return 2.0 * _is_place(cell)
    if column == "level":
        return 2.0 * bool(vocabulary.level_of(cell))
    return 0.0


def _is_place(text: str) -> bool:
    if re.search(r"\b(?:dollars?|euros?|rupiah|a year|an hour|a month)\b", text, re.IGNORECASE):
        return False
    return bool(
        vocabulary.remote_in(text)
        or vocabulary.places_in(text)
        or re.search(r"\b(?:hybrid|on-?site|anywhere|worldwide)\b", text, re.IGNORECASE)
    )


# --- list items that name employer, role, pay and place in turn ---


def _listing(around: _Around) -> list[_Part]:
    """The figure of an item like "Company — Role, pay, place"; none where it is a sentence."""
    text = around.text
    amounts = find_money(text)
    hidden = None if amounts else _UNDISCLOSED.search(text)
    if len(amounts) > 1 or len(text) > _LONGEST_LISTING:
        return []
    if amounts:
        start, end = amounts[0].span.start, amounts[0].span.end
    elif hidden:
        start, end = hidden.span()
    else:
        return []
    before, after = text[:start], text[end:]
    pieces = [before[a:b] for a, b in _pieces(before)]
    spot = next((i for i, piece in enumerate(pieces) if roles.is_role(piece)), None)
    if (
        spot is None
        or not (_STRONG.search(before) or "," in before)
        or re.search(r"[.!?]\s+[A-Z]", after)
        or any(_VERB.search(piece) and not _PAY_LABEL.fullmatch(piece) for piece in pieces)
    ):
        return []
    part = _after_pay(_before_pay(before, spot), after, opens_with_role=spot == 0)
    if amounts and not _PAY.search(before) and _is_no_pay(text, amounts, 0, around):
        return []
    if amounts and not (amounts[0].period or _PAY.search(text) or around.is_about_pay):
        return [replace(part, money=amounts[0], about=text)] if part.company else []
    return [replace(part, money=amounts[0] if amounts else None, about=text)]


def _before_pay(before: str, spot: int) -> _Part:
    """Role, company and place in what an item says before the pay; piece ``spot`` is the role."""
    pieces = _pieces(before)
    start, end = pieces[spot]
    company = place = None
    if spot > 0:
        name = before[slice(*pieces[spot - 1])].strip(" *")
        company = (
            name if name[:1].isupper() and not (_is_place(name) or _PAY.search(name)) else None
        )
    for a, b in pieces[spot + 1 :]:
        words = before[a:b].strip(" *,")
        if _PAY.search(words) or not re.search(r"\w", words):
            break
        if _is_place(words):
            place = place or words
        elif spot == 0 and company is None and words[0].isupper():
            company = words if len(words.split()) <= _NAME_WORDS else None
        elif spot > 0 and end == pieces[spot][1]:  # "Role, Team" and "Role - Team"
            end = b
    return _Part(None, before[start:end].strip(" ,;:*-—–"), None, company, place)


def _after_pay(part: _Part, after: str, *, opens_with_role: bool) -> _Part:
    """The same with place and company from what the item says after the pay."""
    for a, b in _pieces(after):
        words = after[a:b].strip(" .*")
        if part.place is None and len(words.split()) <= _PLACE_WORDS and _is_place(words):
            part = replace(part, place=words)
        elif (
            opens_with_role
            and part.company is None
            and words[:1].isupper()
            and after[:a].strip().lower() in {"at", "@"}
        ):
            part = replace(part, company=words)
    return part


def _pieces(text: str) -> list[tuple[int, int]]:
    edges = [(m.start(), m.end()) for m in _PARTS.finditer(text)]
    starts = [0, *[b for _, b in edges]]
    ends = [*[a for a, _ in edges], len(text)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


# --- sentences ---


def _prose(around: _Around) -> list[_Part]:
    text = around.text
    amounts = find_money(text)
    titles = roles.roles_in(text)
    companies = roles.company_in(text)
    if not amounts:
        hidden = _UNDISCLOSED.search(text)
        if not hidden or not titles:
            return []
        title = _nearest(titles, hidden.start(), hidden.end(), text)
        company = companies[0].name if companies else None
        return (
            [_Part(None, title, None, company, _place_name(text), text)]
            if company or (title and len(titles) == 1)
            else []
        )
    found: list[_Part] = []
    argues = False
    for number, money in enumerate(amounts):
        before = text[amounts[number - 1].span.end if number else 0 : money.span.start]
        after = text[
            money.span.end : amounts[number + 1].span.start
            if number + 1 < len(amounts)
            else len(text)
        ]
        written = text[money.span.start : money.span.end]
        attributive = (
            "-" in written
            and bool(re.search(r"\ban?\s+$", before, re.IGNORECASE))
            and bool(re.match(r"\S*\s+\w", after))
        )
        is_shown = bool(titles) and (attributive or (argues and money.period == "hour"))
        argues = argues or is_shown
        if not is_shown and _is_no_pay(text, amounts, number, around):
            continue
        title = _nearest(titles, money.span.start, money.span.end, text)
        last = number + 1 == len(amounts)
        here = [m for m in companies if last or m.end <= amounts[number + 1].span.start]
        company = _nearest(here, money.span.start, money.span.end, text)
        place = _near_place(text, amounts, number)
        illustration = is_shown or bool(_IMAGINED.search(text))
        about = re.split(r"[;]", before)[-1] + " " + after[:0]
        if number == 0 or len(amounts) == 1:
            about = before
        if re.match(
            r"\s*(?:,? ?on average|\(?(?:median|mean|average|estimated|projected))",
            after,
            re.IGNORECASE,
        ):
            about += after[:24]
        if not re.search(r"\w{4}", about) and found:
            about = found[-1].about + about
        found.append(_Part(money, title, None, company, place, about, illustration))
    return found


def _is_no_pay(text: str, amounts: list[Money], number: int, around: _Around) -> bool:
    """Whether an amount is a price, revenue, a bonus: anything but what work is paid."""
    money = amounts[number]
    left = amounts[number - 1].span.end if number else 0
    right = amounts[number + 1].span.start if number + 1 < len(amounts) else len(text)
    before = re.split(r"[,;:()]\s|\s[—–]\s|\.\s", text[left : money.span.start])[-1]
    after = re.split(r"[,;:()]|\s[—–]\s|\.\s|\band\b|\bplus\b", text[money.span.end : right])[0]
    distances: list[tuple[int, bool]] = []
    for pattern, is_pay in ((_PAY, True), (_NOT_PAY, False)):
        distances += [(len(before) - m.end(), is_pay) for m in pattern.finditer(before)]
        distances += [(m.start() + 1, is_pay) for m in pattern.finditer(after[:40])]
    if distances:
        return not min(distances)[1]
    if money.low < 1 or re.search(r"\b(?:users|requests|lines|records)\b", after):
        return True
    if _PAY.search(text):
        return bool(_NOT_PAY.search(text[max(0, money.span.start - 30) : money.span.start]))
    if _NOT_PAY.search(text):
        return True
    has_role = bool(roles.roles_in(text))
    if money.period and (has_role or around.is_about_pay):
        return False
    return not (has_role and around.is_about_pay)


def _nearest(mentions: Sequence[roles.Mention], start: int, end: int, text: str) -> str | None:
    """The mention that belongs to an amount: right behind "for a", else the last before it."""
    following = [m for m in mentions if m.start >= end]
    preceding = [m for m in mentions if m.end <= start]
    if following:
        gap = text[end : following[0].start]
        if (
            re.fullmatch(
                r"[\s/\w-]{0,24}?\b(?:for|as|to|at)\b(?: an?| the| our)?(?: \w+){0,2}\s*", gap
            )
            or len(gap) <= 2
        ):
            return following[0].name
    if preceding:
        return preceding[-1].name
    return following[0].name if following else None


def _near_place(text: str, amounts: list[Money], number: int) -> str | None:
    money = amounts[number]
    right = amounts[number + 1].span.start if number + 1 < len(amounts) else len(text)
    left = amounts[number - 1].span.end if number else 0
    after = re.split(r"[;.]\s", text[money.span.end : right])[0]
    said_after = re.search(r"\b(?:in|for|from|across|within)\s.*|\bremote.*", after)
    before = text[left : money.span.start]
    for part in (said_after[0] if said_after else "", before, text[:left], after):
        if name := _place_name(re.sub(r"[\w]+[’']s\b", "", part)):
            return name
    return None


def _place_name(text: str) -> str | None:
    """The first place that ``text`` names, else that it is remote."""
    places = vocabulary.places_in(text)
    if places:
        start, end, name = places[0]
        written = text[start:end]
        return (
            written if written.lower() in {name, *vocabulary.ALSO.get(name, ())} else name.title()
        )
    return vocabulary.remote_in(text)


# --- a part and what stands around it → a figure ---


def _figure(document: Document, passage: Passage, around: _Around, part: _Part) -> PayFigure:
    role = part.role or _role_above(around)
    money = part.money
    flags: list[Flagged] = []
    place = part.place or _place_above(around)
    currency, period = (money.currency, money.period) if money else (None, None)
    if money:
        period = (
            period
            or stated_period(part.about)
            or stated_period(around.text)
            or (_header_period(around.lead) if around.lead else None)
            or _by_convention(money)
        )
        if money.sign == "$" and _own_dollar(place):
            currency = None
            flags.append(
                Flagged(
                    "currency",
                    f"“$” in {place} may be the local dollar; the text does not say which.",
                )
            )
        if _ROUGHLY.search(around.text[: money.span.start]):
            flags.append(Flagged("rounded", "The text gives the amount as approximate."))
    if part.illustration:
        flags.append(
            Flagged(
                "illustration", "An example that makes an argument, not pay that anyone states."
            )
        )
    return PayFigure(
        role=role,
        level=(vocabulary.level_of(part.level) or part.level if part.level else None)
        or (vocabulary.level_of(role) if role else None),
        company=_employer(part.company, document)
        or _employer(next((m.name for m in roles.company_in(around.heading)), None), document),
        location=place,
        amount_min=money.low if money else None,
        amount_max=money.high if money else None,
        currency=currency,
        period=period,
        kind=_kind(part, around),
        as_of=_as_of(document, around),
        quote=Quote(document, passage.span, passage.lead),
        flags=tuple(flags),
    )


def _employer(name: str | None, document: Document) -> str | None:
    """A company, unless it is who published the text or a work it restates."""
    works = (document.source, *document.source.restates)
    return None if name in {work.publisher for work in works} else name


def _kind(part: _Part, around: _Around) -> Kind:
    if part.money is None:
        return "undisclosed"
    if any(
        _OFFICIAL.search(t) for t in (around.text, around.lead, around.heading, _row_title(around))
    ):
        return "official"
    about = part.about
    last = {
        kind: max((m.end() for m in pattern.finditer(about)), default=-1)
        for kind, pattern in (
            ("projection", _PROJECTION),
            ("average", _AVERAGE),
            ("estimate", _ESTIMATE),
        )
    }
    best = max(last, key=lambda kind: last[kind])
    if last[best] >= 0:
        return best  # type: ignore[return-value]
    whole = f"{around.text} {around.lead}"
    if _ESTIMATE.search(whole):
        return "estimate"
    if _AVERAGE.search(around.text) and not _PROJECTION.search(around.text):
        return "average"
    return "listing"


def _row_title(around: _Around) -> str:
    """The document's title tells what a whole table is; a sentence speaks for itself."""
    return around.title if around.lead else ""


def _by_convention(money: Money) -> Period | None:
    is_yearly = money.currency in _YEARLY and money.low >= _YEARLY_FROM
    return "year" if is_yearly else None


def _own_dollar(place: str | None) -> bool:
    return bool(place) and any(
        name in vocabulary.DOLLAR_PLACES for _, _, name in vocabulary.places_in(place or "")
    )


def _role_above(around: _Around) -> str | None:
    for words in (around.lead if "|" not in around.lead else "", around.heading, around.title):
        if found := roles.roles_in(words):
            return found[0].name
    return None


def _place_above(around: _Around) -> str | None:
    for words in (around.heading, around.title):
        if vocabulary.places_in(words):
            return _place_name(words)
    return None


def _as_of(document: Document, around: _Around) -> str | None:
    for words in (around.text, around.lead, around.heading):
        stated = re.search(
            r"\b(?:in|as of|for|since|during) (20\d\d)\b(?!\s*(?:hours|dollars))", words
        )
        if date := metadata.iso_date(words) or (
            stated[1] if stated and not _PROJECTION.search(words) else None
        ):
            return date
    if document.source.date:
        return document.source.date
    year = re.search(r"\b20[0-4]\d\b", around.title)
    return metadata.iso_date(around.title) or (year[0] if year else None)


def _repeated(
    document: Document, skipped: Iterable[tuple[Passage, _Around]], known: Sequence[PayFigure]
) -> Iterable[PayFigure]:
    """Amounts that a document has called pay already, where it names them again."""
    by_amount: dict[tuple[float | None, float | None, str | None], PayFigure] = {}
    for figure in known:
        by_amount.setdefault((figure.amount_min, figure.amount_max, figure.currency), figure)
    for passage, around in skipped:
        for money in find_money(around.text):
            same = by_amount.get((money.low, money.high, money.currency))
            if same and money.low >= 1000:
                yield replace(same, quote=Quote(document, passage.span, passage.lead))
