-- Structured sources beside the news: what was imported, from which file, under which licence, and its rows.
-- Every row is written once and never changed. The tables whose names end in `_row` and `_value` hold millions of rows; they name
-- things by their number in `term`, and the views of the same stem (`dyad_year`, `event`, …) show them in words.

-- Codes, names and labels, each kept once.
CREATE TABLE term (
  seq  INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- One reading of one file. It counts only when `import_end` has a row for it.
CREATE TABLE import (
  seq      INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL CHECK (kind <> ''),
  file     TEXT NOT NULL,
  bytes    INTEGER NOT NULL CHECK (bytes >= 0),
  sha256   TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  assumed  TEXT NOT NULL CHECK (json_valid(assumed)),
  reader   TEXT NOT NULL,
  codebook TEXT NOT NULL,
  version  TEXT,
  licence  TEXT NOT NULL,
  citation TEXT NOT NULL,
  url      TEXT NOT NULL,
  begun    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  UNIQUE (sha256, kind, assumed, reader)
) STRICT;

-- How far a long import has come: everything up to this row of the file is kept, and with it this row of the table.
CREATE TABLE import_part (
  import INTEGER NOT NULL REFERENCES import (seq),
  part   INTEGER NOT NULL CHECK (part >= 1),
  rows   INTEGER NOT NULL CHECK (rows >= 0),
  tally  TEXT NOT NULL CHECK (json_valid(tally)),
  PRIMARY KEY (import, part)
) STRICT, WITHOUT ROWID;

-- What came of an import: rows read = kept + known + passed over + refused.
CREATE TABLE import_end (
  import      INTEGER PRIMARY KEY REFERENCES import (seq),
  read        INTEGER NOT NULL CHECK (read >= 0),
  kept        INTEGER NOT NULL CHECK (kept >= 0),
  known       INTEGER NOT NULL CHECK (known >= 0),
  passed_over INTEGER NOT NULL CHECK (passed_over >= 0),
  refused     INTEGER NOT NULL CHECK (refused >= 0),
  reasons     TEXT NOT NULL CHECK (json_valid(reasons)),
  ended       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  CHECK (read = kept + known + passed_over + refused)
) STRICT;

-- A quantity that a source gives, `atop.defense`: unit, meaning, and what it means that a row is not there.
CREATE TABLE variable (
  seq    INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  unit   TEXT NOT NULL,
  what   TEXT NOT NULL,
  absent TEXT NOT NULL CHECK (absent IN ('missing', 'zero'))
) STRICT;

-- The years for which an import can say something of a variable.
CREATE TABLE import_coverage (
  import    INTEGER NOT NULL REFERENCES import (seq),
  variable  INTEGER NOT NULL REFERENCES variable (seq),
  from_year INTEGER NOT NULL,
  to_year   INTEGER NOT NULL,
  CHECK (from_year <= to_year),
  PRIMARY KEY (import, variable)
) STRICT, WITHOUT ROWID;

-- A value of a directed pair in a year. A flow goes from a to b; of a symmetric quantity both directions are there.
CREATE TABLE dyad_value (
  variable INTEGER NOT NULL REFERENCES variable (seq),
  a        INTEGER NOT NULL REFERENCES term (seq),
  b        INTEGER NOT NULL REFERENCES term (seq),
  year     INTEGER NOT NULL,
  import   INTEGER NOT NULL REFERENCES import (seq),
  value    REAL NOT NULL,
  PRIMARY KEY (variable, a, b, year, import)
) STRICT, WITHOUT ROWID;

-- A value of one state in a year.
CREATE TABLE state_value (
  variable INTEGER NOT NULL REFERENCES variable (seq),
  state    INTEGER NOT NULL REFERENCES term (seq),
  year     INTEGER NOT NULL,
  import   INTEGER NOT NULL REFERENCES import (seq),
  value    REAL NOT NULL,
  PRIMARY KEY (variable, state, year, import)
) STRICT, WITHOUT ROWID;

-- Something that holds from one day to another: a leader in office, a state in the system, a dispute, an agreement, an order of arms.
-- Dates are as fine as the source has them: `2015`, `2015-09` or `2015-09-20`. Of one state alone, b is empty.
CREATE TABLE spell_row (
  variable INTEGER NOT NULL REFERENCES variable (seq),
  a        INTEGER NOT NULL REFERENCES term (seq),
  row      INTEGER NOT NULL,
  b        INTEGER REFERENCES term (seq),
  start    TEXT,
  until    TEXT,
  label    TEXT NOT NULL,
  value    REAL,
  detail   TEXT NOT NULL CHECK (json_valid(detail)),
  import   INTEGER NOT NULL REFERENCES import (seq),
  PRIMARY KEY (variable, a, import, row)
) STRICT, WITHOUT ROWID;

-- A roll call of the General Assembly.
CREATE TABLE roll_call (
  rcid       INTEGER NOT NULL,
  import     INTEGER NOT NULL REFERENCES import (seq),
  session    INTEGER NOT NULL,
  day        TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  resolution TEXT,
  important  INTEGER CHECK (important IN (0, 1)),
  about      TEXT,
  PRIMARY KEY (rcid, import)
) STRICT, WITHOUT ROWID;

-- A vote: 1 yes, 2 abstention, 3 no, 8 absent, 9 not a member.
CREATE TABLE vote_row (
  rcid   INTEGER NOT NULL,
  state  INTEGER NOT NULL REFERENCES term (seq),
  import INTEGER NOT NULL REFERENCES import (seq),
  vote   INTEGER NOT NULL CHECK (vote IN (1, 2, 3, 8, 9)),
  PRIMARY KEY (rcid, state, import)
) STRICT, WITHOUT ROWID;

-- An event of another coder between two states. `source` is the kind of import, `id` the source's own number; `day` is a number
-- such as 20150920. An event that is there already is left as it is.
CREATE TABLE event_row (
  actor            INTEGER NOT NULL REFERENCES term (seq),
  recipient        INTEGER NOT NULL REFERENCES term (seq),
  day              INTEGER NOT NULL CHECK (day BETWEEN 10000101 AND 99991231),
  source           INTEGER NOT NULL REFERENCES term (seq),
  id               INTEGER NOT NULL,
  code             INTEGER NOT NULL REFERENCES term (seq),
  quad             INTEGER CHECK (quad BETWEEN 1 AND 4),
  score            REAL,
  actor_name       INTEGER REFERENCES term (seq),
  actor_sector     INTEGER REFERENCES term (seq),
  recipient_name   INTEGER REFERENCES term (seq),
  recipient_sector INTEGER REFERENCES term (seq),
  publisher        INTEGER REFERENCES term (seq),
  story            INTEGER,
  import           INTEGER NOT NULL REFERENCES import (seq),
  PRIMARY KEY (actor, recipient, day, source, id)
) STRICT, WITHOUT ROWID;

-- One mention of a GDELT event in one document. `seen` is a number such as 20150920143000; offsets are in GDELT's count, -1 for none.
CREATE TABLE mention_row (
  event      INTEGER NOT NULL,
  seen       INTEGER NOT NULL,
  document   TEXT NOT NULL,
  sentence   INTEGER NOT NULL,
  publisher  INTEGER NOT NULL REFERENCES term (seq),
  confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
  actor_at     INTEGER NOT NULL,
  recipient_at INTEGER NOT NULL,
  action_at    INTEGER NOT NULL,
  import       INTEGER NOT NULL REFERENCES import (seq),
  PRIMARY KEY (event, seen, document, sentence, actor_at, recipient_at, action_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX dyad_value_b ON dyad_value (variable, b, year);
CREATE INDEX spell_row_b ON spell_row (variable, b) WHERE b IS NOT NULL;
CREATE INDEX roll_call_session ON roll_call (session);

-- The imports that were completed.
CREATE VIEW import_done AS
SELECT i.seq AS import, i.kind, i.version, i.file, i.bytes, i.sha256, i.licence, i.citation, i.url, i.assumed, i.reader, i.codebook,
       e.read, e.kept, e.known, e.passed_over, e.refused, e.reasons, i.begun, e.ended
  FROM import i
  JOIN import_end e ON e.import = i.seq;

-- Values of directed pairs by year and variable. Where several imports give one, the newest completed import counts.
CREATE VIEW dyad_year AS
SELECT v.name AS variable, a.text AS a, b.text AS b, d.year, d.value, v.unit, i.kind AS source, d.import
  FROM dyad_value d
  JOIN variable v ON v.seq = d.variable
  JOIN term a ON a.seq = d.a
  JOIN term b ON b.seq = d.b
  JOIN import_end e ON e.import = d.import
  JOIN import i ON i.seq = d.import
 WHERE NOT EXISTS (SELECT 1 FROM dyad_value n JOIN import_end ne ON ne.import = n.import
                    WHERE n.variable = d.variable AND n.a = d.a AND n.b = d.b AND n.year = d.year AND n.import > d.import);

-- Values of states by year and variable.
CREATE VIEW state_year AS
SELECT v.name AS variable, s.text AS state, d.year, d.value, v.unit, i.kind AS source, d.import
  FROM state_value d
  JOIN variable v ON v.seq = d.variable
  JOIN term s ON s.seq = d.state
  JOIN import_end e ON e.import = d.import
  JOIN import i ON i.seq = d.import
 WHERE NOT EXISTS (SELECT 1 FROM state_value n JOIN import_end ne ON ne.import = n.import
                    WHERE n.variable = d.variable AND n.state = d.state AND n.year = d.year AND n.import > d.import);

-- The years for which the completed imports cover a variable; outside them a value is missing, never zero.
CREATE VIEW coverage AS
SELECT v.name AS variable, c.from_year, c.to_year, v.absent, v.unit, v.what, i.kind AS source, c.import
  FROM import_coverage c
  JOIN variable v ON v.seq = c.variable
  JOIN import_end e ON e.import = c.import
  JOIN import i ON i.seq = c.import;

-- What holds from one day to another.
CREATE VIEW spell AS
SELECT v.name AS variable, a.text AS a, b.text AS b, s.start, s.until, s.label, s.value, v.unit, s.detail, i.kind AS source, s.import
  FROM spell_row s
  JOIN variable v ON v.seq = s.variable
  JOIN term a ON a.seq = s.a
  LEFT JOIN term b ON b.seq = s.b
  JOIN import_end e ON e.import = s.import
  JOIN import i ON i.seq = s.import;

-- Votes in the General Assembly, with their roll calls where these were imported too.
CREATE VIEW vote AS
SELECT w.rcid, r.session, r.day, r.resolution, r.important, s.text AS state, w.vote, w.import
  FROM vote_row w
  JOIN import_end e ON e.import = w.import
  JOIN term s ON s.seq = w.state
  LEFT JOIN roll_call r ON r.rcid = w.rcid
   AND r.import = (SELECT max(n.import) FROM roll_call n JOIN import_end ne ON ne.import = n.import WHERE n.rcid = w.rcid)
 WHERE NOT EXISTS (SELECT 1 FROM vote_row n JOIN import_end ne ON ne.import = n.import
                    WHERE n.rcid = w.rcid AND n.state = w.state AND n.import > w.import);

-- Events of other coders between two states. They count reports, not happenings.
CREATE VIEW event AS
SELECT s.text AS source, e.id,
       printf('%04d-%02d-%02d', e.day / 10000, e.day / 100 % 100, e.day % 100) AS day,
       a.text AS actor, r.text AS recipient, c.text AS code, e.quad, e.score,
       an.text AS actor_name, asec.text AS actor_sector, rn.text AS recipient_name, rsec.text AS recipient_sector,
       p.text AS publisher, e.story, e.import
  FROM event_row e
  JOIN import_end d ON d.import = e.import
  JOIN term s ON s.seq = e.source
  JOIN term a ON a.seq = e.actor
  JOIN term r ON r.seq = e.recipient
  JOIN term c ON c.seq = e.code
  LEFT JOIN term an ON an.seq = e.actor_name
  LEFT JOIN term asec ON asec.seq = e.actor_sector
  LEFT JOIN term rn ON rn.seq = e.recipient_name
  LEFT JOIN term rsec ON rsec.seq = e.recipient_sector
  LEFT JOIN term p ON p.seq = e.publisher;

-- Mentions of GDELT events.
CREATE VIEW mention AS
SELECT m.event, m.seen, m.document, m.sentence, p.text AS publisher, m.confidence, m.actor_at, m.recipient_at, m.action_at, m.import
  FROM mention_row m
  JOIN import_end d ON d.import = m.import
  JOIN term p ON p.seq = m.publisher;

-- The ledger only grows, structured sources included. An import takes the `_replaced` triggers of the large tables away inside its own
-- transaction and puts them back before it commits: nobody else ever sees the file without them.

CREATE TRIGGER term_changed BEFORE UPDATE ON term
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: terms are never changed, removed or replaced'); END;
CREATE TRIGGER term_removed BEFORE DELETE ON term
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: terms are never changed, removed or replaced'); END;
CREATE TRIGGER term_replaced BEFORE INSERT ON term WHEN EXISTS (SELECT 1 FROM term WHERE seq = NEW.seq OR text = NEW.text)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: terms are never changed, removed or replaced'); END;

CREATE TRIGGER import_changed BEFORE UPDATE ON import
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_removed BEFORE DELETE ON import
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_replaced BEFORE INSERT ON import WHEN EXISTS (SELECT 1 FROM import WHERE seq = NEW.seq OR (sha256 = NEW.sha256 AND kind = NEW.kind AND assumed = NEW.assumed AND reader = NEW.reader))
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;

CREATE TRIGGER import_part_changed BEFORE UPDATE ON import_part
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_part_removed BEFORE DELETE ON import_part
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_part_replaced BEFORE INSERT ON import_part WHEN EXISTS (SELECT 1 FROM import_part WHERE import = NEW.import AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;

CREATE TRIGGER import_end_changed BEFORE UPDATE ON import_end
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_end_removed BEFORE DELETE ON import_end
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_end_replaced BEFORE INSERT ON import_end WHEN EXISTS (SELECT 1 FROM import_end WHERE import = NEW.import)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;

CREATE TRIGGER variable_changed BEFORE UPDATE ON variable
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: variables are never changed, removed or replaced'); END;
CREATE TRIGGER variable_removed BEFORE DELETE ON variable
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: variables are never changed, removed or replaced'); END;
CREATE TRIGGER variable_replaced BEFORE INSERT ON variable WHEN EXISTS (SELECT 1 FROM variable WHERE seq = NEW.seq OR name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: variables are never changed, removed or replaced'); END;

CREATE TRIGGER import_coverage_changed BEFORE UPDATE ON import_coverage
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_coverage_removed BEFORE DELETE ON import_coverage
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;
CREATE TRIGGER import_coverage_replaced BEFORE INSERT ON import_coverage WHEN EXISTS (SELECT 1 FROM import_coverage WHERE import = NEW.import AND variable = NEW.variable)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imports are never changed, removed or replaced'); END;

CREATE TRIGGER dyad_value_changed BEFORE UPDATE ON dyad_value
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported values are never changed, removed or replaced'); END;
CREATE TRIGGER dyad_value_removed BEFORE DELETE ON dyad_value
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported values are never changed, removed or replaced'); END;
CREATE TRIGGER dyad_value_replaced BEFORE INSERT ON dyad_value WHEN EXISTS (SELECT 1 FROM dyad_value WHERE variable = NEW.variable AND a = NEW.a AND b = NEW.b AND year = NEW.year AND import = NEW.import)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported values are never changed, removed or replaced'); END;

CREATE TRIGGER state_value_changed BEFORE UPDATE ON state_value
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported values are never changed, removed or replaced'); END;
CREATE TRIGGER state_value_removed BEFORE DELETE ON state_value
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported values are never changed, removed or replaced'); END;
CREATE TRIGGER state_value_replaced BEFORE INSERT ON state_value WHEN EXISTS (SELECT 1 FROM state_value WHERE variable = NEW.variable AND state = NEW.state AND year = NEW.year AND import = NEW.import)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported values are never changed, removed or replaced'); END;

CREATE TRIGGER spell_row_changed BEFORE UPDATE ON spell_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported spells are never changed, removed or replaced'); END;
CREATE TRIGGER spell_row_removed BEFORE DELETE ON spell_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported spells are never changed, removed or replaced'); END;
CREATE TRIGGER spell_row_replaced BEFORE INSERT ON spell_row WHEN EXISTS (SELECT 1 FROM spell_row WHERE variable = NEW.variable AND a = NEW.a AND import = NEW.import AND row = NEW.row)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported spells are never changed, removed or replaced'); END;

CREATE TRIGGER roll_call_changed BEFORE UPDATE ON roll_call
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported roll calls are never changed, removed or replaced'); END;
CREATE TRIGGER roll_call_removed BEFORE DELETE ON roll_call
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported roll calls are never changed, removed or replaced'); END;
CREATE TRIGGER roll_call_replaced BEFORE INSERT ON roll_call WHEN EXISTS (SELECT 1 FROM roll_call WHERE rcid = NEW.rcid AND import = NEW.import)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported roll calls are never changed, removed or replaced'); END;

CREATE TRIGGER vote_row_changed BEFORE UPDATE ON vote_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported votes are never changed, removed or replaced'); END;
CREATE TRIGGER vote_row_removed BEFORE DELETE ON vote_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported votes are never changed, removed or replaced'); END;
CREATE TRIGGER vote_row_replaced BEFORE INSERT ON vote_row WHEN EXISTS (SELECT 1 FROM vote_row WHERE rcid = NEW.rcid AND state = NEW.state AND import = NEW.import)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported votes are never changed, removed or replaced'); END;

CREATE TRIGGER event_row_changed BEFORE UPDATE ON event_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported events are never changed, removed or replaced'); END;
CREATE TRIGGER event_row_removed BEFORE DELETE ON event_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported events are never changed, removed or replaced'); END;
CREATE TRIGGER event_row_replaced BEFORE INSERT ON event_row WHEN EXISTS (SELECT 1 FROM event_row WHERE actor = NEW.actor AND recipient = NEW.recipient AND day = NEW.day AND source = NEW.source AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported events are never changed, removed or replaced'); END;

CREATE TRIGGER mention_row_changed BEFORE UPDATE ON mention_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported mentions are never changed, removed or replaced'); END;
CREATE TRIGGER mention_row_removed BEFORE DELETE ON mention_row
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported mentions are never changed, removed or replaced'); END;
CREATE TRIGGER mention_row_replaced BEFORE INSERT ON mention_row WHEN EXISTS (SELECT 1 FROM mention_row WHERE event = NEW.event AND seen = NEW.seen AND document = NEW.document AND sentence = NEW.sentence AND actor_at = NEW.actor_at AND recipient_at = NEW.recipient_at AND action_at = NEW.action_at)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: imported mentions are never changed, removed or replaced'); END;
