-- Tables of a Hedgerow ledger, schema version 1.
-- Every row is written once and never changed; guards.sql holds the triggers that see to it.

-- What this file is, for whoever opens it without having heard of Hedgerow.
CREATE TABLE about (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One version of one document, text as received.
CREATE TABLE document_version (
  seq          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL CHECK (id <> ''),
  version      INTEGER NOT NULL CHECK (version >= 1),
  replaces     INTEGER REFERENCES document_version (seq),
  path         TEXT NOT NULL,
  bytes_sha256 TEXT NOT NULL CHECK (length(bytes_sha256) = 64 AND bytes_sha256 NOT GLOB '*[^0-9a-f]*'),
  text_sha256  TEXT NOT NULL CHECK (length(text_sha256) = 64 AND text_sha256 NOT GLOB '*[^0-9a-f]*'),
  text         TEXT NOT NULL,
  title        TEXT,
  outlet       TEXT,
  published    TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  url          TEXT,
  added        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  UNIQUE (id, version),
  CHECK ((version = 1) = (replaces IS NULL))
) STRICT;

-- One reading of one document version by one codebook and model.
CREATE TABLE coding (
  seq         INTEGER PRIMARY KEY,
  document    INTEGER NOT NULL REFERENCES document_version (seq),
  generation  INTEGER NOT NULL CHECK (generation >= 1),
  codebook    TEXT NOT NULL,
  model       TEXT NOT NULL,
  diagnostics TEXT NOT NULL CHECK (json_valid(diagnostics)),
  added       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  UNIQUE (document, generation)
) STRICT;

-- One claim of one coding: flat columns for queries, the whole claim in `json`.
CREATE TABLE coded_claim (
  seq              INTEGER PRIMARY KEY,
  coding           INTEGER NOT NULL REFERENCES coding (seq),
  claim_id         TEXT NOT NULL CHECK (claim_id <> ''),
  kind             TEXT NOT NULL CHECK (kind IN ('event', 'tie', 'flow', 'stance', 'posture', 'office', 'naming')),
  type             TEXT NOT NULL CHECK (type <> ''),
  mode             TEXT,
  actors           TEXT NOT NULL,
  recipients       TEXT NOT NULL,
  symmetric        INTEGER NOT NULL CHECK (symmetric IN (0, 1)),
  date_start       TEXT CHECK (date_start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  date_end         TEXT CHECK (date_end GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  date_precision   TEXT NOT NULL CHECK (date_precision IN ('day', 'month', 'year', 'none')),
  date_text        TEXT,
  amount           REAL,
  unit             TEXT CHECK (unit IN ('money', 'count', 'tonnes', 'percent', 'km', 'days', 'hours', 'months', 'years')),
  currency         TEXT,
  count_of         TEXT,
  amount_qualifier TEXT CHECK (amount_qualifier IN ('exact', 'about', 'more-than', 'at-least', 'up-to', 'less-than', 'vague')),
  amount_text      TEXT,
  cumulative       INTEGER NOT NULL CHECK (cumulative IN (0, 1)),
  modality         TEXT NOT NULL CHECK (modality IN ('actual', 'planned', 'pledged', 'expected', 'called-for', 'denied', 'hypothetical', 'historical-background')),
  stage            TEXT CHECK (stage IN ('wanted', 'offered', 'pledged', 'agreed', 'delivered', 'expected', 'collapsed')),
  change           TEXT CHECK (change IN ('established', 'upgraded', 'downgraded', 'suspended', 'ended')),
  level            TEXT,
  rank             INTEGER CHECK (rank >= 1),
  place            TEXT,
  voice            TEXT,
  voice_name       TEXT,
  polarity         INTEGER CHECK (polarity IN (-1, 0, 1)),
  topic            TEXT,
  quote            TEXT,
  cameo            TEXT,
  quad             INTEGER CHECK (quad BETWEEN 1 AND 4),
  rule             TEXT NOT NULL,
  confidence       REAL CHECK (confidence BETWEEN 0 AND 1),
  evidence_start   INTEGER NOT NULL CHECK (evidence_start >= 0),
  evidence_end     INTEGER NOT NULL,
  evidence_bstart  INTEGER NOT NULL CHECK (evidence_bstart >= 0),
  evidence_bend    INTEGER NOT NULL,
  evidence         TEXT NOT NULL CHECK (evidence <> ''),
  json             TEXT NOT NULL CHECK (json_valid(json)),
  UNIQUE (coding, claim_id),
  CHECK (evidence_start < evidence_end AND evidence_bstart < evidence_bend),
  CHECK (date_start IS NULL OR date_end IS NULL OR date_start <= date_end)
) STRICT;

-- One party of one claim. Of a symmetric claim every party stands on both sides.
CREATE TABLE coded_party (
  claim    INTEGER NOT NULL REFERENCES coded_claim (seq),
  side     TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
  position INTEGER NOT NULL CHECK (position >= 0),
  code     TEXT NOT NULL CHECK (code <> ''),
  name     TEXT NOT NULL,
  role     TEXT NOT NULL CHECK (role IN ('GOV', 'MIL', 'LEG', 'PTY', 'JUD', 'COP', 'SPY', 'MED', 'BUS', 'CVL', 'NGO', 'REB', 'REL', 'PER', 'IGO', 'UNK')),
  person   TEXT,
  PRIMARY KEY (claim, side, position)
) STRICT, WITHOUT ROWID;

-- One person's judgement of one claim. A later judgement is a new row that names the one it replaces.
CREATE TABLE verdict (
  seq        INTEGER PRIMARY KEY,
  claim      INTEGER NOT NULL REFERENCES coded_claim (seq),
  verdict    TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected', 'corrected')),
  correction TEXT CHECK (json_valid(correction)),
  judge      TEXT NOT NULL CHECK (judge <> ''),
  note       TEXT,
  replaces   INTEGER REFERENCES verdict (seq),
  added      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  CHECK ((verdict = 'corrected') = (correction IS NOT NULL))
) STRICT;

CREATE INDEX document_version_bytes ON document_version (bytes_sha256);
CREATE INDEX document_version_path ON document_version (path);
CREATE INDEX coded_claim_id ON coded_claim (claim_id);
CREATE INDEX coded_claim_kind ON coded_claim (coding, kind);
CREATE INDEX coded_party_code ON coded_party (code, side, claim);
CREATE INDEX verdict_claim ON verdict (claim);
