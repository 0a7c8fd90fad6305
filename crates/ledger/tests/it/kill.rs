//! A program that writes is killed at any moment: what was acknowledged is there, and nothing is torn.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hedgerow_ledger::{Added, Decision, Ledger, NewDocument, Verb};
use rusqlite::Connection;

use crate::make::{claim, document, place};

const LEDGER: &str = "HEDGEROW_KILL_LEDGER";
const WHAT: &str = "HEDGEROW_KILL_WHAT";
const CLAIMS: usize = 7;
/// Documents of the ledgers that are reviewed, coded anew and migrated.
const DOCUMENTS: usize = 120;

fn numbered(n: usize) -> NewDocument {
    let mut new = document(&format!("k{n:06}"));
    new.claims = (1..=CLAIMS).map(|i| claim(&new.id, i, &new.text, "VNM", "JPN")).collect();
    new
}

/// How many rounds: each kills one child.
fn rounds(few: u64) -> u64 {
    if env::var_os("HEDGEROW_FULL").is_some() { 100 } else { few }
}

/// Not a test by itself: what the killed child runs. It says so after each thing that is done.
#[test]
fn child() {
    let (Ok(path), Ok(what)) = (env::var(LEDGER), env::var(WHAT)) else { return };
    let mut ledger = Ledger::open(path).unwrap();
    let say = |n: usize| {
        let mut out = std::io::stdout();
        writeln!(out, "done {n}").unwrap();
        out.flush().unwrap();
    };
    match what.as_str() {
        "add" => {
            // Numbered without a gap, so that their count is the next number.
            for n in ledger.documents().unwrap().len().. {
                if ledger.add(&numbered(n)).unwrap() == Added::New {
                    say(n);
                }
                if n % 5 == 0 {
                    ledger.settle(false).unwrap();
                }
            }
        }
        "recode" => {
            let round = ledger.documents().unwrap()[0].generation;
            for n in 0..DOCUMENTS {
                let mut new = numbered(n);
                new.codebook = format!("0.{}.0", round + 1);
                ledger.add(&new).unwrap();
                say(n);
            }
        }
        "review" => {
            for n in ledger.decisions().unwrap().len().. {
                let id = format!("k{:06}-{:02}", n / CLAIMS % DOCUMENTS, n % CLAIMS + 1);
                let verb = if n % 2 == 0 { Verb::Accept(id) } else { Verb::Comment(id) };
                let reason = Some("looked at".to_owned());
                ledger.decide(&Decision { verb, author: "A".into(), reason, added: None }).unwrap();
                say(n);
            }
        }
        _ => say(0),
    }
}

#[test]
fn killing_the_writer_leaves_whole_documents() {
    let (_folder, path) = place();
    let mut acknowledged = 0;
    let rounds = rounds(6);
    for round in 0..rounds {
        // Every other child is let live until it has added something.
        acknowledged = acknowledged.max(run_and_kill(&path, "add", moment(round), round % 2 == 1));
        let Ok(ledger) = Ledger::open_existing(&path) else {
            assert_eq!(acknowledged, 0, "a ledger that held documents must open");
            continue;
        };
        ledger.verify().unwrap();
        let documents = ledger.documents().unwrap();
        assert!(documents.len() >= acknowledged, "an acknowledged document was lost");
        assert!(documents.iter().all(|row| row.claims == CLAIMS as u64), "a document is torn");
    }
    assert!(acknowledged > 0, "no child came to add anything");
    eprintln!("{rounds} writers killed, {acknowledged} documents acknowledged, none lost or torn");
    // Whatever happened before, the next program goes on.
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("after")).unwrap();
    ledger.settle(false).unwrap();
    ledger.verify().unwrap();
    assert_eq!(ledger.examine().unwrap().faults, Vec::<String>::new());
}

#[test]
fn killing_a_recoding_leaves_every_document_with_one_coding_or_the_other() {
    let (_folder, path) = place();
    fill(&path);
    let rounds = rounds(4);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger
        .decide(&Decision {
            verb: Verb::Reject("k000003-01".into()),
            author: "A".into(),
            reason: None,
            added: None,
        })
        .unwrap();
    drop(ledger);
    for round in 0..rounds {
        run_and_kill(&path, "recode", moment(round), true);
        let ledger = Ledger::open(&path).unwrap();
        ledger.verify().unwrap();
        assert!(
            ledger.documents().unwrap().iter().all(|row| row.claims == CLAIMS as u64),
            "a coding is torn"
        );
        assert_eq!(ledger.claims_of("k000003").unwrap().len(), CLAIMS - 1, "a verdict was lost");
    }
    eprintln!("{rounds} recodings killed");
}

