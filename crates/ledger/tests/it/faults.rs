//! What may go wrong with a disk, a clock or another program: nothing that was acknowledged is lost, nothing is torn.

use std::fs;
use std::time::Duration;

use hedgerow_ledger::{Added, Decision, Error, Keep, Ledger, Verb};
use rusqlite::Connection;

use crate::make::{document, place};

fn reject(id: &str) -> Decision {
    Decision { verb: Verb::Reject(id.into()), author: "A".into(), reason: None, added: None }
}

/// Leaves the file `pages` pages of room, as a disk that is nearly full.
fn room(path: &std::path::Path, pages: u64) -> Ledger {
    let ledger = Ledger::open(path).unwrap();
    let db = Connection::open(path).unwrap();
    let used: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    ledger.limit_pages(used.unsigned_abs() + pages).unwrap();
    ledger
}

#[test]
fn a_disk_that_fills_at_any_write_loses_only_what_was_under_way() {
    let rounds = if std::env::var_os("HEDGEROW_FULL").is_some() { 60 } else { 12 };
    let mut full = 0;
    for pages in 0..rounds {
        let (_folder, path) = place();
        Ledger::open(&path).unwrap().add(&document("first")).unwrap();
        let mut ledger = room(&path, pages);
        let mut kept = 1;
        for n in 0..40 {
            let mut new = document(&format!("n{n}"));
            new.text.push_str(&"Words of no weight. ".repeat(200));
            new.bytes_sha256 = hedgerow_ledger::sha256_hex(new.text.as_bytes());
            let done = ledger.add(&new).map(|added| kept += u64::from(added == Added::New));
            let decided = ledger.decide(&reject("first-01"));
            let settled = ledger.settle(false);
            for error in [done.err(), decided.err(), settled.err()].into_iter().flatten() {
                full += usize::from(matches!(error, Error::Full { .. }));
                assert!(matches!(error, Error::Full { .. } | Error::Invalid { .. }), "{error}");
            }
        }
        drop(ledger);
        let mut after = Ledger::open(&path).unwrap();
        assert_eq!(after.examine().unwrap().faults, Vec::<String>::new());
        assert_eq!(after.counts().unwrap().documents, kept);
        after.add(&document("after")).unwrap();
        after.settle(false).unwrap();
    }
    eprintln!("{full} writes met a full disk in {rounds} ledgers");
    assert!(full > 0);
}

#[test]
fn a_batch_is_kept_whole_or_not_at_all_but_for_what_was_refused() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut bad = document("bad");
    bad.claims[0].evidence.text = "invented".into();
    let done = ledger.add_all(&[document("a"), bad, document("b")], Keep::Text).unwrap();
    assert!(matches!(done[..], [Ok(Added::New), Err(Error::Invalid { .. }), Ok(Added::New)]));
    assert_eq!(ledger.documents().unwrap().len(), 2);
    let again = ledger.add_all(&[document("a"), document("b")], Keep::Text).unwrap();
    assert!(again.iter().all(|it| matches!(it, Ok(Added::Unchanged))));
}

#[test]
fn two_writers_take_turns() {
    let (_folder, path) = place();
    drop(Ledger::open(&path).unwrap());
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                ledger.set_patience(Duration::from_mins(1)).unwrap();
                for n in 0..25 {
                    assert_eq!(
                        ledger.add(&document(&format!("w{writer}-{n}"))).unwrap(),
                        Added::New
                    );
                    ledger.settle(false).unwrap();
                }
            });
        }
    });
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.counts().unwrap().documents, 50);
    assert_eq!(ledger.examine().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_clock_set_back_changes_nothing() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("a")).unwrap();
    // What a machine whose clock is wrong writes next.
    let db = Connection::open(&path).unwrap();
    db.execute_batch("INSERT INTO coding (document, generation, codebook, model, diagnostics, added) VALUES (1, 2, 'late', 'en-1', '[]', '1980-01-01T00:00:00Z')").unwrap();
    assert_eq!(ledger.documents().unwrap()[0].codebook, "late", "the order is that of the rows");
    assert_eq!(ledger.clock_steps().unwrap(), 1);
    let early = Decision { added: Some("1980-01-01T00:00:00Z".into()), ..reject("b-01") };
    ledger.add(&document("b")).unwrap();
    let seq = ledger.decide(&early).unwrap();
    ledger.decide(&Decision { verb: Verb::Undo(seq), ..early }).unwrap();
    assert!(ledger.claim("b-01").unwrap().is_some());
}

