"""Who can speak: one file a vendor or engine, behind one protocol."""
