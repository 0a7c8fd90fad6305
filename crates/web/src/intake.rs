//! Taking in what is handed in: text that is pasted, files, addresses; and working it off, one job after the other.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::Duration;

use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_ledger::{Added, sha256_hex};
use hedgerow_text::{Meta, Published};
use jiff::Timestamp;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::answer::{Form, failed, nowhere};
use crate::app::App;
use crate::coding::{Coded, From, Handed};
use crate::decide::writing;
use crate::inbox::{Job, Kept, Outcome, Refused, Stored, safe_name};
use crate::problem::Problem;
use crate::url;

/// The most bytes that are taken at once.
pub(crate) const MOST_BYTES: usize = 64 << 20;
/// The most bytes of one file; what reads them takes no more either.
const FILE_BYTES: u64 = 32 << 20;
/// The most files, and the most addresses, of one job.
const MOST: usize = 200;
/// The longest field that is no file, in bytes.
const FIELD_BYTES: u64 = 2 << 20;

/// When a full disk is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// Takes in a job.
pub(crate) async fn hand_in(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    if app.coding().is_none() {
        return nowhere(Form::Html);
    }
    let Ok(sent) = sent else {
        let problem = Problem::with(StatusCode::BAD_REQUEST, "the form cannot be read");
        return failed(Form::Html, &problem);
    };
    let now = seconds(Timestamp::now());
    let (id, folder) = match app.inbox().open(&now) {
        Ok(opened) => opened,
        Err(error) => return failed(Form::Html, &unkept(&error)),
    };
    match received(&app, &headers, sent, &folder, now).await {
        Ok(job) => match app.inbox().take(&id, &job) {
            Ok(()) => Redirect::to(&url::job(&id)).into_response(),
            Err(error) => {
                app.inbox().drop(&id);
                failed(Form::Html, &unkept(&error))
            }
        },
        Err(problem) => {
            app.inbox().drop(&id);
            failed(Form::Html, &problem)
        }
    }
}

fn unkept(error: &io::Error) -> Problem {
    Problem::broken(format!("what was handed in cannot be kept: {error}"))
        .hint("look at the room on the disk and at who may write beside the ledger")
}

/// Reads the form to its end; files go to the folder as they come. The session's token comes first: before it nothing is kept.
async fn received(
    app: &App,
    headers: &HeaderMap,
    mut sent: Multipart,
    folder: &Path,
    now: String,
) -> Result<Job, Problem> {
    let mut job = Job {
        by: String::new(),
        added: now,
        files: Vec::new(),
        addresses: Vec::new(),
        meta: Meta::default(),
    };
    let broken = |_| {
        Problem::asked(format!(
            "the form ends too early, or has more than {} MiB",
            MOST_BYTES >> 20
        ))
    };
    let mut pasted = String::new();
    while let Some(field) = sent.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if job.by.is_empty() {
            if name != "form" {
                return Err(writing(app, headers, "")
                    .err()
                    .unwrap_or_else(|| Problem::asked("the form has no token")));
            }
            job.by = writing(app, headers, &text(field).await?)?.author;
            continue;
        }
        let some = |text: String| Some(text.trim().to_owned()).filter(|it| !it.is_empty());
        match name.as_str() {
            "files" => job.files.extend(stored(field, folder, job.files.len()).await?),
            "text" => pasted = text(field).await?,
            "addresses" => {
                let all = text(field).await?;
                job.addresses.extend(all.split_whitespace().map(str::to_owned));
            }
            "title" => job.meta.title = some(text(field).await?),
            "outlet" => job.meta.outlet = some(text(field).await?),
            "url" => job.meta.url = some(text(field).await?),
            "published" => {
                if let Some(day) = some(text(field).await?) {
                    let when: Published = day.parse().map_err(|_| {
                        Problem::asked(format!("“{day}” is no day of publication"))
                            .hint("days are written 2015-09-20, months 2015-09")
                    })?;
                    job.meta = job.meta.published(when);
                }
            }
            _ => {}
        }
    }
    for address in &job.addresses {
        if !["http://", "https://"].iter().any(|it| address.starts_with(it)) {
            return Err(Problem::asked(format!("“{address}” is no address of the web"))
                .hint("addresses begin with https://"));
        }
    }
    if !pasted.trim().is_empty() {
        job.files.push(keep_text(&pasted, &job.meta, folder)?);
    }
    if job.files.len() > MOST || job.addresses.len() > MOST {
        return Err(Problem::asked(format!("more than {MOST} at once"))
            .hint("hand them in in parts, or use `hedgerow add`"));
    }
    if job.files.is_empty() && job.addresses.is_empty() {
        return Err(Problem::asked("nothing was handed in")
            .hint("paste a text, choose files, or give an address"));
    }
    Ok(job)
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next(&mut field).await? {
        if bytes.len() as u64 + chunk.len() as u64 > FIELD_BYTES {
            let long = Problem::with(StatusCode::PAYLOAD_TOO_LARGE, "a text has more than 2 MiB");
            return Err(long.hint("hand it in as a file"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Problem::asked("the form is not in UTF-8"))
}

async fn next(field: &mut Field<'_>) -> Result<Option<axum::body::Bytes>, Problem> {
    field.chunk().await.map_err(|_| {
        let long = format!("the form ends too early, or has more than {} MiB", MOST_BYTES >> 20);
        Problem::with(StatusCode::PAYLOAD_TOO_LARGE, long)
    })
}

/// Writes a file to the folder as it comes; a browser sends one without a name where none was chosen.
async fn stored(
    mut field: Field<'_>,
    folder: &Path,
    before: usize,
) -> Result<Option<Stored>, Problem> {
    let named = field.file_name().unwrap_or_default().to_owned();
    if named.is_empty() {
        return Ok(None);
    }
    if before >= MOST {
        return Err(Problem::asked(format!("more than {MOST} files at once")));
    }
    let name = safe_name(&named);
    let file = format!("{before:03}-{name}");
    let mut to = File::create(folder.join(&file)).await.map_err(|it| unkept(&it))?;
    let (mut bytes, mut hash) = (0_u64, Hash::default());
    while let Some(chunk) = next(&mut field).await? {
        bytes += chunk.len() as u64;
        if bytes > FILE_BYTES {
            let long = Problem::with(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("{name} has more than {} MiB", FILE_BYTES >> 20),
            );
            return Err(long.hint("use `hedgerow add` for what is larger"));
        }
        hash.add(&chunk);
        to.write_all(&chunk).await.map_err(|it| unkept(&it))?;
    }
    to.sync_all().await.map_err(|it| unkept(&it))?;
    // Two files of one name are two documents; the same file again is the same.
    Ok(Some(Stored { name: format!("upload/{}/{name}", hash.short()), file }))
}

/// The fingerprint of a file under way.
#[derive(Default)]
struct Hash(sha2::Sha256);

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        sha2::Digest::update(&mut self.0, bytes);
    }

    fn short(self) -> String {
        hedgerow_ledger::hex(&sha2::Digest::finalize(self.0))[..12].to_owned()
    }
}

