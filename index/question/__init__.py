"""What somebody typed → `Asked`: read once, before anything is looked up."""
