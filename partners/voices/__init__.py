"""What readers say about pages: that something is not right."""
