"""Jobs, past years and ranks that a question names, and text that is about others.

What data analysts need is no answer to what backend developers need, nor is the wage of 2025 one
to a question about 2019, nor the 90th percentile one to the 95th; no score of meaning or words says
so loudly enough. Text that names none of the kind may well answer.
"""

import re
from dataclasses import dataclass

from index.pay.vocabulary import FIELDS
from index.shorthand import folded

_ANY = frozenset(
    """software engineering engineer developer development tech technical technology it staff head
    generalist lead line assistant design people special office general deputy night shift time area
    part-time full-time public care application applications solution solutions""".split()
)
"""Fields that tell no job from another."""

_PROFESSIONS = (
    "accountant|actor|actuary|architect|attorney|barber|barista|bookkeeper|bricklayer|butcher"
    "|carpenter|cashier|chef|chemist|dentist|doctor|economist|electrician|farmer|firefighter|florist"
    "|gardener|hairdresser|journalist|lawyer|librarian|mechanic|midwife|nurse|painter|paralegal"
    "|paramedic|pharmacist|photographer|physician|physicist|pilot|plumber|police|professor"
    "|psychologist|receptionist|recruiter|solicitor|surgeon|teacher|therapist|translator"
    "|veterinarian|waiter|welder"
)

_HEADS = (
    "admin|administrator|analyst|architect|consultant|coordinator|designer|developer|director"
    "|engineer|manager|programmer|researcher|scientist|specialist|technician|tester|writer"
)
_FIELDS = "|".join(sorted(map(re.escape, FIELDS - _ANY), key=len, reverse=True))
_NAMED = rf"(?: (?:{'|'.join(sorted(_ANY))}))* (?:{_HEADS})s?\b"
_FIELD = re.compile(rf"\b({_FIELDS})(?=(?: (?:and|or|vs|versus) (?:{_FIELDS}))*{_NAMED})")
"""What a job is in: "backend" and "data" in "backend or data engineers"."""

_BY_ITSELF = re.compile(rf"\b(backend|frontend|fullstack|devops|(?:{_PROFESSIONS})(?=s?\b))")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RANK = re.compile(r"\b\d+(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a text names, of each kind."""

    jobs: frozenset[str]
    years: frozenset[str]
    ranks: frozenset[str]

    def amiss(self, text: str) -> bool:
        """Whether a text is about other jobs or ranks than are named here, or about later years."""
        if not (self.jobs or self.years or self.ranks):
            return False
        other = subjects(text)
        return (
            _apart(self.jobs, other.jobs)
            or _apart(self.ranks, other.ranks)
            or (_apart(self.years, other.years) and max(self.years) < min(other.years))
        )


def subjects(text: str) -> Subjects:
    """The jobs, years and ranks that a text names."""
    plain = folded(text.casefold().replace("-", " ")).replace("quality assurance", "qa")
    jobs = (*_FIELD.findall(plain), *_BY_ITSELF.findall(plain))
    return Subjects(
        frozenset(jobs), frozenset(_YEAR.findall(plain)), frozenset(_RANK.findall(plain))
    )


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
