-- The bytes of a document version as they were received, packed with gzip; `bytes` is their length, and their SHA-256 is
-- `bytes_sha256` of the version. There is no row where they are the text itself, or where whoever keeps the ledger may not keep them.
CREATE TABLE document_bytes (
  document INTEGER PRIMARY KEY REFERENCES document_version (seq),
  bytes    INTEGER NOT NULL CHECK (bytes >= 0),
  packed   BLOB NOT NULL
) STRICT;

CREATE TRIGGER document_bytes_changed BEFORE UPDATE ON document_bytes
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: bytes received are never changed, removed or replaced'); END;
CREATE TRIGGER document_bytes_removed BEFORE DELETE ON document_bytes
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: bytes received are never changed, removed or replaced'); END;
CREATE TRIGGER document_bytes_replaced BEFORE INSERT ON document_bytes WHEN EXISTS (SELECT 1 FROM document_bytes WHERE document = NEW.document)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: bytes received are never changed, removed or replaced'); END;
