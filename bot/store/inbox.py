"""Who answers what: each event is claimed once, and an unfinished one can be taken over.

A claim expires, so that the event of a process that died is not lost, and carries the number of
the attempt, so that a process that was only slow notices that another took over. See
docs/decisions/0005-slack-state-and-claims.md.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.tables import inbox

LEASE = 120.0
"""Seconds after which an unfinished event may be taken over; longer than any one send takes."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to answer one event; ``attempt`` counts from 1."""

    key: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Abandoned:
    """An event whose claim expired before it was answered."""

    key: str
    payload: str
    received: float


@dataclass(frozen=True, slots=True)
class Inbox:
    """The events that were accepted, with what is needed to answer them later."""

    engine: Engine

    def claim(self, key: str, payload: str, now: float) -> Claim | None:
        """Take an event that is new or was abandoned; None if it is done or in other hands."""
        try:
            with self.engine.begin() as connection:
                row = {"key": key, "payload": payload, "received": now}
                connection.execute(
                    insert(inbox).values(**row, attempt=1, claimed_until=now + LEASE)
                )
        except IntegrityError:
            return self._take_over(key, now)
        return Claim(key, 1)

    def _take_over(self, key: str, now: float) -> Claim | None:
        with self.engine.begin() as connection:
            attempt = connection.scalar(select(inbox.c.attempt).where(inbox.c.key == key))
            if attempt is None:
                return None
            taken = connection.execute(
                update(inbox)
                .where(inbox.c.key == key, inbox.c.attempt == attempt)
                .where(inbox.c.done.is_(None), inbox.c.claimed_until < now)
                .values(attempt=attempt + 1, claimed_until=now + LEASE)
            )
            return Claim(key, attempt + 1) if taken.rowcount == 1 else None

    def renew(self, claim: Claim, now: float) -> bool:
        """Keep a claim for another lease; False if it was taken over or is done."""
        with self.engine.begin() as connection:
            kept = connection.execute(
                update(inbox)
                .where(inbox.c.key == claim.key, inbox.c.attempt == claim.attempt)
                .where(inbox.c.done.is_(None))
                .values(claimed_until=now + LEASE)
            )
            return kept.rowcount == 1

    def done(self, claim: Claim, now: float) -> None:
        """Mark an event as answered."""
        with self.engine.begin() as connection:
            finish(connection, claim, now)

    def abandoned(self, now: float) -> list[Abandoned]:
        """Return the unfinished events whose claims have expired, oldest first."""
        columns = (inbox.c.key, inbox.c.payload, inbox.c.received)
        unfinished = (
            select(*columns)
            .where(inbox.c.done.is_(None), inbox.c.claimed_until < now)
            .order_by(inbox.c.received)
        )
        with self.engine.connect() as connection:
            return [Abandoned(*row) for row in connection.execute(unfinished)]


def finish(connection: Connection, claim: Claim, now: float) -> None:
    """Mark an event as answered, in a transaction of the caller; its text is then forgotten."""
    connection.execute(update(inbox).where(inbox.c.key == claim.key).values(done=now, payload=""))