#[test]
fn a_read_only_ledger_can_be_read_and_refuses_to_be_written() {
    let (_folder, path) = place();
    Ledger::open(&path).unwrap().add(&document("a")).unwrap();
    let mut reader = Ledger::open_reader(&path).unwrap();
    let refuses = |error: Error| assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
    refuses(reader.add(&document("b")).unwrap_err());
    refuses(reader.decide(&reject("a-01")).unwrap_err());
    refuses(reader.settle(true).unwrap_err());
    assert_eq!(reader.facts_between("VNM", "JPN").unwrap().len(), 1);
}

#[test]
fn a_ledger_with_a_hole_in_it_is_called_damaged_and_never_panics() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    for n in 0..60 {
        ledger.add(&document(&format!("d{n}"))).unwrap();
    }
    ledger.settle(false).unwrap();
    drop(ledger);
    let whole = fs::read(&path).unwrap();
    let expected = Ledger::open_reader(&path).unwrap().claims().unwrap();
    let rounds = if std::env::var_os("HEDGEROW_FULL").is_some() { 200 } else { 20 };
    let mut seen = 0;
    for round in 0..rounds {
        let mut bytes = whole.clone();
        // Past the header, which says that the file is a ledger at all.
        let at = 100 + (round * 7_919 * 13) % (bytes.len() - 700);
        bytes[at..at + 512].fill(0xA5);
        fs::write(&path, &bytes).unwrap();
        let found = Ledger::open(&path).and_then(|mut ledger| {
            let faults = ledger.examine()?.faults;
            let claims = ledger.claims();
            let _ = (ledger.facts_between("VNM", "JPN"), ledger.search("minister", 5));
            let _ = (ledger.settle(true), ledger.add(&document("more")));
            if faults.is_empty() { claims.map(Some) } else { Ok(None) }
        });
        match found {
            Ok(Some(claims)) => {
                assert_eq!(claims, expected, "what was not seen must make no difference");
            }
            Ok(None) | Err(_) => seen += 1,
        }
    }
    eprintln!(
        "{seen} of {rounds} holes were seen; the others lay in free room, and made no difference"
    );
    assert!(seen > 0);
}

/// A small file system that is mounted for a test, where this user may do that.
#[cfg(target_os = "linux")]
struct Small(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn mount(at: std::path::PathBuf, kib: u64) -> Option<Self> {
        fs::create_dir(&at).unwrap();
        let done = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"])
            .arg(&at)
            .stderr(std::process::Stdio::null())
            .status();
        done.is_ok_and(|it| it.success()).then_some(Self(at))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

/// A real disk is full for the log and for what lies beside the file, too. Mounting one needs rights that few have, so it is asked for
/// with the long tests only.
#[cfg(target_os = "linux")]
#[test]
fn a_real_disk_that_fills_at_any_write_loses_only_what_was_under_way() {
    if std::env::var_os("HEDGEROW_FULL").is_none() {
        return;
    }
    let mut full = 0;
    let rounds = 40;
    for round in 0..rounds {
        let (folder, _) = place();
        let Some(disk) = Small::mount(folder.path().join("disk"), 4_096) else {
            eprintln!("SKIPPED: this user may mount no small file system to fill");
            return;
        };
        let (path, filler) = (disk.0.join("test.sqlite"), disk.0.join("filler"));
        let mut ledger = Ledger::open(&path).unwrap();
        ledger.add(&document("first")).unwrap();
        fs::write(&filler, vec![0; 2_800_000 - round * 37_000]).unwrap();
        let mut kept = 1;
        for n in 0..60 {
            let mut new = document(&format!("n{n}"));
            new.text.push_str(&"Words of no weight. ".repeat(400));
            new.bytes_sha256 = hedgerow_ledger::sha256_hex(new.text.as_bytes());
            let done = ledger.add(&new).map(|added| kept += u64::from(added == Added::New));
            let decided = ledger.decide(&reject("first-01"));
            let settled = ledger.settle(false);
            for error in [done.err(), decided.err(), settled.err()].into_iter().flatten() {
                full += usize::from(matches!(error, Error::Full { .. }));
            }
        }
        drop(ledger);
        fs::remove_file(&filler).unwrap();
        let mut after = Ledger::open(&path).unwrap();
        assert_eq!(after.examine().unwrap().faults, Vec::<String>::new(), "round {round}");
        assert_eq!(after.counts().unwrap().documents, kept, "round {round}");
        after.add(&document("after")).unwrap();
        after.settle(false).unwrap();
        drop(after);
    }
    eprintln!("{full} writes met a full disk of 4 MiB in {rounds} ledgers");
    assert!(full > 0);
}
