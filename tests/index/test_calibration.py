"""The level of a library's scores."""

from pathlib import Path

import numpy as np
import pytest

from index import calibration
from index.derived import Derived
from index.search import Index


def test_the_level_lies_between_headings_and_strangers() -> None:
    """Halfway between the medians, where there are headings enough."""
    headings = [f"heading {n}" for n in range(40)]
    level = calibration.level(lambda text: 4.0 if text in headings else -8.0, headings)
    drawn = 4.0 * calibration.HEADINGS / (calibration.HEADINGS + 4)
    assert level == pytest.approx((drawn - 8.0) / 2)


def test_few_headings_say_little() -> None:
    """One heading that is found perfectly hardly raises the level."""
    one = calibration.level(lambda text: 10.0 if text == "only" else -8.0, ["only"])
    assert one == pytest.approx((10.0 / 5 - 8.0) / 2)


def test_the_headings_that_are_asked_hardly_change_with_a_new_document() -> None:
    """They are chosen by their hash: forty headings more replace some of them, and no order."""
    asked: list[list[str]] = []
    for count in (40, 41):
        seen: list[str] = []
        calibration.level(
            lambda text, seen=seen: seen.append(text) or 0.0,  # type: ignore[misc]
            [f"heading {n}" for n in range(count)],
        )
        asked.append([text for text in seen if text.startswith("heading")])
    assert len(asked[0]) == calibration.HEADINGS
    assert len(set(asked[0]) & set(asked[1])) >= calibration.HEADINGS - 1


def test_kept_scores_are_the_models(small_index: Index, tmp_path: Path) -> None:
    """A pair that was read before gets the very score that reading it again would give."""
    reader, store = small_index.models.cross_encoder, Derived(tmp_path / "derived.sqlite3")
    kept = calibration.KeptScores(reader, store)
    texts = ["A reference call takes twenty minutes.", "It rains."]
    first = kept.score("how long is a reference call", texts)
    again = kept.score("how long is a reference call", [*reversed(texts), "New."])
    np.testing.assert_array_equal(first, reader.score("how long is a reference call", texts))
    np.testing.assert_array_equal(again[:2], first[::-1])
    store.close()
