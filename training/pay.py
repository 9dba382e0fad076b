"""Questions about pay, made from the official wage statistics: which role, and where.

The figures are the Bureau of Labor Statistics' (public domain); the wording around them is ours.
The negatives are right in all but one thing: another place, another role, another quantity. They
teach that a figure for one place is no answer for another.
"""

import random
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from index.models.answerability import evidence_text
from training.examples import Candidate, Example

QUESTIONS = 1_800

_ASK = (
    "What do {roles} earn in {place}?",
    "How much does a {role} make in {place}?",
    "{role} salary {place}",
    "median pay for {roles} in {place}",
    "What is the typical salary of a {role} in {place}?",
    "how much are {roles} paid in {place}",
    "what's the pay like for a {role} in {place}?",
    "{place} {role} pay",
)
_ASK_ANYWHERE = (
    "What do {roles} earn?",
    "What is the median wage of {roles}?",
    "how much does a {role} make",
    "typical {role} salary",
    "What is the pay for {roles}?",
    "are {roles} paid well?",
)
_SAY_ANYWHERE = (
    "{roles} earn a median of {pay} a year.",
    "The median annual wage for {roles} was {pay}.",
    "Half of all {roles} make more than {pay} a year.",
    "Pay for {roles}: {pay} in the middle, with wide differences between employers.",
)
_SAY = (
    "In {place}, {roles} earn a median of {pay} a year.",
    "The median annual wage for {roles} in {place} is {pay}.",
    "{roles} in {place} make about {pay} a year, half of them more and half of them less.",
    "A {role} in {place} can expect {pay}.",
)
_SAY_OTHERWISE = (
    "{place} employs about {jobs} {roles}.",
    "There are {jobs} jobs for {roles} in {place}, and their number is growing.",
    "Companies in {place} find it hard to hire {roles}.",
    "What {roles} earn differs a lot, and {place} is no exception.",
)
_HEADERS = ("Role Location Median salary", "Occupation | State | Annual pay", "Job, Place, Salary")
_ROWS = ("{roles} {place} {pay}", "{roles} | {place} | {pay}", "{roles}, {place}, {pay}/year")
_HEADINGS = ("Salaries by location", "What the job pays", "{roles}", "Pay", "")
_ELSEWHERE = ("Germany", "London", "India", "Canada", "Berlin", "the UK", "Brazil", "Australia")


@dataclass(frozen=True, slots=True)
class _Figure:
    roles: str
    place: str
    pay: str
    jobs: str

    def fill(self, template: str) -> str:
        """Put the figure's words into a template."""
        role = self.roles.removesuffix("s")
        return template.format(
            roles=self.roles, role=role, place=self.place, pay=self.pay, jobs=self.jobs
        )


def pay_questions(statistics: Path, rng: random.Random) -> list[Example]:
    """Questions about a role's pay, in a place or at all; two in five have no answer."""
    figures = _figures(statistics)
    roles = sorted({role for role, _ in figures})
    places = sorted({place for _, place in figures})
    examples: list[Example] = []
    while len(examples) < QUESTIONS:
        role, other_role = rng.sample(roles, 2)
        place, *other_places = rng.sample(places, 3)
        right = figures.get((role, place))
        wrong = [figures.get((role, p)) for p in other_places] + [figures.get((other_role, place))]
        near = [figure for figure in wrong if figure]
        if not right or len(near) < len(wrong):
            continue
        if rng.random() < 0.4:
            examples.append(_anywhere(right, near, rng))
            continue
        asked = _Figure(role, rng.choice(_ELSEWHERE), "", "") if rng.random() < 0.2 else right
        answered = asked is right and rng.random() < 0.75
        shape = rng.random()
        candidates = [Candidate(_shown(f, shape, near, rng), 0, "article") for f in near]
        otherwise = evidence_text(right.fill(rng.choice(_SAY_OTHERWISE)), near[0].fill(_SAY[0]))
        candidates.append(Candidate(otherwise, 0, "paragraph"))
        if answered:
            candidates.insert(0, Candidate(_shown(right, shape, near, rng), 1, "paragraph"))
        question = asked.fill(rng.choice(_ASK))
        examples.append(Example("pay", question, answered, tuple(candidates)))
    return examples


def _anywhere(right: _Figure, others: list[_Figure], rng: random.Random) -> Example:
    """A question about a role's pay, among statements about that of other roles."""
    others = [figure for figure in others if figure.roles != right.roles]
    answered = rng.random() < 0.6
    told = [(figure, 0) for figure in others] + ([(right, 1)] if answered else [])
    texts = [(figure.fill(rng.choice(_SAY_ANYWHERE)), label) for figure, label in told]
    candidates = [
        Candidate(
            evidence_text(text, texts[n - 1][0] if n else "", "", rng.choice(("Pay", "Wages", ""))),
            label,
            "paragraph",
        )
        for n, (text, label) in enumerate(texts)
    ]
    besides = right.fill("There are {jobs} jobs for {roles}, and their pay is often discussed.")
    candidates.append(Candidate(evidence_text(besides, texts[0][0], "", ""), 0, "paragraph"))
    question = right.fill(rng.choice(_ASK_ANYWHERE))
    candidates.sort(key=lambda candidate: -candidate.label)
    return Example("pay", question, answered, tuple(candidates))


def _shown(figure: _Figure, shape: float, around: list[_Figure], rng: random.Random) -> str:
    """A figure as the row of a table or as a sentence; one table is written in one way."""
    heading = figure.fill(rng.choice(_HEADINGS))
    neighbour = rng.choice(around)
    if shape < 0.5:
        kind = int(shape * 2 * len(_ROWS))
        row, following = figure.fill(_ROWS[kind]), neighbour.fill(_ROWS[kind])
        return evidence_text(row, _HEADERS[kind], following, heading)
    previous, following = neighbour.fill(rng.choice(_SAY)), neighbour.fill(rng.choice(_SAY))
    return evidence_text(figure.fill(rng.choice(_SAY)), previous, following, heading)


def _figures(statistics: Path) -> dict[tuple[str, str], _Figure]:
    """Annual median and number of jobs by role and state, where both are published."""
    connection = sqlite3.connect(f"file:{statistics}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT occupation_name, area_name, v13, v01 FROM cell"
        " JOIN area ON substr(key, 5, 7) = area_code"
        " JOIN occupation ON substr(key, 18, 6) = occupation_code"
        " WHERE areatype_code = 'S' AND display_level = 3 AND key LIKE 'OEUS%'"
        " ORDER BY key"
    ).fetchall()
    connection.close()
    return {
        (name.lower(), place): _Figure(name.lower(), place, f"${int(pay):,}", f"{int(jobs):,}")
        for name, place, pay, jobs in rows
        if (pay or "").isdigit()
        and (jobs or "").isdigit()
        and len(name) < 30
        and not re.search("[,&]| and ", name)
    }
