"""What words mean: vocabulary as data, and the few functions that look things up in it."""
