//! `docs/scores.md`: measured tables, each between its marks, written by the commands that measure.

use std::fs;

use anyhow::{Context, bail};

use crate::shell::{root, say};

/// Puts a table between the marks of `section`.
pub(super) fn put(section: &str, table: &str) -> anyhow::Result<()> {
    let path = root().join("docs/scores.md");
    let page = fs::read_to_string(&path).context("docs/scores.md")?;
    let page = replaced(&page, section, table)?;
    fs::write(&path, page)?;
    say(&format!("written to docs/scores.md, section {section}"));
    Ok(())
}

fn replaced(page: &str, section: &str, table: &str) -> anyhow::Result<String> {
    let (open, close) = (format!("<!-- {section} -->\n"), format!("<!-- /{section} -->"));
    let Some(start) = page.find(&open).map(|at| at + open.len()) else {
        bail!("docs/scores.md has no section {section}");
    };
    let Some(end) = page[start..].find(&close).map(|at| start + at) else {
        bail!("the section {section} of docs/scores.md has no end");
    };
    Ok(format!("{}{}\n{}", &page[..start], table.trim_end(), &page[end..]))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
        assert_eq!(replaced(page, "x", "new\n").unwrap(), page.replace("old", "new"));
        assert!(replaced(page, "y", "new").is_err());
    }
}
