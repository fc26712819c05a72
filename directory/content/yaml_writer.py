"""Writes the one canonical form of a value: the model's key order, block scalars, no reflow.

An edit is then as small a difference as it can be. What a reader of YAML 1.1 would take for a number, a truth or a
time is put in quotes, so that every program reads what people wrote.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel

from directory.content.tree import Kind

_QUOTE = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[-+]?0[0-9_]+|[-+.]?[0-9][0-9_,.eE+-]*|=|<<|~|")
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Dumper(yaml.CSafeDumper):
    """PyYAML's C emitter with our own choice of style for each text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        """Never an anchor: the same list written twice stays two lists."""
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
    elif text.lower() in _WORDS or (_QUOTE.fullmatch(text) and not _ISO_DATE.fullmatch(text)):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)
_Dumper.yaml_implicit_resolvers = {}
"""No resolver: whether a text needs quotes is decided above, by the text alone."""
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|)$", ["n", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]+\.[0-9]+(?:e[-+]?[0-9]+)?$", "-+0123456789"),
):
    _Dumper.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def canonical(kind: Kind, value: BaseModel) -> str:
    """The text of the file that holds the value; what is at its default is left out."""
    data = value.model_dump(mode="json", exclude_defaults=True)
    if kind.in_folder:
        data.pop("slug")
    return as_yaml(data)


def as_yaml(data: Mapping[str, Any]) -> str:
    """The text of keys and what they hold, in the order in which they are given."""
    text: str = yaml.dump(
        dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False, indent=2
    )
    return text
