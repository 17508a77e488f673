"""Editions as Word documents, and Word documents as drafts (docs/adr/0021)."""
