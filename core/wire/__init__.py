"""The vendors' bytes and JSON to domain values and back, one vendor message a file, without I/O."""
