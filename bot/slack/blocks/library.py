"""What /library shows: what the library holds, what to confirm, and who may change it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.citation import OLD_AFTER_MONTHS, age_in_months, spoken_date, spoken_day
from bot.slack import library_strings as said
from bot.slack import strings
from bot.slack.blocks.elements import (
    Element,
    button,
    buttons,
    note,
    paragraph,
    plain,
    rich_text,
    run,
    sentence,
)
from bot.slack.blocks.quote import title_of
from bot.slack.blocks.rebuild import listed, problem_list, roll_back_button
from bot.slack.message import Message, Upkeep
from index.documents.document import Document
from index.documents.library import Problem
from index.versions import Version

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one version of the library holds."""

    version: str
    built: date
    documents: Sequence[Document]
    passages: int
    problems: tuple[Problem, ...]


def status_message(held: Holdings, today: date) -> Message:
    """Say what the library holds, what was skipped or read with doubt, and what has grown old."""
    old = [document for document in held.documents if _is_old(document, today)]
    doubts = tuple(Problem(d.id, "; ".join(d.doubts)) for d in held.documents if d.doubts)
    undated = sum(not document.source.date for document in held.documents)
    counts = said.STATUS(strings.number(len(held.documents)), strings.number(held.passages))
    blocks = [
        {"type": "header", "text": plain(said.LIBRARY())},
        sentence(counts),
        note(said.BUILT(held.version, spoken_day(held.built))),
        *_problems(held.problems),
        *_doubts(doubts),
        *_old(old),
        *([note(said.UNDATED(strings.number(undated)))] if undated else []),
    ]
    return Message(counts, blocks, tuple(old), upkeep=Upkeep(problems=(*held.problems, *doubts)))


def _problems(problems: Sequence[Problem]) -> Iterator[Element]:
    if not problems:
        yield sentence(said.NO_PROBLEMS())
        return
    one = len(problems) == 1
    yield sentence(said.PROBLEMS_ONE() if one else said.PROBLEMS(strings.number(len(problems))))
    yield problem_list(problems)


def _doubts(doubts: Sequence[Problem]) -> Iterator[Element]:
    """Name the documents of which something may have been read wrongly."""
    if doubts:
        one = len(doubts) == 1
        yield sentence(said.DOUBTS_ONE() if one else said.DOUBTS(strings.number(len(doubts))))
        yield problem_list(doubts)


def _old(old: Sequence[Document]) -> Iterator[Element]:
    """Name the oldest documents, oldest first."""
    months = strings.number(OLD_AFTER_MONTHS)
    if not old:
        yield sentence(said.NONE_OLD(months))
        return
    one = len(old) == 1
    yield sentence(said.OLD_ONE(months) if one else said.OLD(strings.number(len(old)), months))
    oldest_first = sorted(old, key=lambda document: (document.source.date or "", document.id))
    yield listed(
        [
            [run(said.OLD_DOCUMENT(title_of(d), spoken_date(d.source.date or "") or ""))]
            for d in oldest_first
        ]
    )


def _is_old(document: Document, today: date) -> bool:
    """Whether a quote from this document carries an age note."""
    return age_in_months(document.source.date or "", today) > OLD_AFTER_MONTHS


def refusal(librarians: Sequence[str]) -> Message:
    """Say that only librarians may do this, and who they are."""
    if not librarians:
        return Message(said.NO_LIBRARIANS(), [sentence(said.NO_LIBRARIANS())])
    runs = [run(said.LIBRARIANS_ONLY()), run(said.PLEASE_ASK())]
    for number, person in enumerate(librarians[:_MOST_NAMED]):
        runs += [run(said.COMMA())] if number else []
        runs.append({"type": "user", "user_id": person})
    runs.append(run(said.FULL_STOP()))
    return Message(
        said.LIBRARIANS_ONLY(), [rich_text(paragraph(*runs))], people=frozenset(librarians)
    )


def ask_remove(document_id: str, number: int) -> Message:
    """Ask whether a document is to go; ``number`` is that of the audit, where it is noted."""
    asked = said.ASK_REMOVE(strings.name(document_id))
    confirm = button(said.REMOVE(), "library_remove", str(number)) | {"style": "danger"}
    return Message(
        strings.escape(asked),
        [sentence(asked), buttons(confirm)],
        upkeep=Upkeep(paths=(document_id,)),
    )


def near_documents(ids: Sequence[str]) -> Message:
    """Say that there is no such document, and which are named alike."""
    if not ids:
        return Message(said.NO_SUCH_DOCUMENT(), [sentence(said.NO_SUCH_DOCUMENT())])
    lines = [[run(said.ITEM(strings.name(document_id)))] for document_id in ids]
    blocks = [sentence(said.NEAR_DOCUMENTS()), listed(lines)]
    return Message(said.NEAR_DOCUMENTS(), blocks, upkeep=Upkeep(paths=tuple(ids)))


def ask_roll_back(now: str, before: Version) -> Message:
    """Ask whether the version before is to answer again."""
    built = spoken_day(datetime.fromisoformat(before.manifest.built_at).date())
    documents = strings.number(len(before.manifest.documents))
    asked = said.ASK_ROLL_BACK(before.name, built, documents)
    confirm = roll_back_button(now, before.name) | {"style": "danger"}
    return Message(asked, [sentence(asked), buttons(confirm)])


def rolled_back(version: str, user: str) -> Message:
    """Say which version answers again, and who went back to it."""
    done = said.ROLLED_BACK(version)
    runs = [{"type": "user", "user_id": user}, run(said.WENT_BACK()), run(done)]
    return Message(done, [rich_text(paragraph(*runs))], people=frozenset({user}))


def failed(upkeep: Upkeep) -> Message:
    """Say why something did not work."""
    done = said.FAILED(said.reason(str(upkeep.error)))
    return Message(strings.escape(done), [sentence(done)], upkeep=upkeep)
