"""What is answered ahead of Django, because an address or a caller is known: docs/performance.md says what it saves."""
