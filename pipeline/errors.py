"""What can go wrong, by who has to act; each kind has the exit code a scheduler sees.

A message says where, what was found, what was expected and what to do next. Anything raised that
is not a PipelineError is a bug and keeps its traceback.
"""


class PipelineError(Exception):
    """The base of every expected failure; never raised itself."""

    exit_code = 1


class InputError(PipelineError):
    """A delivered file or an argument cannot be used: whoever delivered it has to act."""

    exit_code = 2


class ModelError(PipelineError):
    """A SQL model or a check failed: the published database is left as it was."""

    exit_code = 3


class ConfigurationError(PipelineError):
    """A setting is missing or wrong: whoever runs the pipeline has to act."""

    exit_code = 4


class LockedError(PipelineError):
    """Another run holds the workspace: wait for it, or see what it does."""

    exit_code = 5
