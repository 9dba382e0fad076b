"""What is searched for, of what somebody typed."""

import pytest

from index.questions import understand


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("  what do  <@U1> swe earn? https://example.com ", "what do software engineer earn?"),
        ("?!", ""),
        ("<@U1>", ""),
        ("thanks", ""),
        ("Thank you so much! :tada:", ""),
        ("ok, thanks", ""),
        ("great companies to work for", "great companies to work for"),
        ("thanks, and in Texas?", "thanks, and in Texas?"),
    ],
)
def test_what_is_searched_for(typed: str, searched: str) -> None:
    """Mentions, links and thanks ask nothing."""
    assert understand(typed) == searched
