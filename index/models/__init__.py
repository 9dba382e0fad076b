"""Where models come from, how they are exported once, and how they run without torch."""
