"""What to reply, whoever asks and wherever: drawing a reply is the business of each surface."""
