//! What was handed in and waits to be read: a folder beside the ledger, so that nothing is lost when a browser or the application
//! closes. One job is a folder of its own; it counts from the moment when its description is there, whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hedgerow_text::Meta;
use serde::{Deserialize, Serialize};

/// What is asked to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) by: String,
    /// When it was handed in (UTC).
    pub(crate) added: String,
    /// Files that lie in its folder, with the name that each is kept under.
    pub(crate) files: Vec<Stored>,
    pub(crate) addresses: Vec<String>,
    /// What is known of the publication of all of them.
    pub(crate) meta: Meta,
}

/// A file of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// What it is called in the folder.
    pub(crate) file: String,
    /// What it is called in the ledger.
    pub(crate) name: String,
}

/// How far a job has come, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// Files and addresses that were read, of how many.
    pub(crate) read: usize,
    pub(crate) of: usize,
    pub(crate) documents: Vec<Kept>,
    pub(crate) refused: Vec<Refused>,
    /// Whether it has come to its end.
    pub(crate) done: bool,
}

/// A document that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) claims: usize,
    /// `new`, `known already`, `coded anew`, `a new version`.
    pub(crate) how: String,
}

/// Something that was not kept, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refused {
    pub(crate) what: String,
    pub(crate) why: String,
}

const DESCRIPTION: &str = "job.json";
const OUTCOME: &str = "done.json";
/// How many finished jobs are remembered in the list.
const LISTED: usize = 50;

/// How often it is looked whether another application left a job.
const AGAIN: Duration = Duration::from_secs(10);

/// A job that is to be done now.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) id: String,
    pub(crate) job: Job,
    pub(crate) folder: PathBuf,
    _held: fs::File,
}

/// The folder, and what is known of its jobs while the application runs.
#[derive(Debug)]
pub(crate) struct Inbox {
    folder: PathBuf,
    running: Mutex<BTreeMap<String, Outcome>>,
    came: Condvar,
}

impl Inbox {
    /// The inbox of a ledger; its folder is made when something is handed in.
    pub(crate) fn beside(ledger: &Path) -> Self {
        let mut name = ledger.as_os_str().to_owned();
        name.push(".inbox");
        Self { folder: name.into(), running: Mutex::default(), came: Condvar::new() }
    }

