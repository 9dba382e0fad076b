"""VTT and SRT: what is said, in whole sentences, under the time and speaker it begins with.

The time is a heading as the file writes it, so that a quote names the place to listen to.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.documents.assemble import Part, assemble
from index.documents.document import BlockKind, Document
from index.documents.metadata import file_title
from index.documents.source import Source
from index.errors import UnreadableDocument

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"^\s*({_TIME})\s*-->\s*({_TIME}).*$")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
_NAMED = re.compile(r"^(?:-\s*)?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}):\s+(?=\S)")
_SOUND = re.compile(r"[\[(♪][^\])♪]*[\])♪]")
_LONGEST_STRETCH = 60.0
"""Seconds; then the next sentence has a time of its own."""
_PAUSE = 4.0
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: str
    begins: float
    ends: float
    speaker: str
    text: str


def read(text: str, document_id: str) -> Document:
    """Read captions.

    Raises:
        UnreadableDocument: there is no cue in them.
    """
    cues = list(_without_repeats(_cues(text)))
    if not cues:
        raise UnreadableDocument("it holds no captions: save it as WebVTT or SubRip again")
    name = file_title(document_id)
    return assemble(document_id, list(_parts(cues)), Source(title=_title(text) or name))


def _title(text: str) -> str:
    found = re.match(r"\ufeff?WEBVTT[ \t]*-?[ \t]*(\S.*)", text)
    return found[1].strip() if found else ""


def _cues(text: str) -> Iterator[_Cue]:
    speaker = ""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines) if _CUE.match(line)), None)
        if at is None:
            continue
        times = _CUE.match(lines[at])
        assert times
        said = " ".join(lines[at + 1 :])
        voice = _VOICE.search(said)
        said = html.unescape(re.sub(r"<[^>]*>|\{\\[^}]*\}", "", said))
        said = " ".join(_SOUND.sub(" ", said).split())
        named = _NAMED.match(said)
        if voice or named:
            speaker = (voice or named)[1].strip()  # type: ignore[index]
            said = said[named.end() :] if named else said
        elif re.match(r">>\s*|-\s+", said):
            speaker = ""
            said = re.sub(r"^(?:>>|-)\s*", "", said)
        if said:
            yield _Cue(times[1], _seconds(times[1]), _seconds(times[2]), speaker, said)


def _seconds(time: str) -> float:
    seconds = 0.0
    for number in time.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(number)
    return seconds


def _without_repeats(cues: Iterator[_Cue]) -> Iterator[_Cue]:
    """Captions that roll show each line twice."""
    shown = ""
    for cue in cues:
        words, before = cue.text.split(), shown.split()
        most = min(len(words), len(before))
        same = next((n for n in range(most, 1, -1) if before[-n:] == words[:n]), 0)
        shown = cue.text
        if same < len(words):
            yield _Cue(cue.start, cue.begins, cue.ends, cue.speaker, " ".join(words[same:]))


def _parts(cues: list[_Cue]) -> Iterator[Part]:
    stretch: list[_Cue] = []
    for cue in cues:
        if stretch and _begins_anew(stretch, cue):
            yield from _of_stretch(stretch)
            stretch = []
        stretch.append(cue)
    yield from _of_stretch(stretch)


def _begins_anew(stretch: list[_Cue], cue: _Cue) -> bool:
    last = stretch[-1]
    if cue.speaker != last.speaker:
        return True
    ended = bool(_ENDS.search(last.text))
    paused = cue.begins - last.ends > _PAUSE
    return ended and (paused or cue.begins - stretch[0].begins > _LONGEST_STRETCH)


def _of_stretch(stretch: list[_Cue]) -> Iterator[Part]:
    first = stretch[0]
    yield Part(BlockKind.HEADING, f"{first.start} {first.speaker}".strip(), 2)
    yield Part(BlockKind.PARAGRAPH, " ".join(cue.text for cue in stretch))
