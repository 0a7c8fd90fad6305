-- What the sheet of a pair shows, ready to be read. These tables are no record: `settle` makes them from the others, and may make
-- them again.

-- Which facts a pair has, the newest of each section last. A fact of one claim has no row in `fact_row`; `claim` is then that claim,
-- else the first of the fact. `day` is its first day as a number (20150920), 0 where it has none. `a` comes first in the alphabet.
CREATE TABLE dyad_fact (
  a       TEXT NOT NULL,
  b       TEXT NOT NULL,
  section INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  claim   INTEGER NOT NULL,
  fact    INTEGER,
  factor  REAL,
  PRIMARY KEY (a, b, section, day, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_fact_claim ON dyad_fact (claim);

-- How much a pair has: claims that stand, documents and outlets that make them, first and last day of publication.
CREATE TABLE dyad_total (
  a         TEXT NOT NULL,
  b         TEXT NOT NULL,
  claims    INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  outlets   INTEGER NOT NULL,
  first     TEXT,
  last      TEXT,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
