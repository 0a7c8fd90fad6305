//! The journal: how far a run has come. One line a batch, on the disk before the next batch begins.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::folder::JOURNAL;

/// What a run was begun with; a run with other settings does not go on with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Version of the layout of the folder.
    pub archive: u32,
    /// Version of the codebook.
    pub codebook: String,
    /// Version of the model.
    pub model: String,
    /// Whether what is said of one state alone is kept.
    pub all: bool,
    /// Day of publication that was given for texts without one.
    pub published: Option<String>,
    /// Most documents of a batch.
    pub batch: usize,
    /// The paths that were given, in order.
    pub inputs: Vec<String>,
}

/// A batch that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    /// Its number, from 0.
    pub(crate) batch: u64,
    /// Documents and refusals that were read for it.
    pub(crate) read: u64,
    /// Documents that were coded.
    pub(crate) documents: u64,
    /// What was refused.
    pub(crate) refused: u64,
    /// Claims.
    pub(crate) claims: u64,
    /// Fingerprint of what was read.
    pub(crate) inputs: String,
    /// Its files, from the folder of the archive.
    pub(crate) files: Vec<String>,
}

/// The last line: nothing more is to come.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    complete: bool,
}

/// The journal of a run, open and locked.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
    /// The batches that are done.
    pub(crate) done: Vec<Done>,
    /// Whether the run came to its end.
    pub(crate) complete: bool,
}

impl Journal {
    /// Begins the journal of a folder, or goes on with it.
    pub(crate) fn open(folder: &Path, head: &Head) -> Result<Self, Error> {
        let path = folder.join(JOURNAL);
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(Error::file(&path))?;
        if file.try_lock().is_err() {
            return Err(Error::Busy { path: folder.to_owned() });
        }
        let Read { head: found, done, complete, whole } =
            read(&file).map_err(Error::file(&path))?;
        // A line that was cut off is written anew.
        file.set_len(whole)
            .and_then(|()| file.seek(SeekFrom::End(0)))
            .map_err(Error::file(&path))?;
        let mut journal = Self { file, path, done, complete };
        match found {
            Some(found) if found == *head => {}
            Some(found) => {
                let wrong = difference(&found, head);
                return Err(Error::Another { path: folder.to_owned(), wrong });
            }
            None => {
                journal.line(head)?;
                crate::folder::sync(folder)?;
            }
        }
        Ok(journal)
    }

    /// A batch is on the disk.
    pub(crate) fn add(&mut self, done: Done) -> Result<(), Error> {
        self.line(&done)?;
        self.done.push(done);
        Ok(())
    }

    /// Nothing more is to come.
    pub(crate) fn end(&mut self) -> Result<(), Error> {
        self.complete = true;
        self.line(&End { complete: true })
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let write = |file: &mut File| {
            let mut line = serde_json::to_string(value)?;
            line.push('\n');
            file.write_all(line.as_bytes())?;
            file.sync_data()
        };
        write(&mut self.file).map_err(Error::file(&self.path))
    }
}

/// The batches of a folder that are whole, or `None` where it has no journal.
pub(crate) fn batches(folder: &Path) -> Result<Option<Vec<Done>>, Error> {
    let path = folder.join(JOURNAL);
    match File::open(&path) {
        Ok(file) => Ok(Some(read(&file).map_err(Error::file(&path))?.done)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(&path)(error)),
    }
}

/// Holds the journal of a folder, where it has one, so that nobody writes there meanwhile.
pub(crate) fn hold(folder: &Path) -> Result<Option<File>, Error> {
    let path = folder.join(JOURNAL);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file(&path)(error)),
    };
    if file.try_lock().is_err() {
        return Err(Error::Busy { path: folder.to_owned() });
    }
    if !read(&file).map_err(Error::file(&path))?.complete {
        return Err(Error::Unfinished { path: folder.to_owned() });
    }
    Ok(Some(file))
}

struct Read {
    head: Option<Head>,
    done: Vec<Done>,
    complete: bool,
    /// Bytes of the lines that are whole.
    whole: u64,
}

fn read(file: &File) -> std::io::Result<Read> {
    let mut it = Read { head: None, done: Vec::new(), complete: false, whole: 0 };
    let mut lines = BufReader::new(file);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 && line.ends_with('\n') {
        if it.head.is_none() {
            it.head = Some(serde_json::from_str(&line)?);
        } else if let Ok(done) = serde_json::from_str(&line) {
            it.done.push(done);
        } else {
            it.complete = serde_json::from_str::<End>(&line)?.complete;
        }
        it.whole += line.len() as u64;
        line.clear();
    }
    Ok(it)
}

/// In what two runs differ, for people.
fn difference(was: &Head, is: &Head) -> String {
    if was.archive != is.archive {
        format!("in layout {}, and this program writes layout {}", was.archive, is.archive)
    } else if was.inputs != is.inputs {
        format!("with {}", was.inputs.join(" "))
    } else if was.codebook != is.codebook {
        format!("with codebook {}, and this is codebook {}", was.codebook, is.codebook)
    } else if was.model != is.model {
        format!("with model {}, and this is model {}", was.model, is.model)
    } else if was.batch != is.batch {
        format!("with --batch {}", was.batch)
    } else if was.published != is.published {
        format!("with --published {}", was.published.as_deref().unwrap_or("left out"))
    } else {
        format!("{} --all", if was.all { "with" } else { "without" })
    }
}
