"""Short and variant forms, spelled out and folded."""

import pytest

from index.shorthand import folded, spelled_out
from index.words import terms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("swe pay", "swe (software engineer) pay"),
        ("Is k8s hard?", "Is k8s (kubernetes) hard?"),
        ("does a CV matter w/o a degree", "does a CV (resume) matter w/o (without) a degree"),
        ("next.js and node.js", "next.js and node.js"),
        ("devs, sr & jr", "devs (developers), sr (senior) & jr (junior)"),
        ("avg comp by yoe", "avg (average) comp (compensation) by yoe (years of experience)"),
        ("comp sci or bootcamp", "comp sci (computer science) or bootcamp"),
        ("adb and cvss", "adb and cvss"),
    ],
)
def test_short_forms_are_spelled_out(typed: str, meant: str) -> None:
    """A short form becomes the usual one; inside another word or name it stays."""
    assert spelled_out(typed) == meant


@pytest.mark.parametrize(
    "variants",
    [
        ("résumé", "resume", "CV"),
        ("back-end", "back end", "backend"),
        ("specialise", "specialize"),
        ("behaviour", "behavior"),
        ("k8s", "Kubernetes"),
    ],
)
def test_variants_are_the_same_term(variants: tuple[str, ...]) -> None:
    """What differs in spelling only is found by either."""
    assert len({tuple(terms(variant)) for variant in variants}) == 1


def test_folding_leaves_other_words_alone() -> None:
    """Words that only look like a variant keep their letters."""
    assert folded("an hour in our flour mill") == "an hour in our flour mill"
