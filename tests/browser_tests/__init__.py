"""The invented borough in a real browser on a phone, served by the real server."""
