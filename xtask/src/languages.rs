//! The package for Python, the job on Spark and the vignette for R, as their users have them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::json;

use crate::shell::{find, metadata, passes, release, root, say};

/// How a check ended.
pub(crate) enum Outcome {
    /// It held.
    Held(bool),
    /// What it needs is not here.
    Skipped(String),
}

/// A folder below the build folder, empty.
fn place(name: &str) -> anyhow::Result<PathBuf> {
    let metadata = metadata(&["--no-deps"])?;
    let folder = Path::new(metadata["target_directory"].as_str().unwrap_or("target")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A Python with what the tests need, and the package built into it from the checkout.
fn python() -> anyhow::Result<Result<PathBuf, String>> {
    let Some(system) = find(&["python3"]) else {
        return Ok(Err("no python3 here".to_owned()));
    };
    let metadata = metadata(&["--no-deps"])?;
    let target = Path::new(metadata["target_directory"].as_str().unwrap_or("target"));
    let folder = target.join("python");
    let python = folder.join("bin").join("python");
    if !python.is_file() && !passes(Command::new(system).args(["-m", "venv"]).arg(&folder))? {
        return Ok(Err("python3 makes no environments (Debian: python3-venv)".to_owned()));
    }
    let pip = |words: &[&str]| {
        let mut command = Command::new(&python);
        command.current_dir(root()).env("CARGO_TARGET_DIR", target);
        command
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(words);
        passes(&mut command)
    };
    if !pip(&["-r", "python/requirements.txt"])? {
        return Ok(Err("packages for Python could not be installed".to_owned()));
    }
    if !pip(&["--no-deps", "--force-reinstall", "."])? {
        bail!("`pip install .` failed");
    }
    Ok(Ok(python))
}

/// `pip install .` and the tests of the package.
pub(crate) fn package() -> anyhow::Result<Outcome> {
    let python = match python()? {
        Ok(python) => python,
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    let run = |words: &[&str]| -> anyhow::Result<bool> {
        let mut command = Command::new(&python);
        command.current_dir(root()).env("HEDGEROW_PROGRAM", release()?).arg("-m").args(words);
        passes(&mut command)
    };
    let typed = run(&["mypy", "--cache-dir", "/dev/null"])?;
    let tested = run(&["pytest", "-q", "-p", "no:cacheprovider", "python/tests"])?;
    Ok(Outcome::Held(typed && tested))
}

/// A cluster on loopback, with a worker killed, against the program itself. After [`package`].
pub(crate) fn spark() -> anyhow::Result<Outcome> {
    if find(&["java"]).is_none() {
        return Ok(Outcome::Skipped("no java here (Debian: default-jre-headless)".to_owned()));
    }
    let folder = place("spark")?;
    let python = folder.with_file_name("python").join("bin").join("python");
    if !python.is_file() {
        return Ok(Outcome::Skipped("no package for Python here".to_owned()));
    }
    let articles = folder.join("articles.jsonl");
    crate::bench::articles(&articles, 4_800)?;
    // Two that are refused: they must become rows, and no task may fail for them.
    let french = "Le président de la République a reçu hier à Paris le ministre des affaires étrangères du Vietnam, \
        qui a salué les relations entre les deux pays.";
    let refused = [json!({"id": "french", "text": french}), json!({"id": "empty", "text": ""})];
    let mut file = fs::OpenOptions::new().append(true).open(&articles)?;
    for it in refused {
        writeln!(file, "{it}")?;
    }
    let archive = folder.join("archive");
    let mut code = Command::new(release()?);
    code.arg("code").arg(&articles).args(["--format", "parquet", "--out"]).arg(&archive);
    if code.status()?.code() != Some(1) {
        bail!("the articles could not be coded, or none was refused");
    }
    let mut job = Command::new(python);
    job.current_dir(root()).arg("python/tests/cluster.py").args([&articles, &archive, &folder]);
    Ok(Outcome::Held(passes(&mut job)?))
}

/// The vignette, on a ledger of the starter claims.
pub(crate) fn r() -> anyhow::Result<Outcome> {
    let Some(rscript) = installed()? else {
        return Ok(Outcome::Skipped(
            "no R with DBI and RSQLite here, and it could not be installed".to_owned(),
        ));
    };
    let (folder, hedgerow) = (place("r")?, release()?);
    let ledger = folder.join("hedgerow.sqlite");
    let starter = root().join("starter");
    let run = |words: &[&str], out: Option<&Path>| -> anyhow::Result<()> {
        let mut command = Command::new(&hedgerow);
        command.args(words).arg("--ledger").arg(&ledger);
        if let Some(out) = out {
            command.stdout(fs::File::create(out)?);
        }
        if passes(&mut command)? { Ok(()) } else { bail!("hedgerow {} failed", words.join(" ")) }
    };
    let claims = starter.join("claims.jsonl");
    let documents = starter.join("documents.jsonl");
    let (claims, documents) = (claims.to_string_lossy(), documents.to_string_lossy());
    run(&["import", "claims", &claims, "--documents", &documents], None)?;
    let export = folder.join("hedgerow-csv.zip");
    run(&["export", "--format", "csv", "--out", &export.to_string_lossy()], None)?;
    let asked =
        ["hedge", "VNM", "--rivals", "USA,CHN", "--camp", "JPN=USA", "--series", "--format", "csv"];
    run(&asked, Some(&folder.join("hedge.csv")))?;
    let mut vignette = Command::new(rscript);
    vignette.arg(root().join("r/vignette.R")).arg(&ledger).arg(&folder);
    let held = passes(&mut vignette)?;
    let drawn = fs::metadata(folder.join("hedge.pdf")).context("nothing was drawn")?.len();
    say(&format!("the plot has {drawn} bytes"));
    Ok(Outcome::Held(held && drawn > 3_000))
}

/// R with what it needs; installed where a package manager can be used.
fn installed() -> anyhow::Result<Option<PathBuf>> {
    let ready = || -> anyhow::Result<Option<PathBuf>> {
        let Some(rscript) = find(&["Rscript"]) else { return Ok(None) };
        let asks =
            "quit(status = !all(sapply(c('DBI', 'RSQLite'), requireNamespace, quietly = TRUE)))";
        Ok(passes(Command::new(&rscript).args(["-e", asks]))?.then_some(rscript))
    };
    if let Some(found) = ready()? {
        return Ok(Some(found));
    }
    let Some(apt) = find(&["apt-get"]) else { return Ok(None) };
    say("installing R");
    let packages = ["r-base-core", "r-cran-dbi", "r-cran-rsqlite"];
    let installed = passes(Command::new(&apt).args(["update", "-qq"]))?
        && passes(
            Command::new(&apt)
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(packages),
        )?;
    if installed { ready() } else { Ok(None) }
}
