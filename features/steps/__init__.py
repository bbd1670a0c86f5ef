"""The steps, by what people do."""
