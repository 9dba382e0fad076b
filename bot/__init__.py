"""Everything a person touches: Slack, the terminal, settings, storage."""
