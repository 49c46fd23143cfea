"""Array types, and the seeded streams of chance the sample is drawn from."""

import zlib

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]


def stream(seed: int, *name: str) -> np.random.Generator:
    """Return the stream of chance of one thing, the same whatever else is drawn beside it."""
    return np.random.default_rng([seed, zlib.crc32("/".join(name).encode())])
