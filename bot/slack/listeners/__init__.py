"""What Slack sends us: tables of listeners, each a few lines."""
