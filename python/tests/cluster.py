"""The Spark job on a real standalone cluster: a master and two workers on loopback, with and without a worker that is killed.

``python python/tests/cluster.py ARTICLES.jsonl ARCHIVE FOLDER``: ARCHIVE is what the program itself made of the same articles. Prints
the fingerprints of the three outputs and fails where they differ.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request

import pyarrow
import pyarrow.dataset
import pyspark

HOME = pathlib.Path(pyspark.__file__).parent
PORTS = {"master": 17077, "master_ui": 18080, "workers": [17101, 17102], "workers_ui": [18081, 18082]}
#: So many tasks, that a worker can be killed between them.
PARTS = 24


class Cluster:
    """A master and two workers, one core and 900 MB each."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ, "SPARK_HOME": str(HOME), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOG_DIR": str(folder),
        }
        self.url = f"spark://127.0.0.1:{PORTS['master']}"
        self.master = self._start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port",
                                  str(PORTS["master"]), "--webui-port", str(PORTS["master_ui"]))
        self.wait(0)
        self.workers = [
            self._start("org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--port", str(port), "--webui-port",
                        str(ui), "--cores", "1", "--memory", "900m", "--work-dir", str(folder / f"w{port}"), self.url)
            for port, ui in zip(PORTS["workers"], PORTS["workers_ui"])
        ]
        self.wait(2)

    def _start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        log = open(self.folder / f"{name.rsplit('.', 1)[1]}.{words[3]}.log", "wb")
        command = [str(HOME / "bin/spark-class"), name, *words]
        return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def wait(self, workers: int) -> None:
        """Until so many workers are alive."""
        for _ in range(1200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORTS['master_ui']}/json/", timeout=5) as answer:
                    if json.load(answer)["aliveworkers"] >= workers:
                        return
            except (OSError, ValueError):
                pass
            time.sleep(0.5)
        raise SystemExit("the cluster did not come up")

    def run(self, source: str, target: pathlib.Path, kill: bool) -> None:
        """The job; with ``kill``, the first worker and all it started die when some tasks are done."""
        command = [
            sys.executable, "-m", "hedgerow.spark", "--input", source, "--output", str(target), "--master", self.url,
            "--parts", str(PARTS), "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.driver.host=127.0.0.1",
            "--conf", "spark.executor.memory=600m", "--conf", "spark.ui.enabled=false",
        ]
        log = open(self.folder / f"{target.name}.log", "wb")
        job = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        if kill:
            done = str(target / "_temporary/0/task_*")
            for _ in range(6000):
                if job.poll() is not None or len(glob.glob(done)) >= 4:
                    break
                time.sleep(0.1)
            if job.poll() is not None:
                raise SystemExit("the job ended before a worker could be killed")
            finished = len(glob.glob(done))
            if finished < 4:
                raise SystemExit("no tasks were done in ten minutes")
            # Executor and Python workers are in the session of the worker or in their own: the whole tree.
            for pid in tree(self.workers[0].pid):
                os.kill(pid, signal.SIGKILL)
            print(f"killed worker 1 with all it started, {finished} of {PARTS} tasks done")
        if job.wait() != 0:
            raise SystemExit(f"the job failed; see {log.name}")

    def stop(self) -> None:
        for it in [*self.workers, self.master]:
            for pid in tree(it.pid):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for path in glob.glob(f"/proc/{pid}/task/*/children"):
        try:
            found += [it for child in pathlib.Path(path).read_text().split() for it in tree(int(child))]
        except OSError:
            pass
    return found


def fingerprint(folder: pathlib.Path, columns: list[str]) -> tuple[str, int, int]:
    """SHA-256 of the sorted claims as JSON lines; how many they are, and how many rows are errors."""
    lines, errors = [], 0
    for batch in pyarrow.dataset.dataset(folder, format="parquet", partitioning="hive").to_batches():
        for row in batch.to_pylist():
            if row["claim_id"] is None:
                errors += 1
            else:
                lines.append(json.dumps({it: row[it] for it in columns}, sort_keys=True, default=str))
    lines.sort()
    return hashlib.sha256("\n".join(lines).encode()).hexdigest(), len(lines), errors


def main() -> int:
    source, archive, folder = (pathlib.Path(it).resolve() for it in sys.argv[1:4])
    from hedgerow.spark import claim_schema

    columns = [it for it in claim_schema().names if it != "error"]
    digest, claims, _ = fingerprint(archive / "claims", columns)
    documents = pyarrow.dataset.dataset(archive / "documents", format="parquet", partitioning="hive")
    local = digest, claims, documents.count_rows(filter=pyarrow.dataset.field("refused").is_valid())
    print(f"local          {local[0]}  {local[1]} claims, {local[2]} refused")
    cluster = Cluster(folder)
    same = True
    try:
        for name, kill in [("spark", False), ("spark-killed", True)]:
            begun = time.monotonic()
            cluster.run(str(source), folder / name, kill)
            assert (folder / name / "_SUCCESS").is_file()
            ours = fingerprint(folder / name, columns)
            print(f"{name:<14} {ours[0]}  {ours[1]} claims, {ours[2]} errors, {time.monotonic() - begun:.0f} s")
            same &= ours == local and local[2] > 0
    finally:
        cluster.stop()
    print("equal" if same else "NOT EQUAL")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
