//! The file itself.

use std::fs;
use std::path::Path;

use hedgerow_people::{Error, People, beside};

use crate::people;

#[test]
fn it_stands_beside_the_ledger() {
    assert_eq!(beside(Path::new("a/asia.sqlite")), Path::new("a/asia.people.sqlite"));
    assert_eq!(beside(Path::new("ledger")), Path::new("ledger.people.sqlite"));
}

#[test]
fn other_files_are_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.people.sqlite");
    assert!(matches!(People::open_existing(&path), Err(Error::Missing { .. })));
    assert!(!path.exists());
    for content in [&b"some text"[..], &[b"SQLite format 3\0", &[0; 200][..]].concat()] {
        fs::write(&path, content).unwrap();
        assert!(matches!(People::open(&path), Err(Error::Foreign { .. })));
        assert_eq!(fs::read(&path).unwrap(), content);
    }
    assert!(matches!(People::open(folder.path()), Err(Error::Foreign { .. })));
}

#[test]
fn a_later_version_is_not_guessed_at() {
    let (folder, people) = people();
    drop(people);
    let path = folder.path().join("desk.people.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99_i32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(People::open(&path), Err(Error::Newer { version: 99, .. })));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, people) = people();
    let mode = fs::metadata(folder.path().join("desk.people.sqlite")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
    drop(people);
}

#[test]
fn many_at_once_lose_nothing() {
    let (folder, people) = people();
    let path = folder.path().join("desk.people.sqlite");
    drop(people);
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut people = People::open_existing(&path).unwrap();
                for m in 0..10 {
                    crate::somebody(
                        &mut people,
                        &format!("{n}-{m}"),
                        hedgerow_people::Role::Commenter,
                    );
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(People::open(&path).unwrap().accounts().unwrap().len(), 80);
}
