"""Files of millions of rows: read in blocks, in bounded memory, to the same lake rows.

A block's plain rows are converted a column at a time. Every other row, whatever is odd about it,
goes through `convert` and `drop_repeats` like the rows of a small file, so that there is one
place that refuses and one that words the reason.
"""

from pipeline.ingest.volume.draft import Draft, Target
from pipeline.ingest.volume.layout import Layout, Unsuited, layout
from pipeline.ingest.volume.reading import read_at_volume

__all__ = ["Draft", "Layout", "Target", "Unsuited", "layout", "read_at_volume"]
