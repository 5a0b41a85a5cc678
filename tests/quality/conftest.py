"""Tests that need torch: collected only where it is, which is where `make quality` runs them."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("distillmos") else ["test_voice_quality.py"]
