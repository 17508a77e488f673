"""Two frozen texts of one page side by side: what was added, removed, changed and moved."""