#[test]
fn killing_a_reviewer_leaves_every_decision_that_was_acknowledged() {
    let (_folder, path) = place();
    fill(&path);
    let rounds = rounds(4);
    for round in 0..rounds {
        let acknowledged = run_and_kill(&path, "review", moment(round), true);
        let ledger = Ledger::open(&path).unwrap();
        ledger.verify().unwrap();
        assert!(
            ledger.decisions().unwrap().len() >= acknowledged,
            "an acknowledged decision was lost"
        );
    }
    eprintln!("{rounds} reviewers killed");
}

#[test]
fn killing_a_migration_leaves_one_version_or_the_other() {
    let (folder, path) = place();
    let old = folder.path().join("old.sqlite");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/ledger_v1.sqlite"), &old)
        .unwrap();
    grow_version_1(&old);
    let rounds = rounds(6);
    let mut cut = 0;
    for round in 0..rounds {
        for ending in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            let _ = fs::remove_file(name);
        }
        fs::copy(&old, &path).unwrap();
        run_and_kill(
            &path,
            "migrate",
            Duration::from_micros((round * 7_919) % 60_000 + 300),
            false,
        );
        let db = Connection::open(&path).unwrap();
        let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        cut += usize::from(version == 1);
        drop(db);
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.examine().unwrap().faults, Vec::<String>::new());
        assert_eq!(ledger.documents().unwrap().len(), DOCUMENTS + 1);
        assert_eq!(ledger.search("visited", 1_000).unwrap().len(), DOCUMENTS + 1);
    }
    eprintln!("{rounds} migrations killed, {cut} of them before they were done");
}

/// Moments spread over the life of a child, its start (which makes the file) included.
fn moment(round: u64) -> Duration {
    Duration::from_micros((round * 7_919) % 90_000 + 300)
}

fn fill(path: &Path) {
    let mut ledger = Ledger::open(path).unwrap();
    let all: Vec<NewDocument> = (0..DOCUMENTS).map(numbered).collect();
    ledger.add_all(&all, hedgerow_ledger::Keep::Text).unwrap();
}

/// Adds documents to a ledger of version 1 as a program of that version did.
fn grow_version_1(path: &Path) {
    let db = Connection::open(path).unwrap();
    let text = "The minister of Viet Nam visited Japan on Monday.";
    let sha = hedgerow_ledger::sha256_hex(text.as_bytes());
    db.execute_batch("BEGIN").unwrap();
    for n in 0..DOCUMENTS {
        let claim = claim(&format!("old{n}"), 1, text, "VNM", "JPN");
        let json = serde_json::to_string(&claim).unwrap();
        db.execute("INSERT INTO document_version (id, version, path, bytes_sha256, text_sha256, text) VALUES (?1, 1, ?1, ?2, ?2, ?3)", [&claim.doc, &sha, text]).unwrap();
        let document = db.last_insert_rowid();
        db.execute("INSERT INTO coding (document, generation, codebook, model, diagnostics) VALUES (?1, 1, '0', '0', '[]')", [document]).unwrap();
        let coding = db.last_insert_rowid();
        db.execute(
            "INSERT INTO coded_claim (coding, claim_id, kind, type, mode, actors, recipients, symmetric, date_precision, cumulative, modality, rule,
               evidence_start, evidence_end, evidence_bstart, evidence_bend, evidence, json)
             VALUES (?1, ?2, 'event', 'CONSULT', 'visit', 'VNM', 'JPN', 0, 'none', 0, 'actual', 'visit.1', ?3, ?4, ?3, ?4, ?5, ?6)",
            rusqlite::params![coding, claim.id, claim.evidence.bstart, claim.evidence.bend, claim.evidence.text, json],
        )
        .unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
}

/// Returns how many things are known to be done: the child counts on from those that are.
fn run_and_kill(path: &Path, what: &str, wait: Duration, after_first: bool) -> usize {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture"])
        .env(LEDGER, path)
        .env(WHAT, what)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (heard, done) = mpsc::channel();
    let listener = thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if let Some(n) = line.rsplit("done ").next().and_then(|n| n.parse::<usize>().ok()) {
                heard.send(n + 1).unwrap();
            }
        }
    });
    let first = if after_first { done.recv_timeout(Duration::from_mins(2)).unwrap() } else { 0 };
    thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    listener.join().unwrap();
    done.try_iter().max().unwrap_or(0).max(first)
}
