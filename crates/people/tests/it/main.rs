//! Accounts, sign-in, replies and briefs as whoever builds on them meets them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod briefs;
mod file;
mod provider;
mod replies;
mod sign_in;
mod stage;
mod tokens;

use hedgerow_people::{Account, Identity, People, Role};
use tempfile::TempDir;

/// A day like any other (2026-11-26, noon).
pub(crate) const NOON: i64 = 1_795_694_400;

/// An empty file in a folder of its own.
pub(crate) fn people() -> (TempDir, People) {
    let folder = tempfile::tempdir().unwrap();
    let people = People::open(folder.path().join("desk.people.sqlite")).unwrap();
    (folder, people)
}

/// Somebody who came by way of a provider.
pub(crate) fn somebody(people: &mut People, subject: &str, role: Role) -> Account {
    let who = Identity {
        issuer: "https://id.example".to_owned(),
        subject: subject.to_owned(),
        name: Some(format!("Name of {subject}")),
    };
    let account = people.arrive(&who, Role::Commenter, NOON).unwrap();
    if role == Role::Commenter { account } else { people.grant(account.id, role, None).unwrap() }
}
