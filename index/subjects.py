"""Jobs, past years, ranks and periods that a question names, and text that is about others.

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

_SHARE = (
    r"(?:(?:(?P<top>top|highest|best)|bottom|lowest|worst)(?:[- ]paid|[- ]earning)? "
    r"(?P<share>\d\d?) ?(?:%|per ?cent\b)"
    r"|(?:(?P<upper>top|upper|third|3rd)|bottom|lower|first|1st) (?P<quartile>quartile)\b)"
)
_TOP_OR_BOTTOM = re.compile(rf"\b{_SHARE}", re.IGNORECASE)
_RANK = re.compile(
    rf"\b(?:(?P<rank>\d+)(?:st|nd|rd|th) percentile|(?P<median>median)|{_SHARE}"
    r"|(?P<mean>mean)"
    r"(?= (?:annual |hourly |monthly )?(?:wage|salar|pay|compensation|income|earning)))"
)
"""The top 10 percent begin where the 90th percentile is, the upper quartile is the 75th, and the
median is the 50th. The mean is none."""

_PERIOD = re.compile(
    r"\b(?:(?P<hour>hourly|(?:an|per) hour)|annual(?:ly)?|yearly|(?:a|per) year)\b"
)
"""What pay is counted by."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a text names, of each kind."""

    jobs: frozenset[str]
    years: frozenset[str]
    ranks: frozenset[str]
    """Percentiles, as numbers, and the mean."""
    periods: frozenset[str]


def is_amiss(asked: Subjects, text: str, around: str = "") -> bool:
    """Whether a text is about other jobs, ranks or periods than are asked about, or later years.

    ``around``: what it stands in, itself included. Jobs and years are named there; a rank or a
    period counts there only where the text names none, for a list of wages goes from one to the
    next.
    """
    if asked == _NONE:
        return False
    told, plain = subjects(around or text), _plain(text)
    return (
        (_apart(asked.jobs, told.jobs) and not told.jobs <= _WORK_WITH_ALL)
        or _apart(asked.ranks, _ranks(plain) or told.ranks)
        or _apart(asked.periods, _periods(plain) or told.periods)
        or (_apart(asked.years, told.years) and max(asked.years) < min(told.years))
    )


def asked_about(question: str) -> Subjects:
    """The jobs, years, ranks and periods that a question is about."""
    about = subjects(_BEGUN.sub(" ", question.casefold()))
    if "fullstack" in about.jobs:
        return replace(about, jobs=about.jobs | {"backend", "web"})
    return about


def with_percentiles(question: str) -> str:
    """A question with what statistics call "the top 10 percent" added: "(90th percentile)"."""
    return _TOP_OR_BOTTOM.sub(
        lambda named: f"{named[0]} ({_percentile(named)}th percentile)", question
    )


def subjects(text: str) -> Subjects:
    """The jobs, years, ranks and periods that a text names."""
    plain = _plain(text)
    found = (*_FIELD.findall(plain), *_BY_ITSELF.findall(plain))
    jobs = {_SAME.get(job, job) for job in found}
    return Subjects(
        frozenset(jobs), frozenset(_YEAR.findall(plain)), _ranks(plain), _periods(plain)
    )


def _plain(text: str) -> str:
    return folded(text.casefold().replace("-", " ")).replace("quality assurance", "qa")


def _ranks(plain: str) -> frozenset[str]:
    return frozenset(map(_rank, _RANK.finditer(plain)))


def _rank(named: re.Match[str]) -> str:
    if named["share"] or named["quartile"]:
        return _percentile(named)
    return "50" if named["median"] else named["rank"] or named["mean"]


def _percentile(share: re.Match[str]) -> str:
    """Where a share from above or below ends."""
    if share["quartile"]:
        return "75" if share["upper"] else "25"
    return str(100 - int(share["share"])) if share["top"] else share["share"]


def _periods(plain: str) -> frozenset[str]:
    return frozenset("hour" if named["hour"] else "year" for named in _PERIOD.finditer(plain))


_NONE = Subjects(frozenset(), frozenset(), frozenset(), frozenset())


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
