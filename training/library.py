"""Documents in a folder → an index of them, for what is trained and measured on it."""

from pathlib import Path

from bot import terminal
from index.build import BuildSettings, build
from index.search import Index


def built(corpus: Path, index: Path) -> Index:
    """Build, saying how it goes, and open."""
    with terminal.BuildProgress() as progress:
        build(BuildSettings(corpora=(corpus,), index=index), progress)
    return Index.open(index)
