"""The kind of answer that a question's wording wants: a count, a share, money, pay, a time, a date.

A sentence without any amount of money is no answer to "how much does it pay", however much it is
about the same; the scores of meaning and words hardly see it. Where the wording leaves the kind
open, any answer will do.
"""

import re
from enum import StrEnum


class AnswerType(StrEnum):
    """What an answer has to hold."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    PAY = "pay"
    """An amount, or words about pay."""
    DURATION = "duration"
    DATE = "date"


_TIME_UNITS = r"(?:second|sec|minute|min|hour|hr|day|week|month|year|yr|decade)s?"
_PAY = (
    r"(?:pay|pays|paid|paying|earns?|earned|earning|makes?|making|costs?|charged?|charges|salary"
    r"|salaries|wages?|comp|compensation|income)\b"
)
_WANTS = {
    AnswerType.DURATION: re.compile(
        rf"\bhow long\b(?! as\b)|\bhow many {_TIME_UNITS}\b"
        r"|\b(?:avg|average|median|mean|typical) (?:time|duration|tenure)\b"
    ),
    AnswerType.SHARE: re.compile(
        r"\b(?:what|which) (?:percent|percentage|%|share|fraction|proportion) of\b"
    ),
    AnswerType.MONEY: re.compile(
        rf"\bhow much (?:do|does|did|would|will|can|should|is|are)\b[^?.,]*\b{_PAY}"
        rf"|\b(?:avg|average|median|mean)\b[^?.,]*\b{_PAY}"
    ),
    AnswerType.PAY: re.compile(
        r"\b(?:which|what)\b[^?.,]*\b(?:pays?|paid|paying|earns?)\b(?! off\b)[^?.,]*"
        r"\b(?:most|best|more|better|highest)\b|\b(?:highest|best)[- ](?:paid|paying)\b"
    ),
    AnswerType.COUNT: re.compile(r"\bhow many\b|\b(?:what|which) number of\b"),
    AnswerType.DATE: re.compile(
        r"\bwhen (?:did|was|were)\b|\b(?:what|which) (?:year|month|date)\b"
    ),
}
"""The first that is found counts: "how many years" wants a time."""

_NUMBER = r"(?<![\d.,])(?!(?:19|20)\d\d\b)\d"
_COUNTED = (
    r"(?<![$€£¥₹])(?<![$€£¥₹] )"
    rf"(?!\d[\d,.]*[- ]?(?:dollars|euros|pounds|usd|eur|gbp|{_TIME_UNITS}\b)|\d+(?:st|nd|rd|th)\b)"
) + _NUMBER
"""Money, times and ordinals, percentiles among them, count nothing, no more than years do."""
_PARTS = (
    "half|halves|third|thirds|quarters?|fifths?|tenths?|most|majority|minority|all|none|nobody|zero"
    "|no one|entire|every|few|one in|out of"
)
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?"
    "|thousands?|millions?|billions?|dozens?|both|single|only one|just one|once|twice|thrice"
    "|doubled?|doubles|tripled?|triples|several|unlimited"
)
_MONTHS = (
    "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept"
    "|september|oct|october|nov|november|dec|december"
)
_AMOUNT = (
    r"[$€£¥₹]|\d ?k\b|\b(?:usd|eur|gbp|inr|idr|rp|dollars?|euros?|pounds?|rupees?|undisclosed"
    r"|unpaid|free|nothing|no (?:\w+ )?(?:cost|charge|fee))\b|\d,\d{3}"
)
_HOLDS = {
    AnswerType.COUNT: re.compile(
        rf"{_COUNTED}|\b(?:(?:{_NUMBER_WORDS})(?![- ]{_TIME_UNITS}\b)|{_PARTS})\b"
    ),
    AnswerType.SHARE: re.compile(rf"%|\bper\s?cent\b|\b(?:{_PARTS})\b|\d ?(?:/|in|of) ?\d"),
    AnswerType.MONEY: re.compile(rf"{_AMOUNT}|\d ?%|\bper\s?cent\b"),
    AnswerType.PAY: re.compile(rf"{_AMOUNT}|\b{_PAY}|\b(?:earning|premium)s?\b"),
    AnswerType.DURATION: re.compile(
        rf"{_NUMBER}|\b{_TIME_UNITS}\b|\b(?:overnight|weekends?|quarters?|forever|lifetime|lifelong"
        r"|centur(?:y|ies)|annual(?:ly)?|daily|weekly|monthly|yearly|since|until|term|time)\b"
    ),
    AnswerType.DATE: re.compile(
        rf"\d|\b(?:{_MONTHS})\b|\b(?:today|now|currently|recently|yesterday|ago|last|this|since"
        r"|centur(?:y|ies)|during|after|before|when|while|until|by)\b"
    ),
}


def wanted(question: str) -> AnswerType | None:
    """What an answer to a question has to hold; None where its wording leaves that open."""
    plain = question.casefold()
    return next((kind for kind, pattern in _WANTS.items() if pattern.search(plain)), None)


def holds(text: str, kind: AnswerType) -> bool:
    """Whether a text holds anything of a kind."""
    return _HOLDS[kind].search(text.casefold()) is not None
