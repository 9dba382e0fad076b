"""Amounts of money in text: how much, in which currency, per what, and where they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.documents.document import Span
from index.pay.model import Period

_SIGNS = {
    "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD",
    "s$": "SGD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "nt$": "TWD", "$": "USD",
    "€": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY", "元": "CNY", "₹": "INR", "rs": "INR",
    "rs.": "INR", "₩": "KRW", "원": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₫": "VND",
    "₱": "PHP", "฿": "THB", "₦": "NGN", "₪": "ILS", "rp": "IDR", "rp.": "IDR", "rm": "MYR",
    "zł": "PLN", "kč": "CZK", "fr.": "CHF", "kr": None, "kr.": None, "rmb": "CNY",
    "ksh": "KES", "r": "ZAR", "ft": "HUF", "lei": "RON",
}  # fmt: skip
"""``None``: which of several crowns is meant has to be told elsewhere."""

_WORDS = {
    "us dollars": "USD", "u.s. dollars": "USD", "dollars": "USD", "euros": "EUR", "euro": "EUR",
    "pounds": "GBP", "rupees": "INR", "rupiah": "IDR", "yen": "JPY", "won": "KRW",
    "yuan": "CNY", "swiss francs": "CHF", "francs": "CHF", "zloty": "PLN", "naira": "NGN",
    "ringgit": "MYR", "pesos": None, "canadian dollars": "CAD", "australian dollars": "AUD",
    "singapore dollars": "SGD", "reais": "BRL", "rand": "ZAR", "kronor": "SEK", "kroner": None,
}  # fmt: skip

_CODES = (
    "USD EUR GBP JPY CNY INR IDR CHF CAD AUD NZD SGD HKD BRL MXN TWD KRW RUB TRY UAH VND PHP THB "
    "NGN ILS MYR PLN CZK SEK NOK DKK ZAR AED SAR QAR EGP KES PKR BDT LKR ARS CLP COP HUF RON BGN"
).split()

_SCALES = {
    "k": 1e3, "thousand": 1e3, "tsd": 1e3, "tys": 1e3,
    "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
    "juta": 1e6, "jt": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "l": 1e5,
    "crore": 1e7, "crores": 1e7, "cr": 1e7, "万": 1e4, "만": 1e4,
}  # fmt: skip
_INDIAN = frozenset("lakh lakhs lac lacs lpa crore crores cr".split())

_POINT_CURRENCIES = frozenset("USD GBP CAD AUD NZD SGD HKD INR JPY MYR PHP THB NGN KES CNY".split())
"""Where a point before three digits is more likely a decimal point than a thousands mark."""

_PERIODS: dict[str, Period] = {
    "year": "year", "years": "year", "yr": "year", "y": "year", "annum": "year", "pa": "year",
    "annual": "year", "annually": "year", "yearly": "year", "an": "year", "jahr": "year",
    "año": "year", "ano": "year",
    "lpa": "year",
    "month": "month", "mo": "month", "mth": "month", "monthly": "month", "pcm": "month",
    "pm": "month", "monat": "month", "mois": "month", "mês": "month",
    "mes": "month", "bulan": "month",
    "week": "week", "wk": "week", "weekly": "week", "pw": "week",
    "day": "day", "daily": "day", "tag": "day", "jour": "day",
    "hour": "hour", "hr": "hour", "h": "hour", "hourly": "hour", "ph": "hour", "stunde": "hour",
}  # fmt: skip

_LARGE = 1000
_S = r"[   ]?"


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_SIGN = rf"(?:{_either(_SIGNS)})"
_CODE = f"(?:{'|'.join(_CODES)})"
_BEFORE = rf"(?<![A-Za-z])(?:(?-i:{_CODE}){_S}(?:\$|€|£|¥|₹)?|{_SIGN})"
_AFTER = rf"(?:(?-i:\b{_CODE})\b|(?:{_either(_WORDS)})\b|{_SIGN}(?![A-Za-z\d]))"
_NUMBER = (
    r"(?:\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
    r"|\d{1,3}(?:[,.'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:[   ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d+(?:[.,]\d{1,2}(?!\d))?)"
)
_SCALE = rf"(?:{_S}-?(?:(?:{_either(s for s in _SCALES if s.isascii())})(?![A-Za-z])|[万만]))"
_TO = r"\s*(?:-|–|—|−|~|\bto\b|\bbis\b|\bà\b|(?<=\d)\s*-\s*)\s*"
_UNIT = "|".join(sorted(_PERIODS, key=len, reverse=True))
_PER = (
    rf"(?:\s*/\s*(?:(?-i:{_CODE})/)?(?P<slash>{_UNIT})(?-i:(?![a-z]))"
    rf"|\s*,?\s*\(?(?:per|pro|par|por)[ -](?P<per>{_UNIT})(?![A-Za-z])"
    r"|[\s-]+an?[\s-]+(?P<article>year|month|week|day|hour)\b"
    r"|\s+each\s+(?P<each>year|month|week|day|hour)\b"
    r"|\s*,?\s*\(?(?P<adverb>annually|yearly|monthly|weekly|daily|hourly|pcm|ph|pa)(?-i:(?![a-z]))"
    r"|\s*,?\s*(?P<dotted>p\.\s?a\.|p\.\s?m\.|p\.\s?h\.))"
)

_AMOUNT = re.compile(
    rf"(?P<c1>{_BEFORE})?{_S}(?P<n1>{_NUMBER})(?P<s1>{_SCALE})?(?P<a1>{_S}{_AFTER})?(?:\+)?"
    rf"(?P<p1>{_PER.replace('?P<', '?P<x')})?"
    rf"(?:(?P<to>{_TO})(?P<c2>{_BEFORE})?{_S}(?P<n2>{_NUMBER})(?P<s2>{_SCALE})?(?P<a2>{_S}{_AFTER})?)?"
    rf"(?:\+)?(?P<rest>{_PER})?",
    re.IGNORECASE,
)
_PERIOD_BEFORE = re.compile(
    r"\b(annual|annually|yearly|monthly|weekly|daily|hourly|per (?:year|month|week|day|hour))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount or a range as text states it; ``span`` counts characters of that text.

    ``currency`` (ISO 4217) and ``period`` are ``None`` where they do not stand at the amount.
    """

    low: float
    high: float
    currency: str | None
    period: Period | None
    span: Span
    scaled: bool
    """Written with "K" or "million": maybe rounded."""
    sign: str
    """The currency as written, in lower case; empty if none."""