fn keep_text(text: &str, meta: &Meta, folder: &Path) -> Result<Stored, Problem> {
    let title = meta.title.as_deref().unwrap_or_default().to_lowercase();
    let words: Vec<&str> =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let slug: String = words.join("-").chars().take(60).collect();
    let name = if slug.is_empty() { "pasted.txt".to_owned() } else { format!("{slug}.txt") };
    let file = format!("pasted-{name}");
    // Forms send line breaks as two characters; a text has them as it was pasted, with one.
    let text = text.replace("\r\n", "\n");
    std::fs::write(folder.join(&file), &text).map_err(|it| unkept(&it))?;
    Ok(Stored { name: format!("upload/{}/{name}", &sha256_hex(text.as_bytes())[..12]), file })
}

/// Works off what is handed in, as long as the application runs.
pub(crate) fn work(app: &App) {
    while let Some(coding) = app.coding() {
        let waiting = app.inbox().next();
        let (id, job, folder) = (&waiting.id, &waiting.job, &waiting.folder);
        let mut outcome =
            Outcome { of: job.files.len() + job.addresses.len(), ..Outcome::default() };
        let mut finished = Vec::new();
        let files = job.files.iter().map(|it| {
            let from = From::File { at: folder.join(&it.file), name: it.name.clone() };
            (from, Some(it.file.clone()))
        });
        let addresses = job.addresses.iter().map(|it| (From::Address(it.clone()), None));
        for (from, file) in files.chain(addresses) {
            let refused = outcome.refused.len();
            let handed = Handed { from, meta: job.meta.clone() };
            let coded = catch_unwind(AssertUnwindSafe(|| {
                let ids = |all: &[hedgerow_ledger::Candidate]| {
                    app.reader(|ledger| ledger.assign_ids(all))
                };
                coding.code(&handed, &ids, &mut |coded| {
                    keep(app, coded, &mut outcome);
                    app.inbox().tell(id, &outcome);
                    true
                })
            }));
            let what = || match &handed.from {
                From::File { name, .. } => name.clone(),
                From::Address(address) => address.clone(),
            };
            match coded {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    outcome.refused.push(Refused { what: what(), why: error.to_string() });
                }
                Err(_) => outcome.refused.push(Refused {
                    what: what(),
                    why: "reading it ran into a fault of this program; please report it".to_owned(),
                }),
            }
            outcome.read += 1;
            app.inbox().tell(id, &outcome);
            if refused == outcome.refused.len() {
                finished.extend(file);
            }
        }
        // Facts that are stored follow the claims; where that fails they follow at the next time.
        let _ = app.writer(|ledger| ledger.settle(false));
        outcome.done = true;
        while app.inbox().close(id, &outcome, &finished).is_err() {
            // The disk is full: without this written down the same job would be done for ever.
            thread::sleep(AGAIN);
        }
    }
}

fn keep(app: &App, coded: Coded, outcome: &mut Outcome) {
    let new = match coded {
        Coded::Refused { what, why } => return outcome.refused.push(Refused { what, why }),
        Coded::Document(new) => new,
    };
    match app.writer(|ledger| ledger.add(&new)) {
        Ok(added) => {
            let how = match added {
                Added::New => "new",
                Added::Unchanged => "known already",
                Added::Recoded => "coded anew",
                Added::NewVersion => "a new version",
            };
            let (title, claims) = (new.meta.title.clone(), new.claims.len());
            outcome.documents.push(Kept { id: new.id, title, claims, how: how.to_owned() });
        }
        Err(error) => outcome.refused.push(Refused { what: new.path, why: error.to_string() }),
    }
}

/// A moment as ledgers write it.
fn seconds(now: Timestamp) -> String {
    let text = now.to_string();
    text.split_once('.').map_or(text.clone(), |(whole, _)| format!("{whole}Z"))
}
