"""The Slack app: listeners take events in, blocks lay replies out, the outbox lets them go."""
