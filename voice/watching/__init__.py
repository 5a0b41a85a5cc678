"""What those who look after this installation see of it, and are told."""
