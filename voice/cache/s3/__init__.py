"""Audio in an object store: Amazon's S3, or any server that speaks its protocol."""
