"""A standalone Spark cluster of one master and a few workers, on this machine and only here."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

HOST = "127.0.0.1"
# Small JVMs that start fast; nothing here changes what a query means.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
LOCAL = {
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.sql.files.openCostInBytes": "131072",
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
}
"""What a driver needs to be told where all of a cluster is one machine."""

CONF = LOCAL | {
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.memory": "640m",
    "spark.executor.extraJavaOptions": QUICK,
    "spark.sql.shuffle.partitions": "2",
}
"""The tests' small JVMs."""


@contextmanager
def cluster(folder: Path, workers: int = 2, memory: str = "1g") -> Iterator[str]:
    """Start a master and workers of one core each; give the master's address; end them.

    memory: of a worker. The daemons log and work below `folder`.
    """
    port = _free_port()
    address = f"spark://{HOST}:{port}"
    with ExitStack() as stack:
        stack.enter_context(_daemon(folder / "master", "master.Master", "--port", str(port)))
        names = [f"worker-{number}" for number in range(workers)]
        for name in names:
            worker = ("worker.Worker", "--cores", "1", "--memory", memory, address)
            stack.enter_context(_daemon(folder / name, *worker))
        _wait_for(folder, *names)
        yield address


@contextmanager
def _daemon(folder: Path, main: str, *arguments: str) -> Iterator[None]:
    folder.mkdir(parents=True)
    home = Path(pyspark.__file__).parent
    command = ["bash", str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{main}"]
    command += ["--host", HOST, "--webui-port", "0", *arguments]
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "SPARK_WORKER_DIR": str(folder),
        "SPARK_LOCAL_DIRS": str(folder / "spill"),
    }
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        daemon.terminate()
        try:
            daemon.wait(20)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


def _wait_for(folder: Path, *workers: str) -> None:
    deadline = time.monotonic() + 180
    for worker in workers:
        log = folder / worker / "log"
        while "Successfully registered with master" not in log.read_text(errors="replace"):
            assert time.monotonic() < deadline, log.read_text(errors="replace")[-2000:]
            time.sleep(0.2)
