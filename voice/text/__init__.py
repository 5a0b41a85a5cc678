"""From what was written to what is said: strings in, strings out, nothing else."""
