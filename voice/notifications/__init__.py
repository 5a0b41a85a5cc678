"""Telling people's open tabs what has become ready: whichever process made it, and whichever serves the tab."""
