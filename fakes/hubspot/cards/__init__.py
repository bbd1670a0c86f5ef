"""Cards on records: what an app shows there, and what people do with it."""
