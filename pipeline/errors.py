"""What can go wrong, by who has to act; each kind has the exit code a scheduler sees.

A message says where, what was found, what was expected and what to do next. Anything raised that
is not a PipelineError is a bug and keeps its traceback, but for what `of_the_machine` knows.
"""

import errno

_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}


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


def of_the_machine(error: OSError) -> ConfigurationError | None:
    """Say what the machine refused, a permission or room on its disk; None for anything else."""
    where = f"{error.filename}：" if error.filename else ""
    if error.errno in _CLOSED:
        return ConfigurationError(
            f"{where}没有权限（{error.strerror}）；请让运行的用户可以读写这里，再运行一次"
            " · let the user of the job read and write here, then run again"
        )
    if error.errno in _FULL:
        return ConfigurationError(
            f"{where}磁盘已满（{error.strerror}）；已有的数据没有动，请腾出空间再运行一次"
            " · what stood stays as it was: make room, then run again"
        )
    return None
