"""Votes on answers: one for each person and answer, the last one counts."""

from dataclasses import dataclass

from sqlalchemy import Engine, insert, update

from bot.store.tables import feedback


@dataclass(frozen=True, slots=True)
class Feedback:
    """Helpful or not, with a reason where one was given."""

    engine: Engine

    def vote(
        self,
        answer_id: str,
        user: str,
        *,
        vote: str,
        now: float,
        reason: str | None = None,
        comment: str | None = None,
    ) -> None:
        """Note ``up`` or ``down``, in place of what this person said of this answer before."""
        said = {"vote": vote, "reason": reason, "comment": comment, "created": now}
        earlier = (feedback.c.answer_id == answer_id, feedback.c.user == user)
        with self.engine.begin() as connection:
            if connection.execute(update(feedback).where(*earlier).values(**said)).rowcount:
                return
            connection.execute(insert(feedback).values(answer_id=answer_id, user=user, **said))