    /// A new folder for the files of a job, under a name that says when and cannot be guessed.
    pub(crate) fn open(&self, now: &str) -> io::Result<(String, PathBuf)> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|_| io::Error::other("no random numbers"))?;
        let digits: String = now.chars().filter(char::is_ascii_digit).collect();
        let id = format!("{digits}-{:016x}", u64::from_ne_bytes(random));
        let folder = self.folder.join(&id);
        fs::create_dir_all(&folder)?;
        Ok((id, folder))
    }

    /// Takes a job in: from now on it is read, whatever happens.
    pub(crate) fn take(&self, id: &str, job: &Job) -> io::Result<()> {
        write_whole(&self.folder.join(id), DESCRIPTION, job)?;
        self.held().insert(id.to_owned(), outcome_of(job));
        self.came.notify_one();
        Ok(())
    }

    /// Forgets a folder whose job did not come to be.
    pub(crate) fn drop(&self, id: &str) {
        if is_id(id) {
            // What cannot be removed waits for whoever looks after the folder; it is no job.
            let _ = fs::remove_dir_all(self.folder.join(id));
        }
    }

    /// The job of that id and how far it has come.
    pub(crate) fn job(&self, id: &str) -> Option<(Job, Outcome)> {
        if !is_id(id) {
            return None;
        }
        let folder = self.folder.join(id);
        let job: Job = read(&folder.join(DESCRIPTION))?;
        let running = self.held().get(id).cloned();
        let outcome = running.or_else(|| read(&folder.join(OUTCOME)));
        let outcome = outcome.unwrap_or_else(|| outcome_of(&job));
        Some((job, outcome))
    }

    /// All jobs, the newest first, as far back as a list goes.
    pub(crate) fn jobs(&self) -> Vec<(String, Job, Outcome)> {
        let ids = self.ids();
        let found = ids.into_iter().rev().take(LISTED);
        found.filter_map(|id| self.job(&id).map(|(job, outcome)| (id, job, outcome))).collect()
    }

    /// Waits for the next job that is not done, the oldest first. While its file is held, no other application takes it.
    pub(crate) fn next(&self) -> Waiting {
        let mut held = self.held();
        loop {
            if let Some(waiting) = self.ids().into_iter().find_map(|id| self.waiting(id)) {
                return waiting;
            }
            let waited = self.came.wait_timeout(held, AGAIN);
            held = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The job of that id, if it is not done and nobody else is at it.
    fn waiting(&self, id: String) -> Option<Waiting> {
        let folder = self.folder.join(&id);
        if folder.join(OUTCOME).is_file() {
            return None;
        }
        let description = fs::File::open(folder.join(DESCRIPTION)).ok()?;
        description.try_lock().ok()?;
        // It may have been done between both looks.
        if folder.join(OUTCOME).is_file() {
            return None;
        }
        let job = read(&folder.join(DESCRIPTION))?;
        Some(Waiting { id, job, folder, _held: description })
    }

    /// Tells how far a job has come.
    pub(crate) fn tell(&self, id: &str, outcome: &Outcome) {
        self.held().insert(id.to_owned(), outcome.clone());
    }

    /// A job is done: its outcome stays, and of its files those of which something was refused.
    pub(crate) fn close(&self, id: &str, outcome: &Outcome, finished: &[String]) -> io::Result<()> {
        let folder = self.folder.join(id);
        write_whole(&folder, OUTCOME, outcome)?;
        self.held().remove(id);
        for file in finished {
            // A file that stays is room lost, and nothing else.
            let _ = fs::remove_file(folder.join(file));
        }
        Ok(())
    }

    /// Ids of the folders, the oldest first.
    fn ids(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let names = entries.filter_map(|it| it.ok()?.file_name().into_string().ok());
        let mut ids: Vec<String> = names.filter(|it| is_id(it)).collect();
        ids.sort_unstable();
        ids
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<String, Outcome>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn outcome_of(job: &Job) -> Outcome {
    Outcome { of: job.files.len() + job.addresses.len(), ..Outcome::default() }
}

/// Digits, a hyphen, hexadecimal digits: nothing that leads out of the folder.
fn is_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(time, random)| {
        !time.is_empty()
            && time.bytes().all(|it| it.is_ascii_digit())
            && random.len() == 16
            && random.bytes().all(|it| it.is_ascii_hexdigit())
    })
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Writes a file that is there whole or not at all, and stays when the power fails.
fn write_whole(folder: &Path, name: &str, content: &impl Serialize) -> io::Result<()> {
    let part = folder.join(format!("{name}.part"));
    let mut file = fs::File::create(&part)?;
    file.write_all(&serde_json::to_vec_pretty(content)?)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(name))
}

/// The name of an uploaded file without anything that leads elsewhere or cannot be seen.
pub(crate) fn safe_name(name: &str) -> String {
    const LONGEST: usize = 80;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    let name: String = last.chars().map(plain).collect();
    let name = name.trim_start_matches(['.', '-']);
    // The ending says what is in it: it stays.
    let start = name.len().saturating_sub(LONGEST);
    if name.is_empty() { "file".to_owned() } else { name[start..].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere() {
        for (name, safe) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\visit.html", "visit.html"),
            (".bashrc", "bashrc"),
            ("an article.txt", "an-article.txt"),
            ("..", "file"),
            ("\u{202e}gpj.exe\0", "gpj.exe-"),
        ] {
            assert_eq!(safe_name(name), safe, "{name}");
        }
        assert_eq!(safe_name(&format!("{}.txt", "x".repeat(500))).len(), 80);
        for id in ["..", "", "20150920-..", "20150920143000-0123456789abcdeg", "x-0123456789abcdef"]
        {
            assert!(!is_id(id), "{id}");
        }
    }
}
