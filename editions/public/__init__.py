"""What readers see of editions."""
