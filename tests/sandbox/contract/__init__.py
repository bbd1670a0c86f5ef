"""The contract that apps are held to."""
