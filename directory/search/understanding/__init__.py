"""Understands what people type. Hides how: callers give a ``Query`` and get a ``Reading``; nothing here knows an index.

``Understanding(snapshot, own_words, find_postcode).read(query, vocabulary)`` is the whole of it.
"""

from directory.search.understanding.lately import Lately
from directory.search.understanding.needs import Match
from directory.search.understanding.own_words import OwnWords
from directory.search.understanding.reading import Idea, Reading, Understanding
from directory.search.understanding.synonyms import Alternative, Vocabulary, Ways

__all__ = ["Alternative", "Idea", "Lately", "Match", "OwnWords", "Reading", "Understanding", "Vocabulary", "Ways"]
