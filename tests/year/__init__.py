"""A year of an invented borough, lived through under three sets of rules: ours and those of two kinds of peer.

`python -m tests.year --seed 1` prints what each showed people, what it cost staff and how much mail owners had.
"""
