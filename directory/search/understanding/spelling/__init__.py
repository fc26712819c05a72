"""Corrects slips of spelling towards the directory's own words. Hides how words are compared.

``Spelling(words).corrected(word, before, after)`` gives what was meant; ``english()`` the words that are right anyway.
"""

from directory.search.understanding.spelling.corrections import Spelling
from directory.search.understanding.spelling.known import english

__all__ = ["Spelling", "english"]
