"""Reads wishes out of people's words: days, ages, cost, how to get in, language, access. Hides how they are said.

``Wishes(snapshot).read(words, at, literal)`` gives each as a filter with the words that asked for it.
"""

from directory.search.understanding.wishes.amounts import SHORT_UNITS
from directory.search.understanding.wishes.asked import Wish
from directory.search.understanding.wishes.numbers import with_signs_said
from directory.search.understanding.wishes.reader import Wishes

__all__ = ["SHORT_UNITS", "Wish", "Wishes", "with_signs_said"]
