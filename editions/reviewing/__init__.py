"""Who owns a page, when it must be looked at again, and which of its links are dead."""
