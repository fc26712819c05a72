"""Reads one YAML file: version 1.2's scalars, no surprises, and the line on which each value stands.

``no`` is a word, ``10:30`` is text, ``0207`` keeps its nought, and a repeated key is a fault. Anchors, aliases and
tags are refused: content that says one thing in two places cannot be read by the people who keep it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from directory.content.faults import Location

DEEPEST = 20
"""Levels of nesting that a file may have; the parser's own recursion would end the process far beyond it."""
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_DEEP = re.compile(r"^[ \t?:-]{60}", re.MULTILINE)
_MARKED = re.compile(r"[&*!]\S")
_PLAIN, _QUOTED = "plain", "quoted"


class UnreadableYaml(Exception):
    """The text is not YAML that content may hold; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass
class Document:
    """A file's data, and where in the file each part of it stands."""

    data: Any
    root: yaml.Node
    repeated: list[Location] = field(default_factory=list)

    def line(self, location: Location) -> int:
        """The line, from 1, of the key or item at a location, or of the nearest thing above it that exists."""
        node, line = self.root, self.root.start_mark.line
        for step in location:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line + 1


class _Composer(yaml.CSafeLoader):
    """PyYAML's C parser without its version 1.1 guesses: it only tells plain scalars from quoted ones."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:  # noqa: ARG002  # PyYAML's signature
        return _PLAIN if kind is yaml.ScalarNode and implicit[0] else _QUOTED

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nothing to do: no value is resolved by its path."""

    def ascend_resolver(self) -> None:
        """Nothing to do: no value is resolved by its path."""


def read(text: str) -> Document:
    """The document that a text holds. Raises ``UnreadableYaml`` where it holds none."""
    try:
        _refuse_depth(text)
        _refuse_marks(text)
        root = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableYaml(mark.line + 1 if mark else 1, _told(error)) from error
    except yaml.reader.ReaderError as error:
        raise UnreadableYaml(1, "has a character that text cannot hold; type the text again") from error
    if root is None:
        raise UnreadableYaml(1, "is empty; write its keys, or delete the file")
    document = Document(None, root)
    document.data = _value(root, (), document)
    return document


def comment_lines(text: str) -> list[int]:
    """The lines, from 1, that hold a comment: what lies between two tokens and is not white space."""
    lines, end = [], 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        gap = text[end : token.start_mark.index]
        if "#" in gap:
            lines.append(text.count("\n", 0, end + gap.index("#")) + 1)
        end = max(end, token.end_mark.index)
    return lines


def _refuse_depth(text: str) -> None:
    if text.count("[") + text.count("{") < DEEPEST and not _DEEP.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            mark = event.start_mark
            raise UnreadableYaml(
                mark.line + 1 if mark else 1, f"is nested more than {DEEPEST} levels deep; write it flat"
            )


def _refuse_marks(text: str) -> None:
    if not _MARKED.search(text):
        return
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
            said = "starts with &, * or !; put the text in quotes"
            raise UnreadableYaml(token.start_mark.line + 1, said)


def _told(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or error.context or "it stops making sense here").strip()
    return f"is not YAML: {problem}; check the indentation, and put text that holds a colon in quotes"


def _value(node: yaml.Node, location: Location, document: Document) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node.value) if node.tag == _PLAIN else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*location, number), document) for number, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, item in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in found:
            document.repeated.append((*location, name))
        found[name] = _value(item, (*location, name), document)
    return found


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "+-0123456789":
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    if isinstance(node, yaml.MappingNode):
        last = (pair for pair in reversed(node.value) if pair[0].value == step)
        for key, value in last:
            return value, key.start_mark.line
    return None
