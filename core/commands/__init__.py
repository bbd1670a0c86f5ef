"""What ``python -m core`` can be told to do."""
