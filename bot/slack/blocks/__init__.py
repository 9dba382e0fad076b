"""Answers and notices as Block Kit, by pure functions."""
