//! A program that adds documents is killed at any moment: the ledger holds whole documents only.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hedgerow_ledger::{Added, Ledger, NewDocument};

use crate::make::{claim, document, place};

const LEDGER: &str = "HEDGEROW_KILL_LEDGER";
const CLAIMS: usize = 7;

fn numbered(n: usize) -> NewDocument {
    let mut new = document(&format!("k{n:06}"));
    new.claims = (1..=CLAIMS).map(|i| claim(&new.id, i, &new.text, "VNM", "JPN")).collect();
    new
}

/// Not a test by itself: what the killed child runs. It adds documents and says so after each.
#[test]
fn child() {
    let Ok(path) = env::var(LEDGER) else { return };
    let mut ledger = Ledger::open(path).unwrap();
    let mut out = std::io::stdout();
    for n in 0.. {
        if ledger.add(&numbered(n)).unwrap() == Added::New {
            writeln!(out, "added {n}").unwrap();
            out.flush().unwrap();
        }
    }
}

#[test]
fn killing_the_writer_leaves_whole_documents() {
    let rounds = if env::var_os("HEDGEROW_FULL").is_some() { 200 } else { 6 };
    let (_folder, path) = place();
    let mut acknowledged = 0;
    for round in 0..rounds {
        // Moments spread over the life of the child, its start (which makes the file) included.
        let wait = Duration::from_micros((round * 7_919) % 90_000 + 300);
        // Every other child is let live until it has added something.
        acknowledged = acknowledged.max(run_and_kill(&path, wait, round % 2 == 1));
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
    // Whatever happened before, the next program goes on.
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("after")).unwrap();
    ledger.verify().unwrap();
}

/// Returns how many documents are known to be acknowledged: the child counts on from those that are there.
fn run_and_kill(path: &Path, wait: Duration, after_first: bool) -> usize {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture"])
        .env(LEDGER, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (heard, added) = mpsc::channel();
    let listener = thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if let Some(n) = line.rsplit("added ").next().and_then(|n| n.parse::<usize>().ok()) {
                heard.send(n + 1).unwrap();
            }
        }
    });
    let first = if after_first { added.recv_timeout(Duration::from_mins(1)).unwrap() } else { 0 };
    thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    listener.join().unwrap();
    added.try_iter().max().unwrap_or(0).max(first)
}
