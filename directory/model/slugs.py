"""Makes slugs from names."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 70


def slug_of(name: str) -> str:
    """A slug that a person can read back to the name: small letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
    return joined[:LONGEST].rstrip("-") or "unnamed"


def free_slug(name: str, taken: Container[str]) -> str:
    """The slug of a name, with a number behind it where another thing has it already."""
    wanted = slug_of(name)
    number = 2
    slug = wanted
    while slug in taken:
        slug = f"{wanted}-{number}"
        number += 1
    return slug
