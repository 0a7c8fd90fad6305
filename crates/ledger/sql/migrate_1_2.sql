-- From schema version 1 to 2. Run within one transaction, before the guards of version 2 are made.

DROP VIEW IF EXISTS directed_dyad_year;
DROP VIEW IF EXISTS claim_party;
DROP VIEW IF EXISTS claim;
DROP VIEW IF EXISTS document;
DROP TRIGGER IF EXISTS about_changed;            DROP TRIGGER IF EXISTS about_removed;            DROP TRIGGER IF EXISTS about_replaced;
DROP TRIGGER IF EXISTS document_version_changed; DROP TRIGGER IF EXISTS document_version_removed; DROP TRIGGER IF EXISTS document_version_replaced;
DROP TRIGGER IF EXISTS coding_changed;           DROP TRIGGER IF EXISTS coding_removed;           DROP TRIGGER IF EXISTS coding_replaced;
DROP TRIGGER IF EXISTS coded_claim_changed;      DROP TRIGGER IF EXISTS coded_claim_removed;      DROP TRIGGER IF EXISTS coded_claim_replaced;
DROP TRIGGER IF EXISTS coded_party_changed;      DROP TRIGGER IF EXISTS coded_party_removed;      DROP TRIGGER IF EXISTS coded_party_replaced;
DROP TRIGGER IF EXISTS verdict_changed;          DROP TRIGGER IF EXISTS verdict_removed;          DROP TRIGGER IF EXISTS verdict_replaced;
DROP INDEX IF EXISTS document_version_bytes;
DROP INDEX IF EXISTS document_version_path;
DROP INDEX IF EXISTS coded_claim_id;
DROP INDEX IF EXISTS coded_claim_kind;
DROP INDEX IF EXISTS coded_party_code;
DROP INDEX IF EXISTS verdict_claim;
ALTER TABLE about RENAME TO about_v1;
ALTER TABLE document_version RENAME TO document_version_v1;
ALTER TABLE coding RENAME TO coding_v1;
ALTER TABLE coded_claim RENAME TO coded_claim_v1;
ALTER TABLE coded_party RENAME TO coded_party_v1;
ALTER TABLE verdict RENAME TO verdict_v1;
