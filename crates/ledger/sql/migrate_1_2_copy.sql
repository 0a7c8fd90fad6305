-- From schema version 1 to 2, second half: the rows, once the tables of version 2 are there.

INSERT INTO about SELECT key, value FROM about_v1;
INSERT INTO document_version (seq, id, version, replaces, path, bytes_sha256, text_sha256, text, title, outlet, published, url, added)
SELECT seq, id, version, replaces, path, bytes_sha256, text_sha256, text, title, outlet, published, url, added FROM document_version_v1 ORDER BY seq;
INSERT INTO coding (seq, document, generation, codebook, model, diagnostics, added)
SELECT seq, document, generation, codebook, model, diagnostics, added FROM coding_v1 ORDER BY seq;
INSERT INTO coded_claim
SELECT seq, coding, claim_id, kind, type, mode, actors, recipients, symmetric, date_start, date_end, date_precision, date_text,
       amount, unit, currency, count_of, amount_qualifier, amount_text, cumulative, modality, stage, change, level, rank, place,
       voice, voice_name, polarity, topic, quote, cameo, quad, rule, confidence,
       evidence_start, evidence_end, evidence_bstart, evidence_bend, evidence,
       json_remove(json, '$.id', '$.doc', '$.kind', '$.type', '$.mode', '$.actors', '$.recipients', '$.symmetric', '$.date',
         '$.amount', '$.cumulative', '$.modality', '$.place', '$.attributed_to', '$.polarity', '$.topic', '$.quote', '$.level',
         '$.evidence', '$.rule', '$.confidence', '$.cameo', '$.quad', '$.stage', '$.change')
  FROM coded_claim_v1 ORDER BY seq;
INSERT INTO coded_party SELECT claim, side, position, code, name, role, person FROM coded_party_v1;
INSERT INTO coded_dyad
SELECT DISTINCT min(x.code, y.code), max(x.code, y.code), x.claim FROM coded_party_v1 x
  JOIN coded_party_v1 y ON y.claim = x.claim AND y.side = 'recipient' AND y.code <> x.code
 WHERE x.side = 'actor';
-- Version 1 reserved verdicts and no program wrote any; whoever did by hand keeps them. A correction was JSON there: its
-- claim stays rejected, and the wording is kept as the reason.
INSERT INTO decision (seq, verb, claim, author, reason, added)
SELECT seq, CASE verdict WHEN 'confirmed' THEN 'accepted' ELSE 'rejected' END, claim, judge,
       nullif(concat_ws(' ', note, correction), ''), added
  FROM verdict_v1 v WHERE NOT EXISTS (SELECT 1 FROM verdict_v1 newer WHERE newer.replaces = v.seq) ORDER BY seq;
INSERT INTO article_words (article_words) VALUES ('rebuild');
DROP TABLE verdict_v1;
DROP TABLE coded_party_v1;
DROP TABLE coded_claim_v1;
DROP TABLE coding_v1;
DROP TABLE document_version_v1;
DROP TABLE about_v1;
