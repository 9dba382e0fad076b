"""Pages on which letters stand where they were drawn → the parts of a document."""
