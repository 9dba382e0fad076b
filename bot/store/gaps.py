"""Sources that people suggest for questions the library could not answer."""

from dataclasses import dataclass

from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from bot.store.tables import suggestions


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the library lacks; the questions themselves are noted by the ledger."""

    engine: Engine

    def suggest(self, answer_id: str, user: str, source: str, now: float) -> bool:
        """Note a suggested source; False if this person already suggested it here."""
        row = {"answer_id": answer_id, "user": user, "source": source, "created": now}
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(suggestions).values(**row))
        except IntegrityError:
            return False
        return True
