"""One file a measurement; each gives the rows it fills in the table."""
