"""What the bot remembers: claimed events, the quote ledger, votes and unanswered questions."""
