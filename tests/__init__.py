"""The suite; its folders mirror the source."""
