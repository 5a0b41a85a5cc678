"""Audio that was made once: its key, where it lies, what is known of it."""
