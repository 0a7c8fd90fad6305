"""The coder on Apache Spark: ``python -m hedgerow.spark --input articles.parquet --output claims/``.

Articles are rows with ``text`` and, where known, ``id``, ``published``, ``title``, ``outlet``, ``url``, as Parquet or JSON lines. Each
worker of Python loads the model once and codes batches of Arrow (``mapInArrow``). The output is Parquet, partitioned by year, with the
columns of an archive and ``error``: a text that cannot be coded is a row with the reason and no claim, so that no task ever fails for
a text, and Spark may run any task twice.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

_FIELDS = ("id", "text", "published", "title", "outlet", "url")


def code_batches(batches: Iterable[pyarrow.RecordBatch], all: bool = False) -> Iterator[pyarrow.RecordBatch]:
    """Claims of the articles in each batch; what Spark calls on its workers."""
    import pyarrow

    from hedgerow import _coder

    coder = _coder()
    schema = claim_schema()
    for batch in batches:
        stories, problems = [], []
        for story in zip(*(batch.column(name).to_pylist() for name in _FIELDS)):
            doc, text, published, *rest = story
            if not isinstance(text, str):
                problems.append((doc, published, "there is no text; fill the column `text`"))
                continue
            doc = doc or "sha256-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
            title, outlet, url = (it or None for it in rest)
            stories.append((doc, text, published or None, title, outlet, url))
        table, refused = coder.code(stories, all, 1, True)
        claims = pyarrow.table(table)
        yield from claims.append_column("error", pyarrow.nulls(len(claims), pyarrow.string())).cast(schema).to_batches()
        problems += [(stories[at][0], stories[at][2], why) for at, why in refused]
        if problems:
            empty = {field.name: pyarrow.nulls(len(problems), field.type) for field in schema}
            empty["doc"] = pyarrow.array([it[0] for it in problems], pyarrow.string())
            empty["error"] = pyarrow.array([it[2] for it in problems], pyarrow.string())
            yield pyarrow.RecordBatch.from_arrays([empty[field.name] for field in schema], schema=schema)


def claim_schema() -> pyarrow.Schema:
    """The columns of claims, codes as text, and ``error``."""
    import pyarrow

    from hedgerow import _coder

    table, _ = _coder().code([], False, 1, True)
    return pyarrow.table(table).schema.append(pyarrow.field("error", pyarrow.string()))


def articles(spark: SparkSession, path: str) -> DataFrame:
    """Articles as text columns, whatever the file has."""
    from pyspark.sql import functions as f
    from pyspark.sql.types import StringType, StructField, StructType

    if path.rstrip("/").endswith((".jsonl", ".jsonl.gz", ".ndjson", ".json")):
        frame = spark.read.schema(StructType([StructField(it, StringType()) for it in _FIELDS])).json(path)
    else:
        frame = spark.read.parquet(path)
    if "text" not in frame.columns:
        raise SystemExit(f"{path}: has no column `text`; name the columns {', '.join(_FIELDS)}")
    known = [f.col(it).cast("string") if it in frame.columns else f.lit(None).cast("string") for it in _FIELDS]
    return frame.select(*(it.alias(name) for it, name in zip(known, _FIELDS)))


def run(spark: SparkSession, source: str, target: str, *, all: bool = False, parts: Optional[int] = None) -> None:
    """Code ``source`` and write ``target``. Begun again after it failed, it writes anew; once complete, it does nothing."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    left = _left(spark, target)
    if "_SUCCESS" in left:
        print(f"{target}: complete already")
        return
    if any(not it.startswith(("_temporary", "year=")) for it in left):
        raise SystemExit(f"{target}: holds something else; give --output another folder")
    frame = articles(spark, source)
    if parts:
        frame = frame.repartition(parts)

    def on_worker(batches: Iterable[Any]) -> Iterator[Any]:
        from hedgerow.spark import code_batches

        return code_batches(batches, all)

    coded = frame.mapInArrow(on_worker, from_arrow_schema(claim_schema()))
    coded = coded.withColumn("year", f.year("published"))
    # Not Snappy, the usual one: its library for Java needs the C library that it guesses.
    to = coded.write.mode("overwrite").option("compression", "zstd")
    to.partitionBy("year").parquet(target)


def _left(spark: SparkSession, target: str) -> list[str]:
    """Names in the folder that is to be written, on whatever file system."""
    jvm: Any = spark._jvm
    context: Any = spark._jsc  # Hadoop's file systems have no other door in Python.
    path = jvm.org.apache.hadoop.fs.Path(target)
    files = path.getFileSystem(context.hadoopConfiguration())
    return [it.getPath().getName() for it in files.listStatus(path)] if files.exists(path) else []


def main(arguments: Optional[list[str]] = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m hedgerow.spark", description="Code articles on Apache Spark.")
    parser.add_argument("--input", required=True, help="Parquet or JSON lines with text, id, published, title, outlet, url")
    parser.add_argument("--output", required=True, help="folder of Parquet files, partitioned by year")
    parser.add_argument("--master", help="spark://host:port or local[*]; where it is not given, what spark-submit says")
    parser.add_argument("--parts", type=int, help="number of tasks; as many as the input has parts where it is not given")
    parser.add_argument("--all", action="store_true", help="also what is said of one state alone")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark")
    given = parser.parse_args(arguments)

    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("hedgerow")
    if given.master:
        builder = builder.master(given.master)
    # A batch is as long as its texts allow: long articles in thousands would fill a worker's memory.
    settings = {"spark.sql.execution.arrow.maxRecordsPerBatch": "500", "spark.task.maxFailures": "8"}
    settings.update(it.split("=", 1) for it in given.conf)
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    try:
        run(spark, given.input, given.output, all=given.all, parts=given.parts)
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