def find_money(text: str, *, bare: bool = False) -> list[Money]:
    """Every amount of money in ``text``, in order.

    With ``bare``, as in a column of pay, numbers from 1,000 without a currency count too.
    """
    found: list[Money] = []
    # "between A and B" is a range; anywhere else "and" stands between two amounts.
    folded = re.sub(
        rf"(\bbetween\s+(?:{_BEFORE})?{_S}{_NUMBER}{_SCALE}?(?:{_S}{_AFTER})?)\s(and)\s",
        lambda m: f"{m[1]}  –  ",
        text,
        flags=re.IGNORECASE,
    )
    assert len(folded) == len(text)
    for match in _AMOUNT.finditer(folded):
        found += _read(match, text, bare=bare)
    return found


def stated_period(text: str) -> Period | None:
    """The period that words such as "annual" or "hourly" state, if they state just one."""
    found = {_PERIODS[m[1].lower().removeprefix("per ")] for m in _PERIOD_BEFORE.finditer(text)}
    return found.pop() if len(found) == 1 else None


def currency_named(text: str) -> str | None:
    """The one currency that ``text``, say a column's header, names."""
    codes = set(re.findall(rf"\b{_CODE}\b", text))
    folded = text.lower()
    signs = {sign for sign in _SIGNS if not sign.rstrip(".").isalpha() and sign in folded}
    codes |= {code for sign in signs if (code := _SIGNS[sign])}
    if len(codes) > 1:
        codes.discard("USD")  # "A$" holds "$"
    return codes.pop() if len(codes) == 1 else None


def _read(match: re.Match[str], text: str, *, bare: bool) -> list[Money]:
    """One or two amounts from a match: a range whose ends differ in currency is two."""
    first = match.start("n1")
    if match["c1"] is None and first and re.match(r"[\w.]", text[first - 1]):
        return []
    one = _currency(match["c1"], match["a1"], match["s1"])
    two = _currency(match["c2"], match["a2"], match["s2"]) if match["n2"] else None
    sign, code = one or two or ("", None)
    if not (one or two or _has_k(match) or (bare and _is_large(match))):
        return []
    if two and one and two[1] != one[1]:
        return [m for m in (_single(match, 1, one), _single(match, 2, two)) if m]
    low, high = _ends(match, code)
    if sign == "r" and low < _LARGE:  # R2 and R17 are names of other things
        return []
    if low > high:
        single = _single(match, 1, one)
        return [single] if single else []
    is_lpa = "lpa" in {(match[scale] or "").strip().lower() for scale in ("s1", "s2")}
    return [
        Money(
            low=low,
            high=high,
            currency=code,
            period="year" if is_lpa else _period(match),
            span=Span(_begin(match), _end(match, text)),
            scaled=bool(match["s1"] or match["s2"]),
            sign=sign,
        )
    ]


