-- What keeps a ledger append-only, whatever program writes to it: no row is changed, removed or replaced.
-- The `_replaced` triggers are there because `INSERT OR REPLACE` removes rows without firing DELETE triggers.

CREATE TRIGGER about_changed BEFORE UPDATE ON about
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: what the file says of itself is never changed, removed or replaced'); END;
CREATE TRIGGER about_removed BEFORE DELETE ON about
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: what the file says of itself is never changed, removed or replaced'); END;
CREATE TRIGGER about_replaced BEFORE INSERT ON about WHEN EXISTS (SELECT 1 FROM about WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: what the file says of itself is never changed, removed or replaced'); END;

CREATE TRIGGER document_version_changed BEFORE UPDATE ON document_version
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: documents are never changed, removed or replaced'); END;
CREATE TRIGGER document_version_removed BEFORE DELETE ON document_version
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: documents are never changed, removed or replaced'); END;
CREATE TRIGGER document_version_replaced BEFORE INSERT ON document_version WHEN EXISTS (SELECT 1 FROM document_version WHERE seq = NEW.seq OR (id = NEW.id AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: documents are never changed, removed or replaced'); END;

CREATE TRIGGER coding_changed BEFORE UPDATE ON coding
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: codings are never changed, removed or replaced'); END;
CREATE TRIGGER coding_removed BEFORE DELETE ON coding
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: codings are never changed, removed or replaced'); END;
CREATE TRIGGER coding_replaced BEFORE INSERT ON coding WHEN EXISTS (SELECT 1 FROM coding WHERE seq = NEW.seq OR (NEW.author IS NULL AND author IS NULL AND document = NEW.document AND generation = NEW.generation))
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: codings are never changed, removed or replaced'); END;

CREATE TRIGGER coded_claim_changed BEFORE UPDATE ON coded_claim
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: claims are never changed, removed or replaced'); END;
CREATE TRIGGER coded_claim_removed BEFORE DELETE ON coded_claim
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: claims are never changed, removed or replaced'); END;
CREATE TRIGGER coded_claim_replaced BEFORE INSERT ON coded_claim WHEN EXISTS (SELECT 1 FROM coded_claim WHERE seq = NEW.seq OR (claim_id = NEW.claim_id AND coding = NEW.coding))
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: claims are never changed, removed or replaced'); END;

CREATE TRIGGER coded_party_changed BEFORE UPDATE ON coded_party
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: parties are never changed, removed or replaced'); END;
CREATE TRIGGER coded_party_removed BEFORE DELETE ON coded_party
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: parties are never changed, removed or replaced'); END;
CREATE TRIGGER coded_party_replaced BEFORE INSERT ON coded_party WHEN EXISTS (SELECT 1 FROM coded_party WHERE claim = NEW.claim AND side = NEW.side AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: parties are never changed, removed or replaced'); END;

CREATE TRIGGER decision_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: decisions are never changed, removed or replaced'); END;
CREATE TRIGGER decision_removed BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: decisions are never changed, removed or replaced'); END;
CREATE TRIGGER decision_replaced BEFORE INSERT ON decision WHEN EXISTS (SELECT 1 FROM decision WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: decisions are never changed, removed or replaced'); END;

CREATE TRIGGER standing_changed BEFORE UPDATE ON standing
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: the standings of outlets are never changed, removed or replaced'); END;
CREATE TRIGGER standing_removed BEFORE DELETE ON standing
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: the standings of outlets are never changed, removed or replaced'); END;
CREATE TRIGGER standing_replaced BEFORE INSERT ON standing WHEN EXISTS (SELECT 1 FROM standing WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: the standings of outlets are never changed, removed or replaced'); END;

CREATE TRIGGER rate_changed BEFORE UPDATE ON rate
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: rates are never changed, removed or replaced'); END;
CREATE TRIGGER rate_removed BEFORE DELETE ON rate
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: rates are never changed, removed or replaced'); END;
CREATE TRIGGER rate_replaced BEFORE INSERT ON rate WHEN EXISTS (SELECT 1 FROM rate WHERE seq = NEW.seq OR (currency = NEW.currency AND day = NEW.day AND per_usd = NEW.per_usd AND source = NEW.source))
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: rates are never changed, removed or replaced'); END;

CREATE TRIGGER coded_dyad_changed BEFORE UPDATE ON coded_dyad
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: pairs of parties are never changed, removed or replaced'); END;
CREATE TRIGGER coded_dyad_removed BEFORE DELETE ON coded_dyad
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: pairs of parties are never changed, removed or replaced'); END;
CREATE TRIGGER coded_dyad_replaced BEFORE INSERT ON coded_dyad WHEN EXISTS (SELECT 1 FROM coded_dyad WHERE a = NEW.a AND b = NEW.b AND claim = NEW.claim)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: pairs of parties are never changed, removed or replaced'); END;
