"""Fusion against known values."""

import numpy as np
import pytest

from index.fusion import best, best_above_zero, fuse


def test_fuse_adds_the_weighted_scores() -> None:
    """0.6 of the cosine and 0.4 of the lexical share."""
    fused = fuse(np.array([1.0, 0.5], np.float32), np.array([0.0, 1.0], np.float32))
    np.testing.assert_allclose(fused, [0.6, 0.7], rtol=1e-6)


def test_best_keeps_the_order_of_ties() -> None:
    """Equal scores stay in the order given, so that an answer never depends on luck."""
    assert best(np.array([1, 3, 3, 2], np.float32), 3).tolist() == [1, 2, 3]


def test_best_of_few() -> None:
    """Asking for more than there is gives what there is."""
    assert best(np.array([1, 2], np.float32), 5).tolist() == [1, 0]


@pytest.mark.parametrize("size", [0, 3, 700, 200_000])
@pytest.mark.parametrize("levels", [3, 1_000_000])
def test_best_above_zero_is_the_whole_order_cut(size: int, levels: int) -> None:
    """However many scores there are, and however many are the same, it is as if all were sorted."""
    scores = np.random.default_rng(size).integers(-levels, levels, size).astype(np.float32)
    expected = [n for n in best(scores, size).tolist() if scores[n] > 0][:100]
    assert best_above_zero(scores, 100).tolist() == expected
