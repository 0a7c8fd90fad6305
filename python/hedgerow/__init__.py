"""Read reporting about states; measure how they hedge.

``code`` turns texts into claims, ``Ledger`` opens a ledger or an archive, ``hedge`` measures, ``page`` and ``actor`` look the
codebook up. Claims are Arrow tables; see ``Claims``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Optional, Union

from hedgerow import _native

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Claims", "Ledger", "Refused", "actor", "code", "hedge", "name", "page", "pages", "versions"]

_Words = Union[None, str, Sequence[Optional[str]]]


@dataclass(frozen=True)
class Refused:
    """A text that was not coded."""

    #: Its place among the texts, from 0.
    position: int
    #: Its id.
    doc: str
    #: Why, and what to do about it.
    why: str


class Claims:
    """Claims, one a row, with the columns of an archive (``docs/archive.md``)."""

    def __init__(self, table: _native.Table, refused: Sequence[Refused] = ()) -> None:
        self._table = table
        #: What was not coded.
        self.refused: tuple[Refused, ...] = tuple(refused)

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        return f"<{len(self)} claims, {len(self.refused)} texts refused>"

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface: whatever reads Arrow takes claims as they are, without a copy."""
        return self._table.__arrow_c_stream__(requested_schema)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._table.columns

    def to_arrow(self) -> pyarrow.Table:
        """A table of pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of pandas: codes as categories, days as dates."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A data frame of polars."""
        import polars

        return polars.DataFrame(self.to_arrow())


@lru_cache(maxsize=4)
def _coder(codebook: Optional[str] = None) -> _native.Coder:
    """Codebook and model, loaded once a process (50 ms)."""
    return _native.Coder(codebook)


def _each(name: str, given: _Words, n: int) -> list[Optional[str]]:
    if given is None or isinstance(given, str):
        return [given] * n
    words = [None if it is None else str(it) for it in given]
    if len(words) != n:
        raise ValueError(f"{name}: {len(words)} for {n} texts; give one, or one a text")
    return words


def code(
    texts: Union[str, Iterable[str]],
    *,
    published: _Words = None,
    ids: Optional[Sequence[str]] = None,
    titles: _Words = None,
    outlets: _Words = None,
    urls: _Words = None,
    all: bool = False,
    threads: Optional[int] = None,
    codebook: Union[None, str, os.PathLike[str]] = None,
) -> Claims:
    """Code texts.

    ``published`` is the day of publication (``2015-09-20``; ``2015-09`` where the day is not known), one for all or one a text:
    without it "last week" stays undated. ``ids`` name the documents (``t0``, ``t1``, … where they are not given) and should be
    unique. ``all`` also keeps what is said of one state alone. ``codebook`` is a folder with entries of your own. The claims do not
    depend on ``threads``.
    """
    texts = [texts] if isinstance(texts, str) else list(texts)
    n = len(texts)
    names = [f"t{i}" for i in range(n)] if ids is None else [str(it) for it in ids]
    if len(names) != n:
        raise ValueError(f"ids: {len(names)} for {n} texts; give one a text")
    stories = list(
        zip(
            names,
            texts,
            _each("published", published, n),
            _each("titles", titles, n),
            _each("outlets", outlets, n),
            _each("urls", urls, n),
        )
    )
    coder = _coder(None if codebook is None else os.fspath(codebook))
    table, refused = coder.code(stories, all, threads or os.cpu_count() or 1, False)
    return Claims(table, [Refused(at, names[at], why) for at, why in refused])


class Ledger:
    """A ledger (a file) or an archive (a folder), open for reading."""

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        self._ledger = _native.Ledger(os.fspath(path))

    def claims(self, a: Optional[str] = None, b: Optional[str] = None) -> Claims:
        """The claims that stand: all, those of one actor, or those of a pair. ``fact`` and ``stand`` say which belong together."""
        return Claims(self._ledger.claims(_known(a), _known(b)))

    def facts(self, a: Optional[str] = None, b: Optional[str] = None) -> list[dict[str, Any]]:
        """Claims about one happening, taken together."""
        facts: list[dict[str, Any]] = json.loads(self._ledger.facts(_known(a), _known(b)))
        return facts


def hedge(
    ledger: Ledger,
    who: str,
    *,
    rivals: tuple[str, str],
    camp: Optional[Mapping[str, Union[str, tuple[str, float]]]] = None,
    at: Optional[str] = None,
    series: bool = False,
    rates: Optional[Mapping[str, float]] = None,
) -> Any:
    """How a state stands between two rivals (``hedge.v1``): a lean towards the first is positive.

    ``camp`` counts a partner with a rival, wholly or in part: ``{"JPN": "USA", "RUS": ("CHN", 0.5)}``. ``at`` is the day; that of
    the newest document where it is not given. ``rates`` are currencies in dollars, ``{"JPY": 120.2}``. The answer is the
    ``answer`` of ``hedgerow hedge --format jsonl``, as a dict; with ``series`` a list with one dict a year.
    """
    camps = []
    for partner, of in (camp or {}).items():
        rival, share = (of, 1.0) if isinstance(of, str) else of
        camps.append((_code(partner), _code(rival), float(share)))
    first, second = rivals
    answer = ledger._ledger.hedge(
        _coder(), _code(who), (_code(first), _code(second)), camps, at, series, list((rates or {}).items())
    )
    return json.loads(answer)


def page(code: str) -> Optional[str]:
    """The codebook's page on a type (``CONSULT``, ``flow.aid``), as Markdown; ``None`` where there is none."""
    return _coder().page(code)


def pages() -> list[dict[str, str]]:
    """Every page of the codebook: its ``kind``, ``type`` and ``code``."""
    return [{"kind": kind, "type": type_, "code": code} for kind, type_, code in _coder().pages()]


def actor(text: str) -> Optional[str]:
    """The code of an actor: ``actor("Vietnam")`` is ``"VNM"``; ``None`` where there is none of that name."""
    return _coder().actor(text)


def name(code: str) -> str:
    """The name of an actor: ``name("VNM")`` is ``"Vietnam"``."""
    return _coder().name(code)


def versions() -> dict[str, str]:
    """Versions of codebook and model."""
    coder = _coder()
    return {"codebook": coder.codebook_version, "model": coder.model_version}


def _known(text: Optional[str]) -> Optional[str]:
    return None if text is None else _code(text)


def _code(text: str) -> str:
    code = actor(text)
    if code is None and text.partition(":")[0] in ("IGO", "ORG", "GRP"):
        return text
    if code is None:
        raise ValueError(f"{text}: no actor of that code or name; give a code (VNM), a name (Vietnam), or IGO:ASEAN")
    return code
