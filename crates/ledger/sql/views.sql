-- Views of a Hedgerow ledger: what holds now, under the names that the field uses.
-- Written for SQLite 3.38 and later, so that the copies inside R and Python can read them.

-- The newest version of every document, with the newest coding of it.
CREATE VIEW document AS
SELECT d.id AS doc, d.version, d.title, d.outlet, d.published, d.url, d.path, d.bytes_sha256, d.text_sha256, d.extractor,
       c.generation, c.codebook, c.model, d.added, c.added AS coded,
       d.seq AS document_seq, c.seq AS coding_seq
  FROM document_version d
  JOIN coding c ON c.document = d.seq
 WHERE c.author IS NULL
   AND NOT EXISTS (SELECT 1 FROM document_version newer WHERE newer.id = d.id AND newer.version > d.version)
   AND NOT EXISTS (SELECT 1 FROM coding newer WHERE newer.document = d.seq AND newer.generation > c.generation AND newer.author IS NULL);

-- Decisions that nobody has taken back.
CREATE VIEW decided AS
SELECT v.seq, v.verb, v.claim, v.other, v.author, v.reason, v.carries, v.added
  FROM decision v
 WHERE v.verb <> 'undone' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.replaces = v.seq);

-- Every claim ever coded, those that were superseded, rejected or corrected included.
CREATE VIEW every_claim AS
SELECT k.claim_id, d.id AS doc, k.kind, k.type, k.mode, k.actors, k.recipients, k.symmetric,
       k.date_start, k.date_end, k.date_precision AS precision, k.date_text,
       k.amount, k.unit, k.currency, k.count_of, k.amount_qualifier, k.amount_text, k.cumulative,
       k.modality, k.stage, k.change, k.level, k.rank, k.place, k.voice, k.voice_name,
       k.polarity, k.topic, k.quote, k.cameo, k.quad, k.rule, k.confidence,
       k.evidence_start, k.evidence_end, k.evidence_bstart, k.evidence_bend, k.evidence,
       d.title, d.outlet, d.published, d.url, c.codebook, c.model, c.author,
       json_patch(json_object(
         'id', k.claim_id, 'doc', d.id, 'kind', k.kind, 'type', k.type, 'mode', k.mode,
         'actors', json((SELECT json_group_array(json_object('code', code, 'name', name, 'role', role, 'person', person))
                      FROM (SELECT * FROM coded_party WHERE claim = k.seq AND side = 'actor' ORDER BY position))),
         'recipients', json((SELECT json_group_array(json_object('code', code, 'name', name, 'role', role, 'person', person))
                      FROM (SELECT * FROM coded_party WHERE claim = k.seq AND side = 'recipient' ORDER BY position))),
         'symmetric', json(iif(k.symmetric, 'true', 'false')),
         'date', json_object('start', k.date_start, 'end', k.date_end, 'precision', k.date_precision, 'text', k.date_text),
         'amount', json(iif(k.unit IS NULL, NULL, json_object('value', k.amount, 'unit', k.unit, 'currency', k.currency,
                      'count_of', k.count_of, 'qualifier', k.amount_qualifier, 'text', k.amount_text))),
         'cumulative', json(iif(k.cumulative, 'true', 'false')), 'modality', k.modality, 'place', k.place,
         'attributed_to', json(iif(k.voice IS NULL, NULL, json_object('code', k.voice, 'name', k.voice_name))),
         'polarity', k.polarity, 'topic', k.topic, 'quote', k.quote, 'level', k.level,
         'evidence', json_object('start', k.evidence_start, 'end', k.evidence_end, 'bstart', k.evidence_bstart,
                      'bend', k.evidence_bend, 'text', k.evidence),
         'rule', k.rule, 'confidence', k.confidence, 'codebook', c.codebook, 'cameo', k.cameo, 'quad', k.quad,
         'stage', k.stage, 'change', k.change), k.more) AS json,
       k.more, k.seq AS claim_seq, c.seq AS coding_seq, c.generation, d.seq AS document_seq, d.version
  FROM coded_claim k
  JOIN coding c ON c.seq = k.coding
  JOIN document_version d ON d.seq = c.document;

