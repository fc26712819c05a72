"""Templates compiled once a run: to compile them anew for every application takes longer than most tests."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """What Jinja made of each template, by the template and its text."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives back what was made, if it was made of the same text."""
        kept = self._kept.get(bucket.key)
        if kept:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was made."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = CompiledTemplates()


def share_compiled_templates(app: Flask) -> Flask:
    """The application, with the templates that others of this run compiled."""
    app.jinja_env.bytecode_cache = _COMPILED
    return app
