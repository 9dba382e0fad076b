"""Documents in, quotes out: a library that knows nothing of Slack."""
