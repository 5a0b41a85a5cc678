"""Values and rules every room shares: no Django, no I/O."""
