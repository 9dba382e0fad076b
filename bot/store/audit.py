"""Who changed the library, or was not allowed to: what, when, and how it ended."""

from dataclasses import asdict, dataclass

from sqlalchemy import Engine, insert, select, update

from bot.store.tables import audit

REFUSED = "refused"
ASKED = "asked"
"""Waits for somebody to confirm it."""
STARTED = "started"
"""Still there long after: the process that carried it out has died."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to what: ``action`` is add, remove, rebuild or rollback."""

    team: str
    user: str
    action: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed, when, and how it ended: one of the words above, or a sentence."""

    id: int
    created: float
    deed: Deed
    result: str
    ended: float | None


@dataclass(frozen=True, slots=True)
class Audit:
    """Every deed in the order of time. Nothing is ever deleted."""

    engine: Engine

    def note(self, deed: Deed, result: str, now: float) -> int:
        """Write down a deed as it begins, or that it was refused; return its number."""
        row = {**asdict(deed), "result": result, "created": now}
        ended = now if result == REFUSED else None
        with self.engine.begin() as connection:
            statement = insert(audit).values(**row, ended=ended).returning(audit.c.id)
            return int(connection.execute(statement).scalar_one())

    def begin(self, number: int, user: str) -> Deed | None:
        """Start what was asked for and is now confirmed, once; None if it was before."""
        asked = (audit.c.id == number, audit.c.result == ASKED)
        with self.engine.begin() as connection:
            begun = connection.execute(
                update(audit).where(*asked).values(result=STARTED, user=user)
            )
            if begun.rowcount != 1:
                return None
            row = connection.execute(select(*_DEED).where(audit.c.id == number)).one()
            return Deed(*row)

    def end(self, number: int, result: str, now: float) -> None:
        """Write down what became of a deed."""
        with self.engine.begin() as connection:
            connection.execute(
                update(audit).where(audit.c.id == number).values(result=result, ended=now)
            )

    def entries(self) -> list[Entry]:
        """Return everything, oldest first."""
        columns = (audit.c.id, audit.c.created, audit.c.result, audit.c.ended, *_DEED)
        with self.engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(audit.c.id))
            return [
                Entry(number, created, Deed(*deed), result, ended)
                for number, created, result, ended, *deed in rows
            ]


_DEED = (audit.c.team, audit.c.user, audit.c.action, audit.c.target)
