"""Files that hold secrets: read only where nobody but the job and root could have read them.

The rule is PostgreSQL's for the key of its server (postgresql.org, "Secure TCP/IP Connections with
SSL"): the user's own file grants nothing to group or others, root's may also be read by a group.
That second case is how a Kubernetes secret reaches a job that is not root (`fsGroup`, 0440); ssh's
rule, which knows only the first, would refuse it.
"""

import os
import shlex
import stat
from pathlib import Path

from pipeline.errors import ConfigurationError

PUBLISHED = "UNSAFE-"
"""How the name of a key begins that everybody has, as the sample's: no mode makes it a secret."""

_BEYOND_ITS_USER = stat.S_IRWXG | stat.S_IRWXO
_BEYOND_A_READING_GROUP = stat.S_IWGRP | stat.S_IXGRP | stat.S_IRWXO


def read_secret(file: Path) -> bytes:
    """Read a secret; ConfigurationError where it can't be read, or by too many."""
    try:
        with file.open("rb") as opened:
            _refuse_shared(file, os.fstat(opened.fileno()))
            return opened.read()
    except OSError as error:
        raise ConfigurationError(
            f"密钥文件 {file} 读不到 · key file {file}: {error.strerror}; expected a readable file"
        ) from None


def refuse_shared(file: Path) -> None:
    """Refuse a file with a secret in it that others own or may read: ConfigurationError."""
    _refuse_shared(file, file.stat())


def _refuse_shared(file: Path, found: os.stat_result) -> None:
    if file.name.startswith(PUBLISHED):
        return
    quoted, me = shlex.quote(str(file)), os.geteuid()
    if found.st_uid not in (0, me):
        raise ConfigurationError(
            f"密钥文件 {file} 属于另一个用户（uid {found.st_uid}）· key file {file} is another"
            f" user's, who can read and replace it\n  请运行 run: chown {me} {quoted}"
        )
    of_root = found.st_uid == 0
    if found.st_mode & (_BEYOND_A_READING_GROUP if of_root else _BEYOND_ITS_USER):
        raise ConfigurationError(
            f"密钥文件 {file} 的权限是 {stat.S_IMODE(found.st_mode):04o}，别的用户也能读写 · key"
            f" file {file} is open to other users\n"
            f"  请运行 run: chmod {'640' if of_root and me else '600'} {quoted}\n"
            "  挂载的密钥 a mounted secret: Kubernetes defaultMode: 0440, Docker mode: 0400"
        )
