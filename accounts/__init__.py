"""Who may speak, and how much."""
