-- Who is there and what they say, beside a ledger: schema version 1.
-- Times are seconds since 1970 (UTC). The ledger itself holds nothing of this, so it can be given away without it.

-- What this file is, for whoever opens it without having heard of Hedgerow.
CREATE TABLE about (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A person as one provider knows her. Never found by address: none is kept.
-- `author` is the name under which the ledger keeps her decisions; no two accounts share one, and it is never given to another.
CREATE TABLE account (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  issuer   TEXT NOT NULL CHECK (issuer <> ''),
  subject  TEXT NOT NULL CHECK (subject <> ''),
  name     TEXT NOT NULL,
  role     TEXT NOT NULL CHECK (role IN ('reader', 'commenter', 'reviewer', 'admin')),
  author   TEXT UNIQUE CHECK (author <> ''),
  password TEXT,
  trusted  INTEGER NOT NULL DEFAULT 0 CHECK (trusted IN (0, 1)),
  added    INTEGER NOT NULL,
  seen     INTEGER NOT NULL,
  erased   INTEGER,
  UNIQUE (issuer, subject),
  CHECK (password IS NULL OR issuer = 'local'),
  CHECK (erased IS NULL OR (name = '' AND password IS NULL AND role = 'reader'))
) STRICT;

-- Who is signed in. Of the secret in the browser only the SHA-256 is kept.
CREATE TABLE session (
  secret_sha256 BLOB PRIMARY KEY CHECK (length(secret_sha256) = 32),
  account       INTEGER NOT NULL REFERENCES account (id),
  opened        INTEGER NOT NULL,
  seen          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);

-- A sign-in under way: bound to the browser that holds the secret, used once, ten minutes at most.
CREATE TABLE attempt (
  secret_sha256 BLOB PRIMARY KEY CHECK (length(secret_sha256) = 32),
  provider      TEXT NOT NULL,
  state         TEXT NOT NULL,
  nonce         TEXT NOT NULL,
  verifier      TEXT NOT NULL,
  back          TEXT NOT NULL,
  begun         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_begun ON attempt (begun);

-- What somebody said on a fact, claim, article, dyad or brief. A guest's address is for the operator and on no page.
CREATE TABLE reply (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL CHECK (kind IN ('fact', 'claim', 'article', 'dyad', 'brief')),
  on_id       TEXT NOT NULL CHECK (on_id <> ''),
  parent      INTEGER REFERENCES reply (id),
  account     INTEGER REFERENCES account (id),
  guest_name  TEXT,
  guest_email TEXT,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'hidden', 'removed')),
  added       INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  CHECK (account IS NULL OR (guest_name IS NULL AND guest_email IS NULL))
) STRICT;
CREATE INDEX reply_on ON reply (kind, on_id);
CREATE INDEX reply_account ON reply (account, added);
CREATE INDEX reply_state ON reply (state, added);

-- The words of a reply, one row for each time they were changed; none once it was removed.
CREATE TABLE reply_text (
  reply   INTEGER NOT NULL REFERENCES reply (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  text    TEXT NOT NULL,
  added   INTEGER NOT NULL,
  PRIMARY KEY (reply, version)
) STRICT, WITHOUT ROWID;

-- What moderators did, and why. Only grows.
CREATE TABLE moderation (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  reply  INTEGER NOT NULL REFERENCES reply (id),
  by     INTEGER NOT NULL REFERENCES account (id),
  verb   TEXT NOT NULL CHECK (verb IN ('show', 'hide')),
  reason TEXT NOT NULL,
  added  INTEGER NOT NULL
) STRICT;

-- An analysis. What is being written stands here, what was published in `brief_version`.
CREATE TABLE brief (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  account   INTEGER NOT NULL REFERENCES account (id),
  title     TEXT NOT NULL,
  text      TEXT NOT NULL,
  revision  INTEGER NOT NULL CHECK (revision >= 1),
  added     INTEGER NOT NULL,
  changed   INTEGER NOT NULL,
  withdrawn INTEGER,
  reason    TEXT
) STRICT;

-- A published version, with what its footnotes said of their facts on that day (a JSON object: fact id to words).
CREATE TABLE brief_version (
  brief     INTEGER NOT NULL REFERENCES brief (id),
  version   INTEGER NOT NULL CHECK (version >= 1),
  account   INTEGER NOT NULL REFERENCES account (id),
  title     TEXT NOT NULL,
  text      TEXT NOT NULL,
  notes     TEXT NOT NULL CHECK (json_valid(notes)),
  published INTEGER NOT NULL,
  PRIMARY KEY (brief, version)
) STRICT, WITHOUT ROWID;
