//! The documents as entries of a bibliography.

use std::io::{Seek, Write};

use hedgerow_ledger::DocumentRow;

use super::{Content, ExportError, Zip};

/// Writes `documents.bib`.
pub(super) fn bibtex<W: Write + Seek>(
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = "documents.bib";
    zip.begin(name)?;
    for (n, it) in content.documents.iter().enumerate() {
        writeln!(zip.to, "@misc{{{},", key(&it.id, n))?;
        for (field, value) in fields(it) {
            writeln!(zip.to, "  {field} = {{{}}},", tex(&value))?;
        }
        writeln!(zip.to, "  note = {{Hedgerow document {}}}\n}}\n", tex(&it.id))?;
    }
    zip.wrote(name, content.documents.len() as u64);
    Ok(())
}

fn fields(it: &DocumentRow) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if let Some(title) = &it.meta.title {
        fields.push(("title", title.clone()));
    }
    if let Some(outlet) = &it.meta.outlet {
        fields.push(("author", format!("{{{outlet}}}")));
    }
    if let Some(day) = it.meta.published {
        fields.push(("year", day.year().to_string()));
        fields.push(("date", day.to_string()));
    }
    if let Some(url) = &it.meta.url {
        fields.push(("url", url.clone()));
    }
    fields
}

/// A key that every program takes, and that no other entry has.
fn key(id: &str, n: usize) -> String {
    let plain: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    if plain == id { plain } else { format!("{plain}_{}", n + 1) }
}

/// Text in TeX. Braces stay, where they are in pairs.
fn tex(text: &str) -> String {
    let mut depth = 0_i32;
    let paired = text.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0
    }) && depth == 0;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' if paired => out.push(c),
            '{' | '}' => {}
            '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '^' => out.push_str("\\^{}"),
            '~' => out.push_str("\\~{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Writes `documents.ris`.
pub(super) fn ris<W: Write + Seek>(
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = "documents.ris";
    zip.begin(name)?;
    for it in &content.documents {
        let mut line = |tag: &str, value: &str| {
            let plain: String =
                value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            write!(zip.to, "{tag}  - {plain}\r\n")
        };
        line("TY", "NEWS")?;
        line("ID", &it.id)?;
        if let Some(title) = &it.meta.title {
            line("TI", title)?;
        }
        if let Some(outlet) = &it.meta.outlet {
            line("T2", outlet)?;
        }
        if let Some(day) = it.meta.published {
            line("PY", &day.year().to_string())?;
            line("DA", &day.strftime("%Y/%m/%d").to_string())?;
        }
        if let Some(url) = &it.meta.url {
            line("UR", url)?;
        }
        line("ER", "")?;
    }
    zip.wrote(name, content.documents.len() as u64);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_is_escaped() {
        assert_eq!(
            tex("50% of R&D_x \\input{/x}"),
            "50\\% of R\\&D\\_x \\textbackslash{}input{/x}"
        );
        assert_eq!(tex("a}b{"), "ab");
        assert_eq!(key("a/b", 4), "a_b_5");
        assert_eq!(key("d00", 4), "d00");
    }
}
