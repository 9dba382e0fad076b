"""Which questions are plainly about pay, and what is looked up for them."""

import re
import tomllib
from functools import cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.pay import vocabulary
from index.pay.roles import roles_in
from index.shorthand import spelled_out

_PAY = r"(?:salar(?:y|ies)|wages?|pay|compensation|income|earnings|paychecks?)"
_MEASURE = (
    r"(?:(?:average|median|typical|usual|normal|fair|good|decent|going|current|base|starting|annual|yearly|hourly"
    r"|total)\s+)*"
)
_EARN = r"(?:make|makes|earn|earns|get\s+paid|gets\s+paid|(?:be\s+)?paid|get|gets)"
_AUXILIARY = r"(?:do|does|can|could|would|will|should|is|are|might)"
_ARTICLE = r"(?:(?:an?|the|most|your\s+average|an\s+average)\s+)?"
_PERIOD = r"(?:\s+(?:a|an|per|each|every)\s+(?:year|month|week|day|hour)|\s+annually|\s+yearly)?"
_TAIL = (
    _PERIOD + r"(?P<rest>(?:\s+(?:in|at|near|around|for|with)\s+.+?)?)"
    r"(?:\s+(?:a|an|per|each|every)\s+(?:year|month|week|day|hour)|\s+annually|\s+yearly"
    r"|\s+(?:these\s+days|right\s+now|now|today|on\s+average))*"
)
_WHO = r"(?P<who>.+?)"

_RANGE = rf"{_PAY}(?:\s+range)?"
_WHAT_IS = r"(?:what(?:['’]?s|\s+is|\s+are)|how\s+much\s+is)"
_GETS = r"(?:get|have|make|earn|receive|expect|command)s?"

_FORMS = tuple(
    re.compile(rf"(?:please\s+|hey\s+|hi\s+|so\s+)?{form}[\s?.!]*", re.IGNORECASE)
    for form in (
        # what does a data engineer make in Austin? how much do nurses earn?
        rf"(?:what|how\s+much)(?:\s+money)?\s+{_AUXILIARY}\s+{_ARTICLE}{_WHO}\s+{_EARN}{_TAIL}",
        # what is the median salary of a data engineer in Austin?
        rf"{_WHAT_IS}\s+(?:(?:the|an?)\s+)?{_MEASURE}{_RANGE}\s+(?:of|for|as)\s+{_ARTICLE}{_WHO}{_TAIL}",
        # what salary does a data engineer get in Austin?
        rf"what\s+{_MEASURE}{_RANGE}\s+{_AUXILIARY}\s+{_ARTICLE}{_WHO}\s+{_GETS}{_TAIL}",
        # what is a data engineer's salary in Austin?
        rf"{_WHAT_IS}\s+{_ARTICLE}{_WHO}(?:['’]s?)?\s+{_RANGE}{_TAIL}",
        # salary of a data engineer in Austin
        rf"{_MEASURE}{_RANGE}\s+(?:of|for)\s+{_ARTICLE}{_WHO}{_TAIL}",
        # data engineer salary in Austin
        rf"{_MEASURE}{_WHO}\s+{_RANGE}{_TAIL}",
    )
)
_ADVICE = re.compile(
    r"\b(?:negotiat\w*|ask(?:ing)?\s+for|raise|increase|rise|grow\w*|why|when|should\s+i|how\s+(?:do|can"
    r"|should|to)|transparen\w*|gap|cut|history|expectations?|premium|discuss|talk|affect\w*|equal"
    r"|unfair|than|more|less|better|worse|compare\w*|vs|versus|tax\w*|difference)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:i|you|we|they|he|she|it|one|that|this|those|people|my|your|our|their|me|us|sense|good|the)"
    r"(?:\s.*)?",
    re.IGNORECASE,
)
_ABOUT_PAY = re.compile(
    rf"\b(?:{_PAY}|comp|tc|(?:going|day|hourly)\s+rate|(?:make|earn)\s+(?:good|decent)\s+money"
    r"|(?:how\s+much|how\s+well|what)\b.*\b(?:make|makes|making|earn|earns|earning|paid|pays|paying|\$+))\b"
    r"|how\s+much\s+\$",
    re.IGNORECASE,
)
_NAMELESS = 2
"""Words beside job, level, place and talk that a question on pay may have: an employer, a field."""
_LOOSE = 14
"""Words; a longer question tells more than a pay query does."""

_LONGEST = 150
"""Characters; a longer question says more than a role and a place."""
_LONGEST_WHO = 6
"""Words that name a role, with level and company; more are a question of another kind."""


def pay_query(question: str) -> str | None:
    """Return what to look up for a question that plainly asks what a job pays; else None.

    "What does a data engineer make in Austin?" gives "data engineer in Austin". How to negotiate,
    why pay differs and the like are questions for the library.
    """
    asked = " ".join(map(_spelt, question.split()))
    if len(asked) > _LONGEST or _ADVICE.search(asked):
        return None
    for form in _FORMS:
        if found := form.fullmatch(asked):
            who = found["who"].strip(" ,")
            if _NOBODY.fullmatch(who) or len(who.split()) > _LONGEST_WHO:
                break
            return f"{who}{found['rest']}".strip()
    return _loosely(asked)


@cache
def _talk() -> frozenset[str]:
    """Words of a question on pay that name nothing that is looked up."""
    file = resources.files("index.language").joinpath("data", "pay.toml")
    return frozenset(tomllib.loads(file.read_text("utf-8"))["talk"].split())


def _spelt(word: str) -> str:
    """A word as typed, or the word for pay that it nearly is: "slary"."""
    if len(word) < _SLIP or word.casefold() in _PAY_WORDS:
        return word
    near = process.extractOne(word.casefold(), _PAY_WORDS, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else word


_SLIP = 5
"""Letters that a word has in which a slip is mended; shorter ones are other words."""
_PAY_WORDS = ("salary", "salaries", "compensation", "earnings", "paycheck", "income")


def is_bare(question: str) -> bool:
    """Whether a question asks for pay and names nobody whose: "salary?", "what about comp"."""
    words = re.findall(r"[^\W\d_]+", question.casefold())
    return bool(words) and len(words) <= 4 and bool(_ONLY_PAY.fullmatch(" ".join(words)))


_ONLY_PAY = re.compile(
    rf"(?:(?:what|about|how|the|is|and|any|s)\s+)*(?:{_PAY}|comp)(?:\s+(?:range|info|data))?"
)


def _loosely(asked: str) -> str | None:
    """What is looked up where pay and a job are named, in any order, with little else around."""
    words = asked.split()
    if len(words) > _LOOSE or not _ABOUT_PAY.search(asked):
        return None
    jobs = roles_in(spelled_out(asked))
    if not jobs:
        return None
    kept = [word for word in words if word.strip("?!.,'’\"").casefold() not in _talk()]
    job = {word for one in jobs for word in one.name.casefold().split()}
    places = {
        word
        for start, end, _ in vocabulary.places_in(asked)
        for word in asked[start:end].casefold().split()
    }
    named = job | places
    others = [
        word
        for word in kept
        if (bare := word.strip("?!.,'’\"()").casefold()) not in named
        and bare not in vocabulary.LEVELS
        and not bare.isdigit()
    ]
    return " ".join(kept).strip(" ?!.,") if len(others) <= _NAMELESS else None
