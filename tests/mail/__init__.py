"""Mail: the outbox, and a real server on the loopback address."""
