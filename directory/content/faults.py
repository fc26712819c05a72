"""What is wrong with a file, in words that say what to write instead."""

import difflib
import inspect
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Location = tuple[int | str, ...]
"""The way to a value inside a file: keys and, in lists, numbers from 0."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to put right: where it stands, and what to write instead."""

    path: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        subject = f"{self.key} " if self.key else ""
        return f"{self.path}:{self.line}: {subject}{self.message}"


def written(location: Location) -> str:
    """A location as people read it: ``sessions[1].opens_at``, counted from 1."""
    text = ""
    for step in location:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def sentences(error: ErrorDetails, model: type[BaseModel]) -> Iterator[tuple[Location, str]]:
    """The place and the sentence of each thing that a validation error tells."""
    location: Location = error["loc"]
    context: dict[str, Any] = error.get("ctx") or {}
    if error["type"] == "problems":
        for problem in context["problems"]:
            steps = (int(step) if step.isdigit() else step for step in problem["key"].split("."))
            yield (*location, *steps), problem["message"]
    elif error["type"] == "extra_forbidden":
        yield location, _unknown_key(location, model)
    else:
        yield location, _SENTENCES.get(error["type"], error["msg"]).format(**context)


_SENTENCES = {
    "missing": "is missing; add it",
    "string_type": 'should be text; put it in quotes, as in "12"',
    "tuple_type": "should be a list; write each item on a line of its own that begins with a hyphen",
    "dict_type": "should hold keys of its own, each on a line below it",
    "model_type": "should hold keys of its own, each on a line below it",
    "model_attributes_type": "should hold keys of its own, each on a line below it",
    "int_type": "should be a whole number, without quotes",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "literal_error": "is not one that we know; write {expected}",
    "too_short": "has too few items; write at least {min_length}",
    "too_long": "has too many items; write at most {max_length}",
    "greater_than_equal": "is too small; write {ge} or more",
    "less_than_equal": "is too large; write {le} or less",
    "string_pattern_mismatch": "does not look right; it should match {pattern}",
}
"""What to say for each kind of error that pydantic finds; our own validators bring their own sentences."""


def _unknown_key(location: Location, model: type[BaseModel]) -> str:
    keys = list(_model_at(model, location[:-1]).model_fields)
    hint = suggestion(str(location[-1]), keys) or "write one of " + ", ".join(keys)
    return f"is not a key that we know; {hint}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models_in(inner)
