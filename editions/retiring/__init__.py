"""Taking pages out of use and texts down."""
