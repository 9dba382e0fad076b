"""Speed and quality, as tables."""
