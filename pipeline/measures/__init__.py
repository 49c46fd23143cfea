"""Measures that SQL does not reach: from the rows of a model's query to those of its table.

A model names one in its header (`-- measure: path_credits`). The function is given the rows and
gives rows of the same columns; order does not matter.
"""

from collections.abc import Callable

import pyarrow as pa

from pipeline.measures.channel_mix import channel_curves, channel_mix
from pipeline.measures.comment_opinions import comment_opinions
from pipeline.measures.experiments import experiment_readout
from pipeline.measures.forecasts import forecasts
from pipeline.measures.path_credits import path_credits
from pipeline.measures.post_labels import post_labels
from pipeline.measures.title_findings import title_findings
from pipeline.measures.wealth_ratings import wealth_ratings

MEASURES: dict[str, Callable[[pa.Table], pa.Table]] = {
    "channel_curves": channel_curves,
    "channel_mix": channel_mix,
    "comment_opinions": comment_opinions,
    "experiment_readout": experiment_readout,
    "forecasts": forecasts,
    "path_credits": path_credits,
    "post_labels": post_labels,
    "title_findings": title_findings,
    "wealth_ratings": wealth_ratings,
}
