"""What analysts take away: tables as files, what every column means, what another build moved."""

from pipeline.analysts.compare import compare
from pipeline.analysts.dictionary import dictionary
from pipeline.analysts.export import export
from pipeline.analysts.label_file import write_label_file

__all__ = ["compare", "dictionary", "export", "write_label_file"]
