"""Short and variant forms of words → the form that the other side uses.

People type "swe", "k8s" and "cv"; documents say software engineer, Kubernetes and résumé. Encoders
know few of these, and a lexical index none, so a question is spelled out before it is searched,
and the lexical index folds questions and passages alike.
"""

import re

_SPELLED_OUT = {
    "avg": "average",
    "b/c": "because",
    "comp": "compensation",
    "comp sci": "computer science",
    "cv": "resume",
    "cvs": "resumes",
    "db": "database",
    "dbs": "databases",
    "dept": "department",
    "depts": "departments",
    "dev": "developer",
    "devs": "developers",
    "eli5": "explain simply",
    "engs": "engineers",
    "govt": "government",
    "hrs": "hours",
    "infra": "infrastructure",
    "jd": "job description",
    "jds": "job descriptions",
    "jr": "junior",
    "js": "javascript",
    "k8s": "kubernetes",
    "lvl": "level",
    "lvls": "levels",
    "mgmt": "management",
    "mgr": "manager",
    "mgrs": "managers",
    "mins": "minutes",
    "ml": "machine learning",
    "oss": "open source",
    "postgres": "postgresql",
    "ppl": "people",
    "prs": "pull requests",
    "pto": "paid time off",
    "reqs": "requirements",
    "rto": "return to office",
    "sde": "software engineer",
    "sdes": "software engineers",
    "sr": "senior",
    "sre": "site reliability engineer",
    "sres": "site reliability engineers",
    "swe": "software engineer",
    "swes": "software engineers",
    "ts": "typescript",
    "uni": "university",
    "usa": "united states",
    "w/": "with",
    "w/o": "without",
    "wfh": "work from home",
    "wlb": "work life balance",
    "yoe": "years of experience",
    "yr": "year",
    "yrs": "years",
}
_SHORT = re.compile(
    r"(?<![\w./+#-])(?:"
    + "|".join(sorted(map(re.escape, _SPELLED_OUT), key=len, reverse=True))
    + r")(?![\w/+#-]|\.\w)",
    re.IGNORECASE,
)

_JOINED = re.compile(
    r"\b(back|front|full|part|on|off|start|free|data|life|hand)[- ]"
    r"(end|stack|time|site|shore|up|lance|base|cycle|book)(s?)\b"
)
"""Words that are written together, apart, and with a hyphen."""

_BRITISH = (
    (re.compile(r"\b(\w{3,})is(e|es|ed|er|ers|ing|ation|ations)\b"), r"\1iz\2"),
    (
        re.compile(
            r"\b(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum|val|vig)our(\w*)\b"
        ),
        r"\1or\2",
    ),
)
"""Both spellings end alike; a word that becomes none by it ("exercize") does so on both sides."""


def spelled_out(question: str) -> str:
    """A question with each short form said in full beside it: "swe (software engineer)".

    Some documents have the one, some the other.
    """
    return _SHORT.sub(lambda found: f"{found[0]} ({_SPELLED_OUT[found[0].lower()]})", question)


def folded(text: str) -> str:
    """A text in small letters with every variant in one form, to be compared with such a text."""
    text = _SHORT.sub(lambda found: _SPELLED_OUT[found[0].lower()], text)
    text = _JOINED.sub(r"\1\2\3", text)
    for pattern, other in _BRITISH:
        text = pattern.sub(other, text)
    return text
