"""Pay: figures that documents state, official wage statistics, and the questions about them."""
