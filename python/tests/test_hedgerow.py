"""The package as its users call it."""

from __future__ import annotations

import json
import os
import pathlib

import pandas
import polars
import pyarrow
import pytest

import hedgerow

ROOT = pathlib.Path(__file__).parents[2]
PROGRAM = os.environ.get("HEDGEROW_PROGRAM")
VISIT = "Vietnam's President Truong Tan Sang visited Japan last week. Japan gave Vietnam six patrol boats."
FRENCH = (
    "Le président de la République a reçu hier à Paris le ministre des affaires étrangères du Vietnam, "
    "qui a salué les relations entre les deux pays."
)


def test_texts_become_claims() -> None:
    claims = hedgerow.code([VISIT, FRENCH, ""], published="2014-03-20", outlets=["Lotus Wire", None, None])
    frame = claims.to_pandas()
    assert frame["claim_id"].tolist() == ["t0-01", "t0-02"]
    visit = frame.iloc[0]
    assert (visit["actors"], visit["recipients"], visit["type"], visit["mode"]) == ("VNM", "JPN", "CONSULT", "visit")
    assert (str(visit["date_start"]), str(visit["published"]), visit["outlet"]) == ("2014-03-10", "2014-03-20", "Lotus Wire")
    assert VISIT[visit["evidence_start"] : visit["evidence_end"]] == visit["evidence"]
    assert isinstance(frame["type"].dtype, pandas.CategoricalDtype)
    refused = [(it.position, it.doc) for it in claims.refused]
    assert refused == [(1, "t1"), (2, "t2")]
    assert "reads as French" in claims.refused[0].why


def test_a_day_is_a_day() -> None:
    claims = hedgerow.code(VISIT, published="20 March")
    assert len(claims) == 0 and "no date; write YYYY-MM-DD" in claims.refused[0].why
    with pytest.raises(ValueError, match="one, or one a text"):
        hedgerow.code([VISIT], published=["2014-03-20", "2014-03-21"])


def test_every_library_of_arrow_takes_claims() -> None:
    claims = hedgerow.code([VISIT] * 50, published="2014-03-20", ids=[f"a{i}" for i in range(50)])
    table = pyarrow.table(claims)
    assert table.num_rows == len(claims) == 100
    assert table.column_names == claims.columns
    frame = claims.to_polars()
    assert isinstance(frame, polars.DataFrame) and frame.height == 100
    assert frame["actors"].cast(polars.String).to_list()[:2] == ["VNM", "JPN"]
    # The table lives on when the claims are gone.
    del claims
    assert table.column("evidence")[99].as_py()


def test_threads_do_not_matter() -> None:
    texts = [VISIT.replace("six", str(n)) for n in range(40)]
    one, four = (hedgerow.code(texts, published="2014-03-20", threads=n).to_arrow() for n in (1, 4))
    assert one.equals(four)


def test_the_codebook_is_looked_up() -> None:
    assert hedgerow.actor("vietnam") == "VNM" and hedgerow.actor("Atlantis") is None
    assert hedgerow.name("VNM") == "Vietnam"
    assert "CONSULT" in (hedgerow.page("CONSULT.visit") or "") and hedgerow.page("NONSENSE") is None
    assert {"kind": "flow", "type": "aid", "code": "flow.aid"} in hedgerow.pages()
    assert set(hedgerow.versions()) == {"codebook", "model"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    if PROGRAM is None:
        pytest.skip("HEDGEROW_PROGRAM names no program")
    folder = tmp_path_factory.mktemp("ledger")
    for command in ("add {0} --quiet --ledger {1}/a.sqlite", "code {0} --format parquet --all --out {1}/archive"):
        words = command.format(ROOT / "corpus", folder).split()
        assert os.spawnv(os.P_WAIT, PROGRAM, [PROGRAM, *words]) == 0
    return folder


def test_a_ledger_and_an_archive_are_read(ledger: pathlib.Path) -> None:
    book, archive = hedgerow.Ledger(ledger / "a.sqlite"), hedgerow.Ledger(ledger / "archive")
    ours = book.claims("Vietnam", "JPN").to_pandas()
    assert len(ours) > 5 and ours["fact"].notna().all()
    theirs = archive.claims("VNM", "Japan").to_pandas()
    assert ours["claim_id"].tolist() == theirs["claim_id"].tolist()
    assert len(archive.claims()) == len(book.claims()) > 100
    facts = book.facts("VNM", "JPN")
    assert {it["id"] for it in facts} == set(ours["fact"])
    with pytest.raises(ValueError, match="no actor of that code or name"):
        book.claims("Atlantis")
    with pytest.raises(OSError, match="there is no ledger"):
        hedgerow.Ledger(ledger / "none.sqlite")


def test_a_hedge_is_that_of_the_program(ledger: pathlib.Path) -> None:
    import subprocess

    words = "hedge VNM --rivals USA,CHN --camp JPN=USA --at 2015-12-31 --format jsonl --ledger".split()
    said = subprocess.run([PROGRAM, *words, ledger / "a.sqlite"], capture_output=True, check=True, text=True).stdout
    program = json.loads(said.splitlines()[0])["answer"]
    book = hedgerow.Ledger(ledger / "a.sqlite")
    asked = {"rivals": ("USA", "CHN"), "camp": {"JPN": "USA"}, "at": "2015-12-31"}
    answer = hedgerow.hedge(book, "Vietnam", **asked)
    assert answer["formula"] == "hedge.v1"
    assert answer["runs"] == program["runs"]
    years = hedgerow.hedge(book, "VNM", series=True, **asked)
    assert years[-1]["year"] == 2015
    assert years[-1]["delivered"]["summary"] == answer["runs"][0]["position"]["summary"]


def test_the_notebook_runs(ledger: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.setenv("HEDGEROW_LEDGER", str(ledger / "a.sqlite"))
    notebook = json.loads((ROOT / "python/examples/hedge.ipynb").read_text())
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    import matplotlib.pyplot

    assert len(matplotlib.pyplot.get_fignums()) == 2
