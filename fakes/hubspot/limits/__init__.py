"""What slows calls down or turns them away: rate limits, and faults on demand."""
