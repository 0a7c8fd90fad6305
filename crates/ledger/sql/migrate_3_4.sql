-- From schema version 2 or 3 to 4: what took the text out of the bytes has a column, and the view shows it. The views are made anew.

DROP VIEW IF EXISTS facts;
DROP VIEW IF EXISTS claims;
DROP VIEW IF EXISTS directed_dyad_year;
DROP VIEW IF EXISTS claim_party;
DROP VIEW IF EXISTS claim;
DROP VIEW IF EXISTS every_claim;
DROP VIEW IF EXISTS decided;
DROP VIEW IF EXISTS document;
ALTER TABLE document_version ADD COLUMN extractor TEXT;
-- The tables of the sheets are empty: all facts are to be made again.
DELETE FROM fact_state;
