//! What stands in the files: not too long, nothing unfinished, nothing of one machine.

use std::fs;
use std::process::Command;

use crate::shell::{output, root};

/// A file of one purpose needs no more lines.
const MAX_LINES: usize = 600;

/// Marks of unfinished work. Put together here, so that this file has none.
const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];

/// Beginnings of paths that exist on one machine only.
const PATHS: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("C:\\Us", "ers"),
];

/// Faults in the files of the repository.
pub(super) fn faults() -> anyhow::Result<Vec<String>> {
    let root = root();
    let mut git = Command::new("git");
    git.current_dir(&root).args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let mut faults = Vec::new();
    for name in output(&mut git)?.lines() {
        // What is no text is not looked into; a file may also be gone from the folder.
        let Ok(text) = fs::read_to_string(root.join(name)) else { continue };
        let long = text.lines().count();
        if is_source(name) && long > MAX_LINES {
            faults
                .push(format!("{name}: {long} lines, more than {MAX_LINES}; split it by purpose"));
        }
        for (n, line) in text.lines().enumerate() {
            let place = || format!("{name}:{}", n + 1);
            if let Some(mark) = MARKS.iter().find(|&&mark| has_word(line, mark)) {
                faults.push(format!("{}: `{mark}`; do it, or open an issue", place()));
            }
            if let Some(path) = PATHS.iter().find(|&&path| has_path(line, path)) {
                faults.push(format!("{}: a path of one machine (`{path}…`)", place()));
            }
        }
    }
    Ok(faults)
}

/// Whether a file is written by hand and read from top to bottom; tables of data are not.
fn is_source(name: &str) -> bool {
    [".rs", ".md", ".sql", ".css", ".js", ".py", ".sh", ".yml"].iter().any(|it| name.ends_with(it))
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Whether a path begins with `path`, rather than having it in its middle.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "/.-_~$})".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_their_beginning() {
        assert!(has_path(concat!("see /ho", "me/ann/x"), PATHS[0]));
        assert!(!has_path(concat!("https://example.org/ho", "me/x"), PATHS[0]));
        assert!(has_word(concat!("// TO", "DO: x"), MARKS[0]));
        assert!(!has_word(concat!("TO", "DOS"), MARKS[0]));
    }
}
