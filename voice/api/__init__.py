"""The HTTP doors: bodies in, domain values through, bodies out."""
