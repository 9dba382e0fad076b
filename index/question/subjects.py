"""Jobs, past years and ranks that a question names, and text that is about others.

What data analysts need is no answer to what backend developers need, nor is the wage of 2025 one
to a question about 2019, nor the 90th percentile one to the 95th; no score of meaning or words says
so loudly enough. Text that names none of the kind may well answer.
"""

import re
from dataclasses import dataclass, replace

from index.pay.vocabulary import FIELDS
from index.shorthand import folded

_ANY = frozenset(
    """software engineering engineer developer development tech technical technology it staff head
    generalist lead line assistant design people special office general deputy night shift time area
    part-time full-time public care application applications solution solutions platform
    python golang go ruby rails php node node.js react angular vue .net c c++ c# rust scala kotlin
    swift java javascript typescript django laravel api apis""".split()
)
"""Fields that tell no job from another, languages and frameworks among them."""

_SAME = {
    "android": "mobile", "cyber": "security", "cybersecurity": "security", "deep": "ai",
    "frontend": "web", "interaction": "web", "ios": "mobile", "learning": "ai", "machine": "ai",
    "machine-learning": "ai", "ml": "ai", "nlp": "ai", "reliability": "devops", "resources": "hr",
    "site": "devops", "system": "systems", "test": "qa", "ui": "web", "ux": "web",
}  # fmt: skip
"""Fields that name one job in other words, or overlap."""

_WORK_WITH_ALL = frozenset({"hr", "product", "program", "project"})
"""Jobs that texts about any other job mention: what they say need not be about those."""

_PROFESSIONS = (
    "accountant|bookkeeper|bricklayer|carpenter|dentist|electrician|firefighter|hairdresser|journalist"
    "|lawyer|librarian|midwife|nurse|paralegal|paramedic|pharmacist|physician|plumber|professor"
    "|psychologist|surgeon|teacher|therapist|veterinarian|welder"
)

_HEADS = (
    "admin|administrator|analyst|architect|consultant|coordinator|designer|developer|director"
    "|engineer|manager|programmer|researcher|scientist|specialist|technician|tester|writer"
)
"""Not `index.pay.vocabulary.HEADS`: there stand "agent" and "driver" too, which outside of titles
are mostly no people. So with the professions, "chef" and "pilot" left out."""

_FIELDS = "|".join(sorted(map(re.escape, FIELDS - _ANY), key=len, reverse=True))
_NAMED = rf"(?: (?:{'|'.join(sorted(_ANY))}))* (?:{_HEADS})s?\b"
_FIELD = re.compile(rf"\b({_FIELDS})(?=(?: (?:and|or|vs|versus) (?:{_FIELDS}))*{_NAMED})")
"""What a job is in: "backend" and "data" in "backend or data engineers"."""

_BY_ITSELF = re.compile(rf"\b(backend|frontend|fullstack|devops|(?:{_PROFESSIONS})(?=s?\b))")
_YEAR = re.compile(
    r"(?<![$€£,.\d])\b(?:19|20)\d\d\b"
    r"(?![,.]\d|\s*(?:hours|employees|people|dollars|euros|a month|per\b|k\b))"
)
_BEGUN = re.compile(r"\b(?:since|after|from|graduated in|started in) (?:19|20)\d\d\b")
"""A year that something begins in is not all that is asked about."""

_RANK = re.compile(
    r"\b(?:(?P<rank>\d+)(?:st|nd|rd|th) percentile|(?P<median>median)|(?P<mean>mean)"
    r"(?= (?:annual |hourly |monthly )?(?:wage|salar|pay|compensation|income|earning)))"
)
"""The median is the 50th percentile; the mean is none."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a text names, of each kind."""

    jobs: frozenset[str]
    years: frozenset[str]
    ranks: frozenset[str]
    """Percentiles, as numbers, and the mean."""


def is_amiss(asked: Subjects, text: str, around: str) -> bool:
    """Whether a text is about other jobs or ranks than are asked about, or later years.

    ``around``: what it stands in, itself included. Jobs and years are named there; a rank counts
    there only where the text names none, for a list of wages goes from one to the next.
    """
    if asked == _NONE:
        return False
    told = subjects(around)
    return (
        (_apart(asked.jobs, told.jobs) and not told.jobs <= _WORK_WITH_ALL)
        or _apart(asked.ranks, _ranks(_plain(text)) or told.ranks)
        or (_apart(asked.years, told.years) and max(asked.years) < min(told.years))
    )


def asked_about(question: str) -> Subjects:
    """The jobs, years and ranks that a question is about."""
    about = subjects(_BEGUN.sub(" ", question.casefold()))
    if "fullstack" in about.jobs:
        return replace(about, jobs=about.jobs | {"backend", "web"})
    return about


def subjects(text: str) -> Subjects:
    """The jobs, years and ranks that a text names."""
    plain = _plain(text)
    found = (*_FIELD.findall(plain), *_BY_ITSELF.findall(plain))
    jobs = {_SAME.get(job, job) for job in found}
    return Subjects(frozenset(jobs), frozenset(_YEAR.findall(plain)), _ranks(plain))


def _plain(text: str) -> str:
    return folded(text.casefold().replace("-", " ")).replace("quality assurance", "qa")


def _ranks(plain: str) -> frozenset[str]:
    return frozenset(
        "50" if named["median"] else named["rank"] or named["mean"]
        for named in _RANK.finditer(plain)
    )


_NONE = Subjects(frozenset(), frozenset(), frozenset())


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
