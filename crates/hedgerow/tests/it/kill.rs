//! An export that is killed leaves no file under its name, or a whole one; and a disk that fills leaves none.

use std::fs::{self, File};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::run::{Place, VISIT};

/// A ledger of so many articles.
fn ledger(place: &Place, articles: usize) {
    let line = |n: usize| {
        serde_json::json!({"id": format!("n{n}"), "text": VISIT.rsplit("---\n\n").next(), "published": "2014-03-20", "title": format!("Visit {n}")})
            .to_string()
    };
    place.write("news.jsonl", (0..articles).map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(place.run(&["add", "news.jsonl", "--quiet"]).status, 0);
}

#[test]
fn killing_an_export_leaves_no_file_or_a_whole_one() {
    let rounds = if std::env::var_os("HEDGEROW_FULL").is_some() { 100 } else { 5 };
    let place = Place::new();
    ledger(&place, 300);
    let mut whole = 0;
    for round in 0..rounds {
        let format = ["csv", "xlsx", "parquet", "dta", "jsonl"][round % 5];
        let name = format!("{round}.zip");
        let mut export = place.command(&["export", "--format", format, "--out", &name]);
        let mut child = export.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros((round as u64 * 7_919) % 400_000 + 300));
        child.kill().unwrap();
        child.wait().unwrap();
        let path = place.path(&name);
        if path.exists() {
            whole += 1;
            let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
            for n in 0..zip.len() {
                std::io::copy(&mut zip.by_index(n).unwrap(), &mut std::io::sink()).unwrap();
            }
        }
        let status = place.run(&["doctor"]).status;
        assert_eq!(status, 0, "reading harms no ledger");
    }
    eprintln!("{rounds} exports killed, {whole} of them when they were done");
}

/// Mounting needs rights that few have, so it is asked for with the long tests only.
#[cfg(target_os = "linux")]
#[test]
fn an_export_onto_a_full_disk_leaves_no_file() {
    use std::process::Command;
    if std::env::var_os("HEDGEROW_FULL").is_none() {
        return;
    }
    let place = Place::new();
    ledger(&place, 300);
    fs::create_dir(place.path("small")).unwrap();
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"])
        .arg(place.path("small"))
        .stderr(Stdio::null())
        .status();
    if !mount.is_ok_and(|it| it.success()) {
        eprintln!("SKIPPED: this user may mount no small file system to fill");
        return;
    }
    let ran = place.run(&["export", "--format", "jsonl", "--out", "small/out.zip"]);
    let left = fs::read_dir(place.path("small")).unwrap().count();
    let unmounted = Command::new("umount").arg(place.path("small")).status();
    assert!(unmounted.is_ok_and(|it| it.success()));
    assert_eq!((ran.status, left), (2, 0), "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("room on the disk"), "{}", ran.err);
}
