"""The message about a rebuild while it runs: posted once, edited now and then, ended once.

Where the bot may not post, the person who asked gets the first and the last state through the
response_url, which takes five messages in half an hour and edits none of them.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, sleep
from types import TracebackType
from typing import Self

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import outbox
from bot.slack.blocks.rebuild import Outcome, Plan, outcome_message, progress_message
from bot.slack.message import Message
from index.errors import CareerbotError

log = structlog.get_logger()

EDIT_SECONDS = 3.0
"""The message is edited at most so often."""
_TASKS = {
    "Reading documents": "read",
    "Preparing models": "encode",
    "Encoding passages": "encode",
    "Writing and checking": "check",
    "Asking golden questions": "golden",
}
"""Which card a stage of the build belongs to; the last card is reached with the report."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody asked for something, and where the reply goes."""

    channel: str
    user: str
    response_url: str


class RebuildMessage:
    """Follows a rebuild as its `Progress`; a thread of its own talks to Slack."""

    def __init__(
        self, client: WebClient, spot: Spot, plan: Plan, on_tick: Callable[[], object]
    ) -> None:
        """``on_tick`` is called every few seconds while the rebuild runs."""
        self._client, self._spot, self._on_tick = client, spot, on_tick
        self._plan = self._shown = plan
        self._ts: str | None = None
        self._edited = 0.0
        self._over = threading.Event()
        self._editor = threading.Thread(target=self._edit_now_and_then, daemon=True)

    def __enter__(self) -> Self:
        """Post the first state."""
        self._ts = self._post(progress_message(self._plan))
        self._edited = monotonic()
        self._editor.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop editing; where nobody has said how it ended, say that it failed."""
        if not self._over.is_set():
            self.end(Outcome(error=CareerbotError("something went wrong on my side")))

    def task(self, key: str) -> None:
        """Another task is under way."""
        if key != self._plan.task:
            self._plan = replace(self._plan, task=key, done=0, total=None, waiting=False)

    def stage(self, name: str, total: int | None) -> None:
        """Take a stage of the build to its card."""
        self.task(_TASKS.get(name, self._plan.task))
        self._plan = replace(self._plan, done=0, total=total, waiting=False)

    def step(self, count: int = 1) -> None:
        """Count steps of the card."""
        self._plan = replace(self._plan, done=self._plan.done + count)

    def waiting(self) -> None:
        """Say that another build runs."""
        self._plan = replace(self._plan, waiting=True)

    def end(self, outcome: Outcome) -> None:
        """Show what became of it, in place of the progress."""
        self._over.set()
        self._editor.join()
        message = outcome_message(self._plan, outcome)
        if self._ts is None:
            outbox.respond(self._spot.response_url, message)
            return
        sleep(max(0.0, self._edited + EDIT_SECONDS - monotonic()))
        try:
            self._edit(self._ts, message)
        except SlackApiError:
            log.exception("the message about a rebuild has gone; posted another")
            self._post(message)

    def _edit_now_and_then(self) -> None:
        while not self._over.wait(EDIT_SECONDS):
            try:
                self._on_tick()
                plan = self._plan
                if self._ts and plan != self._shown:
                    self._edit(self._ts, progress_message(plan))
                    self._shown = plan
            except Exception:  # the next edit may work, and the last one tells everything
                log.exception("the message about a rebuild could not be edited")

    def _post(self, message: Message) -> str | None:
        spot = self._spot
        return outbox.post_or_tell(self._client, spot.channel, spot.response_url, message)

    def _edit(self, ts: str, message: Message) -> None:
        self._edited = monotonic()
        outbox.edit(self._client, self._spot.channel, ts, message)
