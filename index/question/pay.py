"""Which questions are plainly about pay, and what is looked up for them."""

import re

_PAY = r"(?:salar(?:y|ies)|wages?|pay|compensation|income|earnings|paychecks?)"
_MEASURE = (
    r"(?:(?:average|median|typical|usual|normal|going|current|base|starting|annual|yearly|hourly"
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
        rf"{_WHAT_IS}\s+(?:the\s+)?{_MEASURE}{_RANGE}\s+(?:of|for|as)\s+{_ARTICLE}{_WHO}{_TAIL}",
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
    r"|fair|unfair|than|more|less|better|worse|compare\w*|vs|versus|tax\w*|difference)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:i|you|we|they|he|she|it|one|that|this|those|people|my|your|our|their|me|us|sense|good|the)"
    r"(?:\s.*)?",
    re.IGNORECASE,
)
_LONGEST = 150
"""Characters; a longer question says more than a role and a place."""
_LONGEST_WHO = 6
"""Words that name a role, with level and company; more are a question of another kind."""


def pay_query(question: str) -> str | None:
    """Return what to look up for a question that plainly asks what a job pays; else None.

    "What does a data engineer make in Austin?" gives "data engineer in Austin". How to negotiate,
    why pay differs and the like are questions for the library.
    """
    asked = " ".join(question.split())
    if len(asked) > _LONGEST or _ADVICE.search(asked):
        return None
    for form in _FORMS:
        if found := form.fullmatch(asked):
            who = found["who"].strip(" ,")
            if _NOBODY.fullmatch(who) or len(who.split()) > _LONGEST_WHO:
                return None
            return f"{who}{found['rest']}".strip()
    return None
