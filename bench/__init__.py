"""Measures what docs/performance.md promises: every figure against a reference in the same run."""
