"""Speech: everything between a text and the sound of it."""
