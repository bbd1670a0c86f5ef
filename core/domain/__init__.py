"""What an SMS is and may do: pure values and rules, without I/O, clock or randomness."""
