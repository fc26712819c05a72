"""Whatever stands in a file, checking it ends with an answer: a value, or faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.content import check
from tests.small_content import FILES, write_small_content

PATHS = sorted(FILES)
KEYS = st.sampled_from(["title", "sessions", "phones", "locations", "slug", "kind", "categories", "translations", "x"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str)
DATA: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_content(tmp_path_factory.mktemp("any") / "content")


def answered(content: Path, path: str, changed: bytes) -> None:
    file = content / path
    file.write_bytes(changed)
    try:
        for fault in check(content, content.parent / "index").faults:
            assert fault.line >= 1
            assert fault.message
    finally:
        file.write_text(FILES[path])


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(PATHS), start=st.integers(0, 600), length=st.integers(0, 40), new=st.binary(max_size=12))
def test_a_file_with_a_piece_exchanged_is_answered(
    content: Path, path: str, start: int, length: int, new: bytes
) -> None:
    text = FILES[path].encode()
    answered(content, path, text[:start] + new + text[start + length :])


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(PATHS), data=DATA)
def test_a_file_with_any_data_is_answered(content: Path, path: str, data: Any) -> None:
    answered(content, path, json.dumps(data).encode())


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(PATHS), key=KEYS, data=DATA)
def test_a_file_with_any_data_under_a_key_is_answered(content: Path, path: str, key: str, data: Any) -> None:
    text = "".join(line for line in FILES[path].splitlines(keepends=True) if not line.startswith(f"{key}:"))
    answered(content, path, f"{text}{key}: {json.dumps(data)}\n".encode())


@pytest.mark.parametrize("bytes_before", [b"\xef\xbb\xbf", b"---\n", b"%YAML 1.2\n---\n", b"\n\n"])
def test_what_editors_put_before_the_text_is_no_fault(content: Path, bytes_before: bytes) -> None:
    file = content / "listings/little-stars.yaml"
    file.write_bytes(bytes_before + FILES["listings/little-stars.yaml"].replace("\n", "\r\n").encode())
    faults = check(content, content.parent / "index").faults
    file.write_text(FILES["listings/little-stars.yaml"])
    assert faults == ()