def _ends(match: re.Match[str], code: str | None) -> tuple[float, float]:
    """The ends of a range; in "50–60k" the scale is both ends', as in "50–60.000"."""
    low = _value(match, 1, code)
    if not match["n2"]:
        return low, low
    high = _value(match, 2, code)
    if not match["s1"] and match["s2"] and low < high:
        scaled = low * _scale(match["s2"])
        return (scaled if scaled <= high else low), high
    is_short = not match["c2"] and low < _LARGE <= high and low * _LARGE <= high
    return (low * _LARGE if is_short and re.search(r"\D000$", match["n2"]) else low), high


def _is_large(match: re.Match[str]) -> bool:
    """A bare number that may be pay: 58,000, or with a scale."""
    if match["s1"] or match["s2"]:
        return True
    return any(_number(match[n], None) >= _LARGE for n in ("n1", "n2") if match[n])


def _single(
    match: re.Match[str], end: int, currency: tuple[str, str | None] | None
) -> Money | None:
    if currency is None:
        return None
    sign, code = currency
    value = _value(match, end, code)
    groups = [f"{kind}{end}" for kind in "cnsa" if match[f"{kind}{end}"]]
    span = Span(min(match.start(g) for g in groups), max(match.end(g) for g in groups))
    return Money(value, value, code, _period(match), span, bool(match[f"s{end}"]), sign)


def _begin(match: re.Match[str]) -> int:
    return match.start("c1") if match["c1"] else match.start("n1")


def _end(match: re.Match[str], text: str) -> int:
    return match.start() + len(text[match.start() : match.end()].rstrip(" ("))


def _has_k(match: re.Match[str]) -> bool:
    """Money by its scale: "80k" is money where people speak of pay; "8 million" is not."""
    last = (match["s2"] or match["s1"] or "").strip().lower()
    return last in {"k", "lpa"}


def _currency(
    before: str | None, after: str | None, scale: str | None
) -> tuple[str, str | None] | None:
    """The sign as written and the currency's code; ``None`` where neither side names one."""
    named = [part.strip(" \u00a0\u202f") for part in (after, before) if part and part.strip()]
    for part in named:
        code = part[:3].upper()
        if code in _CODES and part[:3].isupper():
            return part.lower(), code
    for part in reversed(named):
        if part.lower() in _SIGNS:
            return part.lower(), _SIGNS[part.lower()]
        if part.lower() in _WORDS:
            return part.lower(), _WORDS[part.lower()]
    if scale and scale.strip().lower() in _INDIAN:
        return scale.strip().lower(), "INR"
    return None


def _value(match: re.Match[str], end: int, currency: str | None) -> float:
    scale = match[f"s{end}"]
    value = _number(match[f"n{end}"], currency, is_scaled=bool(scale)) * _scale(scale)
    return round(value, 2)


def _scale(written: str | None) -> float:
    return _SCALES[written.strip(" \u00a0\u202f-").lower()] if written else 1.0


def _number(written: str, currency: str | None, *, is_scaled: bool = False) -> float:
    """Read a number whatever its thousands mark is."""
    bare = re.sub(r"['’   ]", "", written)
    if re.fullmatch(r"\d+[.,]\d{1,2}", bare):
        return float(bare.replace(",", "."))
    if re.fullmatch(r"\d+\.\d{3}", bare) and (is_scaled or currency in _POINT_CURRENCIES):
        return float(bare)
    decimal = re.search(r"[.,](\d{1,2})$", bare)
    whole = re.sub(r"[.,]", "", bare[: decimal.start()] if decimal else bare)
    return float(f"{whole}.{decimal[1]}" if decimal else whole)


def _period(match: re.Match[str]) -> Period | None:
    for name, value in match.groupdict().items():
        if value and name.lstrip("x") in {"slash", "per", "article", "each", "adverb"}:
            return _PERIODS[value.lower()]
        if value and name.lstrip("x") == "dotted":
            return _PERIODS[re.sub(r"[.\s]", "", value.lower())]
    return None
