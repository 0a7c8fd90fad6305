-- Views of a Hedgerow ledger: what holds now, under the names that the field uses.
-- Written for SQLite 3.38 and later, so that the copies inside R and Python can read them.

-- The newest version of every document, with the newest coding of it.
CREATE VIEW document AS
SELECT d.id AS doc, d.version, d.title, d.outlet, d.published, d.url, d.path, d.bytes_sha256, d.text_sha256,
       c.generation, c.codebook, c.model, d.added, c.added AS coded,
       d.seq AS document_seq, c.seq AS coding_seq
  FROM document_version d
  JOIN coding c ON c.document = d.seq
 WHERE NOT EXISTS (SELECT 1 FROM document_version newer WHERE newer.id = d.id AND newer.version > d.version)
   AND NOT EXISTS (SELECT 1 FROM coding newer WHERE newer.document = d.seq AND newer.generation > c.generation);

-- The claims that stand: those of the newest coding of the newest version of every document.
CREATE VIEW claim AS
SELECT k.claim_id, d.doc, k.kind, k.type, k.mode, k.actors, k.recipients, k.symmetric,
       k.date_start, k.date_end, k.date_precision AS precision, k.date_text,
       k.amount, k.unit, k.currency, k.count_of, k.amount_qualifier, k.amount_text, k.cumulative,
       k.modality, k.stage, k.change, k.level, k.rank, k.place, k.voice, k.voice_name,
       k.polarity, k.topic, k.quote, k.cameo, k.quad, k.rule, k.confidence,
       k.evidence_start, k.evidence_end, k.evidence_bstart, k.evidence_bend, k.evidence,
       d.title, d.outlet, d.published, d.url, d.codebook, d.model, k.json, k.seq AS claim_seq
  FROM document d
  JOIN coded_claim k ON k.coding = d.coding_seq;

-- The parties of the claims that stand, one row each.
CREATE VIEW claim_party AS
SELECT k.claim_id, d.doc, p.side, p.position, p.code, p.name, p.role, p.person, k.seq AS claim_seq
  FROM document d
  JOIN coded_claim k ON k.coding = d.coding_seq
  JOIN coded_party p ON p.claim = k.seq;

-- Dated claims by actor, recipient and year. These are counts of claims, not of happenings: several documents may report
-- one event. A claim without a date has no year, and one whose dates span several years is left out rather than guessed.
-- The quad columns count events that happened; what was planned, pledged, expected, asked for, denied or merely possible
-- is in `not_actual`. Symmetric claims count once in each direction.
CREATE VIEW directed_dyad_year AS
SELECT a.code AS actor, r.code AS recipient, CAST(substr(k.date_start, 1, 4) AS INTEGER) AS year,
       count(*) AS claims,
       count(DISTINCT d.doc) AS documents,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background')) AS events,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 1) AS verbal_cooperation,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 2) AS material_cooperation,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 3) AS verbal_conflict,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 4) AS material_conflict,
       sum(k.kind = 'tie' AND k.modality IN ('actual', 'historical-background')) AS ties,
       sum(k.kind = 'flow' AND k.modality IN ('actual', 'historical-background')) AS flows,
       sum(k.kind = 'stance') AS stances,
       sum(k.modality NOT IN ('actual', 'historical-background')) AS not_actual
  FROM document d
  JOIN coded_claim k ON k.coding = d.coding_seq
  JOIN (SELECT DISTINCT claim, code FROM coded_party WHERE side = 'actor') a ON a.claim = k.seq
  JOIN (SELECT DISTINCT claim, code FROM coded_party WHERE side = 'recipient') r ON r.claim = k.seq AND r.code <> a.code
 WHERE k.date_start IS NOT NULL AND substr(k.date_start, 1, 4) = substr(coalesce(k.date_end, k.date_start), 1, 4)
 GROUP BY a.code, r.code, year;
