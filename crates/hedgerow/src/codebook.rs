//! The codebook in use: the one in the program, with a user's own laid over it.

use std::path::Path;

use anyhow::{anyhow, bail};
use hedgerow_codebook::{Codebook, Source};

/// The codebook in this program, with the files of `over` laid over it: one of the same path takes the place of ours, any
/// other is added.
pub(crate) fn load(over: Option<&Path>) -> anyhow::Result<Codebook> {
    let mut source = Source::embedded();
    if let Some(folder) = over {
        add(folder, &mut source)?;
    }
    Codebook::load(&source).map_err(|faults| match over {
        Some(folder) => anyhow!(
            "with {} laid over it, the codebook has mistakes:\n{faults}\ncorrect them",
            folder.display()
        ),
        None => anyhow!("the codebook in this program has mistakes: {faults}"),
    })
}

/// The files of a whole codebook folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Source> {
    let mut source = Source::default();
    add(folder, &mut source)?;
    if source.get("VERSION").is_none() {
        bail!(
            "{}: no VERSION file, so this is no codebook; give the folder that has one",
            folder.display()
        );
    }
    Ok(source)
}

fn add(folder: &Path, source: &mut Source) -> anyhow::Result<()> {
    if !folder.is_dir() {
        bail!("{}: not a folder; give a codebook folder, as codebook/ is one", folder.display());
    }
    source.add_folder(folder).map_err(|error| {
        anyhow!("{}: cannot be read ({error}); check who may read it", folder.display())
    })
}
