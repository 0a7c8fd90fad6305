//! `hedgerow completions`: what shells and `man` want to know of the commands.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::print::Out;

/// Print completions for a shell, or write the manual pages.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow completions bash > ~/.local/share/bash-completion/completions/hedgerow
  hedgerow completions zsh > ~/.zfunc/_hedgerow
  hedgerow completions --man /usr/local/share/man/man1")]
pub(crate) struct Args {
    /// The shell.
    #[arg(value_enum, required_unless_present = "man")]
    shell: Option<Shell>,
    /// Write hedgerow.1 and a page for each command into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "shell")]
    man: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let mut command = crate::Cli::command();
    if let Some(shell) = args.shell {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command, "hedgerow", &mut text);
        return Ok(out.text(&String::from_utf8_lossy(&text))?);
    }
    let Some(folder) = &args.man else { bail!("name a shell, or --man DIR") };
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    command.build();
    let mut pages = vec![("hedgerow".to_owned(), command.clone())];
    for it in command.get_subcommands().filter(|it| !it.is_hide_set() && it.get_name() != "help") {
        let name = format!("hedgerow-{}", it.get_name());
        pages.push((name, Command::clone(it)));
    }
    for (name, page) in pages {
        let path = folder.join(format!("{name}.1"));
        let mut text = Vec::new();
        Man::new(page).render(&mut text)?;
        fs::write(&path, text).with_context(|| {
            format!("{}: cannot be written; check the folder's permissions", path.display())
        })?;
        out.line(path.display().to_string())?;
    }
    Ok(())
}
