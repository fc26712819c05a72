"""Measures how fast the directory is, beside peers, over 5,000 invented listings: `make bench`."""
