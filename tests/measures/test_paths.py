"""Path transforms by the examples that their source gives, and against plain loops."""

import pytest

from pipeline.measures.path_credits import read_paths
from pipeline.measures.paths import TRANSFORMS, paths, transformed
from tests.measures.test_markov import drawn_rows

PATH = "D A B B C D C C"


def walked(given):
    """Write each path out again."""
    names = [given.channels[step] for step in given.steps]
    starts = given.starts
    return [
        names[start : start + length] for start, length in zip(starts, given.lengths, strict=True)
    ]


@pytest.mark.parametrize(
    ("transform", "want"),
    [
        ("unique", "D A B B C D C C"),
        ("exposure", "D A B C D C"),
        ("first", "D A B C"),
        ("recent", "A B D C"),
    ],
)
def test_each_transform_does_as_its_source_says(transform, want):
    given = paths([(PATH.split(), 1, 0), (["A"], 2, 3), (["A", "A"], 0, 1)])
    found = transformed(given, transform)
    first, second, third = walked(found)
    assert first == want.split()
    assert second == ["A"]
    assert third == (["A", "A"] if transform == "unique" else ["A"])
    assert (found.conversions.tolist(), found.nulls.tolist()) == ([1, 2, 0], [0, 3, 1])


@pytest.mark.parametrize("seed", range(4))
def test_transforms_of_many_paths_are_those_of_each(seed):
    rows = drawn_rows(seed)
    loops = {
        "unique": lambda steps: list(steps),
        "exposure": lambda steps: [s for n, s in enumerate(steps) if not n or s != steps[n - 1]],
        "first": lambda steps: list(dict.fromkeys(steps)),
        "recent": lambda steps: list(dict.fromkeys(steps[::-1]))[::-1],
    }
    assert loops.keys() == TRANSFORMS.keys()
    for name, loop in loops.items():
        want = [loop(steps) for steps, _, _ in rows]
        assert walked(transformed(paths(rows), name)) == want


def test_channels_of_a_path_are_told_once():
    given = paths([("aba", 1, 0), ("cb", 1, 0)])
    owners, channels = given.members()
    assert list(zip(owners.tolist(), channels.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 1),
        (1, 2),
    ]


def test_paths_are_read_from_text_as_they_are_from_rows():
    import pyarrow as pa

    rows = [(("hq", "b-1"), 1, 2), (("b-1",), 0, 1), (("a", "a", "hq"), 3, 0)]
    text = pa.array([" > ".join(steps) for steps, _, _ in rows])
    read = read_paths(text, [c for _, c, _ in rows], [n for _, _, n in rows])
    want = paths(rows)
    assert read.channels == want.channels
    assert walked(read) == walked(want)
    assert read.conversions.tolist() == want.conversions.tolist()


def test_a_path_without_a_channel_is_refused():
    with pytest.raises(ValueError, match="a path without a channel"):
        paths([((), 1, 0)])
