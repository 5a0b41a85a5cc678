"""What is kept in the database: one noun a file."""
