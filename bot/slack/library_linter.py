"""What a message about the library may name: its files, and our own sentences about failures.

A reason is admitted only as the very words of a `Problem`, a `CareerbotError` or the gate, which
are written by us, and only in the few phrases that have a place for it.
"""

from collections.abc import Iterator

from bot.slack import library_strings
from bot.slack.message import Upkeep


def names(upkeep: Upkeep) -> Iterator[str]:
    """Every file and every test question that the message is about."""
    yield from upkeep.paths
    yield from (problem.path for problem in upkeep.problems)
    yield from upkeep.gate.worse if upkeep.gate else ()


def reasons(upkeep: Upkeep) -> frozenset[str]:
    """Every reason that the message may give, as replies write it."""
    said = [problem.reason for problem in upkeep.problems]
    if upkeep.error:
        said.append(str(upkeep.error))
    if upkeep.gate:
        said.append(upkeep.gate.problem)
    return frozenset(library_strings.reason(words) for words in said if words)