-- The claims that stand: those of the newest coding of the newest version of every document, without those that a person
-- rejected or corrected, and with those that a person wrote.
CREATE VIEW claim AS
SELECT k.* FROM every_claim k
 WHERE NOT EXISTS (SELECT 1 FROM document_version newer WHERE newer.id = k.doc AND newer.version > k.version)
   AND (CASE WHEN k.author IS NULL
        THEN NOT EXISTS (SELECT 1 FROM coding newer WHERE newer.document = k.document_seq AND newer.generation > k.generation AND newer.author IS NULL)
        ELSE EXISTS (SELECT 1 FROM decided v WHERE v.other = k.claim_seq AND v.verb IN ('added', 'corrected')) END)
   AND NOT EXISTS (SELECT 1 FROM decided v WHERE v.claim = k.claim_seq AND v.verb IN ('rejected', 'corrected'));

-- The parties of the claims that stand, one row each.
CREATE VIEW claim_party AS
SELECT k.claim_id, k.doc, p.side, p.position, p.code, p.name, p.role, p.person, k.claim_seq
  FROM claim k
  JOIN coded_party p ON p.claim = k.claim_seq;

-- Every claim that stands, with the fact it belongs to and how it stands to the others there.
CREATE VIEW claims AS
SELECT k.*, coalesce(f.fact_id, 'f-' || k.claim_id) AS fact, coalesce(m.stand, 'agrees') AS stand, m.differs
  FROM claim k
  LEFT JOIN fact_member m ON m.claim = k.claim_seq
  LEFT JOIN fact_row f ON f.seq = m.fact;

-- Claims of several documents about one happening, taken together.
CREATE VIEW facts AS
SELECT fact_id AS fact, kind, type, mode, actors, recipients, symmetric, stage, label, polarity, date_start, date_end,
       of, low, high, claims, documents, origins, disputed, factor, current, why
  FROM fact_row
UNION ALL
SELECT 'f-' || k.claim_id, k.kind, k.type, k.mode, k.actors, k.recipients, k.symmetric,
       CASE WHEN k.kind <> 'flow' OR k.stage IS NOT NULL THEN k.stage
            ELSE CASE k.modality WHEN 'planned' THEN 'agreed' WHEN 'pledged' THEN 'pledged' WHEN 'expected' THEN 'expected'
                   WHEN 'called-for' THEN 'wanted' WHEN 'hypothetical' THEN 'wanted' WHEN 'denied' THEN 'collapsed' ELSE 'delivered' END END,
       coalesce(k.level, k.topic), k.polarity, k.date_start, k.date_end, coalesce(k.currency, k.count_of, k.unit), k.amount, k.amount,
       1, 1, 1, 0, NULL, iif(k.modality = 'denied', NULL, k.claim_id), iif(k.modality = 'denied', NULL, 'no source differs')
  FROM claim k WHERE NOT EXISTS (SELECT 1 FROM fact_member m WHERE m.claim = k.claim_seq);

-- Dated claims by actor, recipient and year. These are counts of claims, not of happenings: several documents may report
-- one event. A claim without a date has no year, and one whose dates span several years is left out rather than guessed.
-- The quad columns count events that happened; what was planned, pledged, expected, asked for, denied or merely possible
-- is in `not_actual`. Symmetric claims count once in each direction.
CREATE VIEW directed_dyad_year AS
SELECT a.code AS actor, r.code AS recipient, CAST(substr(k.date_start, 1, 4) AS INTEGER) AS year,
       count(*) AS claims,
       count(DISTINCT k.doc) AS documents,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background')) AS events,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 1) AS verbal_cooperation,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 2) AS material_cooperation,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 3) AS verbal_conflict,
       sum(k.kind = 'event' AND k.modality IN ('actual', 'historical-background') AND k.quad IS 4) AS material_conflict,
       sum(k.kind = 'tie' AND k.modality IN ('actual', 'historical-background')) AS ties,
       sum(k.kind = 'flow' AND k.modality IN ('actual', 'historical-background')) AS flows,
       sum(k.kind = 'stance') AS stances,
       sum(k.modality NOT IN ('actual', 'historical-background')) AS not_actual
  FROM claim k
  JOIN (SELECT DISTINCT claim, code FROM coded_party WHERE side = 'actor') a ON a.claim = k.claim_seq
  JOIN (SELECT DISTINCT claim, code FROM coded_party WHERE side = 'recipient') r ON r.claim = k.claim_seq AND r.code <> a.code
 WHERE k.date_start IS NOT NULL AND substr(k.date_start, 1, 4) = substr(coalesce(k.date_end, k.date_start), 1, 4)
 GROUP BY a.code, r.code, year;
