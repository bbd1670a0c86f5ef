"""The pages that show the sandbox to people; they see HTTP and the journal only."""
