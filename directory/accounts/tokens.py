"""Tokens that only whoever holds them knows: cookies and links. The database holds their hashes alone."""

import hashlib
import secrets


def new_token() -> str:
    """A token that nobody can guess: 256 random bits, safe in an address and in a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What a token is known by: its SHA-256. It needs no salt: nobody can try 256 bits out."""
    return hashlib.sha256(token.encode()).hexdigest()
