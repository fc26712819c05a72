"""The arrays that scores are worked out in: one number a listing, in the order of their numbers in the index."""

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.intp]
"""Numbers of listings, rising."""
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
"""Ordinals of days."""
Minutes = npt.NDArray[np.int64]
"""Minutes since the beginning of the calendar."""
