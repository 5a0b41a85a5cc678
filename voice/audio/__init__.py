"""From PCM to files and back: bytes in, bytes out, in memory."""
