//! The file of accounts and replies, as requests share it.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, StatusCode};
use hedgerow_people::sign_in::{SignIn, Web};
use hedgerow_people::{LOCAL, Limit, Limiter, People, Settings};

use super::now;
use crate::desk::Visit;
use crate::people::Visitor;
use crate::problem::Problem;
use crate::settings::Accounts;

/// How many handles are kept open between requests.
const KEPT: usize = 8;

/// How many askers are remembered.
const REMEMBERED: usize = 20_000;

/// What may not be tried too often.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Try {
    /// A password, from one place.
    Password,
    /// A password, for one name, from anywhere.
    Name,
    /// The beginning or the end of a sign-in with a provider.
    SignIn,
    /// A reply of a guest.
    Guest,
}

/// The house: its file, its doors, and who knocks too often.
#[derive(Debug)]
pub(crate) struct House {
    path: PathBuf,
    settings: Settings,
    sign_in: SignIn<Web>,
    kept: Mutex<Vec<People>>,
    /// Never writes: it tells whether any other handle did.
    watch: Mutex<People>,
    tries: [Mutex<Limiter>; 4],
    /// One password is hashed at a time: each takes 19 MiB.
    hashing: Mutex<()>,
}

impl House {
    /// Opens the file once, so that a wrong one is reported before the first request.
    pub(crate) fn open(accounts: Accounts) -> Result<Self, hedgerow_people::Error> {
        let watch = Mutex::new(People::open(&accounts.file)?);
        let limiter =
            |tries, seconds| Mutex::new(Limiter::new(Limit { tries, seconds }, REMEMBERED));
        Ok(Self {
            path: accounts.file,
            sign_in: SignIn::new(&accounts.settings, Web::default()),
            settings: accounts.settings,
            kept: Mutex::default(),
            watch,
            // Many may sit behind one address; a name is one person's.
            tries: [limiter(30, 600), limiter(10, 600), limiter(30, 600), limiter(5, 600)],
            hashing: Mutex::default(),
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn sign_in(&self) -> &SignIn<Web> {
        &self.sign_in
    }

    /// Runs `work` on the file. It may wait for another's write, so not on the threads that serve the network.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut People) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let kept = held(&self.kept).pop();
        let mut people = match kept {
            Some(people) => people,
            None => People::open_existing(&self.path)?,
        };
        let done = work(&mut people);
        let mut kept = held(&self.kept);
        if kept.len() < KEPT {
            kept.push(people);
        }
        done
    }

    /// The state of the file: another number after every change.
    pub(crate) fn state(&self) -> Option<i64> {
        held(&self.watch).data_version().ok()
    }

    /// Takes one try for `who`, or says when there is one.
    pub(crate) fn attempt(&self, what: Try, who: &str) -> Result<(), Problem> {
        let taken = held(&self.tries[what as usize]).take(who, now());
        taken.map_err(|seconds| {
            let minutes = seconds.div_ceil(60);
            Problem::with(StatusCode::TOO_MANY_REQUESTS, "that was tried too often")
                .hint(format!("try again in {}", crate::words::several(minutes, "minute")))
        })
    }

    /// Waits until no other password is being hashed.
    pub(crate) fn hashing(&self) -> MutexGuard<'_, ()> {
        held(&self.hashing)
    }

    /// From where a request comes: behind a proxy, what the proxy says of it.
    pub(crate) fn place(&self, peer: std::net::IpAddr, headers: &HeaderMap) -> String {
        let told = headers.get_all("x-forwarded-for").iter().next_back();
        let told = told.and_then(|it| it.to_str().ok()).and_then(|it| it.rsplit(',').next());
        match told.map(str::trim).filter(|it| self.settings.proxy && it.len() <= 64) {
            Some(told) => told.to_owned(),
            // One house has many addresses of the new kind: the first half is the house.
            None => match peer {
                std::net::IpAddr::V6(ip) if ip.to_ipv4_mapped().is_none() => {
                    format!("{:x?}", &ip.segments()[..4])
                }
                other => other.to_string(),
            },
        }
    }

    /// What somebody's provider is called.
    pub(crate) fn label(&self, issuer: &str) -> String {
        let known = self.settings.providers.iter().find(|it| it.issuer == issuer);
        match known {
            Some(provider) => provider.name.clone(),
            None if issuer == LOCAL => "this desk".to_owned(),
            None => "another provider".to_owned(),
        }
    }

    /// The reviewer who asks, if that is one.
    pub(crate) fn reviewer(&self, headers: &HeaderMap) -> Option<Visit> {
        let found = self.with(|people| Ok(Visitor::session(self, people, headers)?)).ok()??;
        Visit::of_session(&found)
    }
}

/// What a lock guards. Nothing is left half done under one, so a panic elsewhere spoils nothing.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
