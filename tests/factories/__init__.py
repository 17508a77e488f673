"""One factory a model."""
