"""The walk: from a request to audio that many may hear."""
