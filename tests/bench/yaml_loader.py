"""The least that reading YAML can cost: PyYAML's C loader over the same files, and nothing done with what it gives.

`python -m tests.bench.yaml_loader FOLDER` prints the seconds that parsing alone took.
"""

import sys
import time
from pathlib import Path

import yaml


def seconds_to_parse(folder: Path) -> float:
    """Reads every file of a folder first, then parses them all."""
    texts = [file.read_bytes() for file in folder.rglob("*.yaml")]
    began = time.perf_counter()
    for text in texts:
        yaml.load(text, yaml.CSafeLoader)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(seconds_to_parse(Path(sys.argv[1])))
