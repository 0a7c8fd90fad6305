//! The append-only ledger of claims.
