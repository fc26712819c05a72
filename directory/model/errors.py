"""The root of every error that this product raises on purpose."""


class DirectoryError(Exception):
    """Something that a person can put right: its text says what happened and what to do."""
