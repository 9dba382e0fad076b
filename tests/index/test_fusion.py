"""Fusion against known values."""

import numpy as np

from index.fusion import best, fuse


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
