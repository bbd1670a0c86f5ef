"""One loop against a sandbox that really runs, over sockets."""
