-- Tables of a Hedgerow ledger.
-- Every row is written once and never changed; guards.sql holds the triggers that see to it.

-- What this file is, for whoever opens it without having heard of Hedgerow.
CREATE TABLE about (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One version of one document, text as received; NULL where whoever keeps the ledger may not keep texts.
CREATE TABLE document_version (
  seq          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL CHECK (id <> ''),
  version      INTEGER NOT NULL CHECK (version >= 1),
  replaces     INTEGER REFERENCES document_version (seq),
  path         TEXT NOT NULL,
  bytes_sha256 TEXT NOT NULL CHECK (length(bytes_sha256) = 64 AND bytes_sha256 NOT GLOB '*[^0-9a-f]*'),
  text_sha256  TEXT CHECK (length(text_sha256) = 64 AND text_sha256 NOT GLOB '*[^0-9a-f]*'),
  text         TEXT,
  title        TEXT,
  outlet       TEXT,
  published    TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  url          TEXT,
  sketch       BLOB,
  added        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  extractor    TEXT,
  UNIQUE (id, version),
  CHECK ((version = 1) = (replaces IS NULL)),
  CHECK (text IS NULL OR text_sha256 IS NOT NULL)
) STRICT;

-- One reading of one document version: by one codebook and model, or by a person, whose name is then in `author`.
CREATE TABLE coding (
  seq         INTEGER PRIMARY KEY,
  document    INTEGER NOT NULL REFERENCES document_version (seq),
  generation  INTEGER NOT NULL CHECK (generation >= 1),
  codebook    TEXT NOT NULL,
  model       TEXT NOT NULL,
  diagnostics TEXT NOT NULL CHECK (json_valid(diagnostics)),
  author      TEXT CHECK (author <> ''),
  added       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;

-- One claim of one coding. `more` is a JSON object of what has no column; the view `claim` puts the whole together.
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
  more             TEXT NOT NULL CHECK (json_valid(more)),
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

-- Which claims have one code on one side and another on the other: what a sheet of a pair asks for. `a` comes first in the
-- alphabet.
CREATE TABLE coded_dyad (
  a     TEXT NOT NULL,
  b     TEXT NOT NULL,
  claim INTEGER NOT NULL REFERENCES coded_claim (seq),
  PRIMARY KEY (a, b, claim),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;

-- What a person decided, about one claim or two. Nothing is taken back by changing a row: `undone` names in `replaces`
-- the decision that it takes back. When a document is coded anew its decisions are written again for the new claims,
-- with the row they come from in `carries`.
--   accepted, rejected       `claim` is right, is wrong
--   corrected                `claim` should be as `other` has it
--   added                    `other` was missed (`claim` is empty)
--   same, apart              `claim` and `other` are about one happening, are about two
--   comment                  the reason says something about `claim`
CREATE TABLE decision (
  seq      INTEGER PRIMARY KEY,
  verb     TEXT NOT NULL CHECK (verb IN ('accepted', 'rejected', 'corrected', 'added', 'same', 'apart', 'comment', 'undone')),
  claim    INTEGER REFERENCES coded_claim (seq),
  other    INTEGER REFERENCES coded_claim (seq),
  author   TEXT NOT NULL CHECK (author <> ''),
  reason   TEXT,
  replaces INTEGER REFERENCES decision (seq),
  carries  INTEGER REFERENCES decision (seq),
  added    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  CHECK ((other IS NOT NULL) = (verb IN ('corrected', 'added', 'same', 'apart'))),
  CHECK ((claim IS NULL) = (verb IN ('added', 'undone'))),
  CHECK ((replaces IS NOT NULL) = (verb = 'undone')),
  CHECK (verb <> 'comment' OR reason IS NOT NULL)
) STRICT;

-- What the user knows of an outlet. The newest row of an outlet holds.
CREATE TABLE standing (
  seq      INTEGER PRIMARY KEY,
  outlet   TEXT NOT NULL CHECK (outlet <> ''),
  standing TEXT CHECK (standing IN ('official', 'state-media', 'agency', 'independent', 'partisan', 'unknown')),
  state    TEXT,
  reposts  TEXT,
  note     TEXT,
  added    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;

-- What one US dollar was worth in a currency from a day on, as the user loaded it.
CREATE TABLE rate (
  seq      INTEGER PRIMARY KEY,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  day      TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  per_usd  REAL NOT NULL CHECK (per_usd > 0),
  source   TEXT NOT NULL,
  added    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  UNIQUE (currency, day, per_usd, source)
) STRICT;

-- Facts of more than one claim as they were last computed. These tables are no record: they are made from the others and may
-- be made again.
CREATE TABLE fact_row (
  seq        INTEGER PRIMARY KEY,
  fact_id    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  type       TEXT NOT NULL,
  mode       TEXT,
  actors     TEXT NOT NULL,
  recipients TEXT NOT NULL,
  symmetric  INTEGER NOT NULL,
  stage      TEXT,
  label      TEXT,
  polarity   INTEGER,
  date_start TEXT,
  date_end   TEXT,
  of         TEXT,
  low        REAL,
  high       REAL,
  claims     INTEGER NOT NULL,
  documents  INTEGER NOT NULL,
  origins    INTEGER NOT NULL,
  disputed   INTEGER NOT NULL,
  factor     REAL,
  current    TEXT,
  why        TEXT
) STRICT;
CREATE TABLE fact_member (
  claim INTEGER PRIMARY KEY REFERENCES coded_claim (seq),
  fact  INTEGER NOT NULL,
  stand TEXT NOT NULL,
  differs TEXT
) STRICT;

-- Up to which coding and decision they were computed.
CREATE TABLE fact_state (
  coding   INTEGER NOT NULL,
  decision INTEGER NOT NULL
) STRICT;

-- Words of articles, and of the evidence of those whose text is not kept; made from the tables above.
CREATE VIRTUAL TABLE article_words USING fts5 (title, text, content = 'document_version', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quote_words USING fts5 (evidence, content = '', tokenize = 'unicode61 remove_diacritics 2');

CREATE INDEX document_version_bytes ON document_version (bytes_sha256);
CREATE INDEX document_version_path ON document_version (path);
CREATE UNIQUE INDEX coding_generation ON coding (document, generation) WHERE author IS NULL;
CREATE INDEX coding_document ON coding (document);
CREATE UNIQUE INDEX coded_claim_id ON coded_claim (claim_id, coding);
CREATE INDEX coded_claim_coding ON coded_claim (coding);
CREATE INDEX coded_party_code ON coded_party (code, side, claim);
CREATE INDEX decision_claim ON decision (claim);
CREATE INDEX decision_other ON decision (other);
CREATE INDEX decision_replaces ON decision (replaces);
CREATE INDEX standing_outlet ON standing (outlet);
CREATE INDEX rate_day ON rate (currency, day);
CREATE INDEX fact_member_fact ON fact_member (fact);
