"""The shapes of bodies: where dicts end and begin."""
