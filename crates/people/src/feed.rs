//! Atom feeds (RFC 4287) of replies and briefs.

use std::fmt::Write;

use jiff::Timestamp;

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Where the application is, without a slash at the end.
    pub base: String,
    /// Where this feed is, from the base.
    pub path: String,
    /// Where the same is to be read as a page, from the base.
    pub page: String,
    /// What is in it, the newest first.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is to be read, from the base; also what it is known by.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// When it was first there (seconds since 1970).
    pub published: i64,
    /// When it was last changed (seconds since 1970).
    pub updated: i64,
    /// Its content as HTML, which was made here.
    pub html: String,
}

impl Feed {
    /// The feed as XML.
    pub fn xml(&self) -> String {
        let newest = self.entries.iter().map(|it| it.updated).max().unwrap_or(0);
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
        );
        let base = &self.base;
        // Writing to a string does not fail.
        let _ = writeln!(out, "<title>{}</title>", text(&self.title));
        let _ = writeln!(out, "<id>{}</id>", text(&format!("{base}{}", self.path)));
        let _ = writeln!(
            out,
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
            text(&format!("{base}{}", self.path))
        );
        let _ = writeln!(
            out,
            "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
            text(&format!("{base}{}", self.page))
        );
        let _ = writeln!(out, "<updated>{}</updated>", stamp(newest));
        for entry in &self.entries {
            let address = text(&format!("{base}{}", entry.path));
            let _ = writeln!(
                out,
                "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
                 <author><name>{}</name></author>\n<published>{}</published>\n<updated>{}</updated>\n<content type=\"html\">{}</content>\n</entry>",
                text(&entry.title),
                text(&entry.author),
                stamp(entry.published),
                stamp(entry.updated),
                text(&entry.html),
            );
        }
        out.push_str("</feed>\n");
        out
    }
}

/// A moment as RFC 3339 has it.
fn stamp(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// Text as XML allows it: characters that XML does not know are left out, marks are escaped.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_text() {
        let entry = Entry {
            path: "/briefs/1".to_owned(),
            title: "A & B </title><script>".to_owned(),
            author: "Ann\u{0} \"Lee\"".to_owned(),
            published: 0,
            updated: 86_400,
            html: "<p>a &amp; b</p>".to_owned(),
        };
        let feed = Feed {
            title: "Briefs".to_owned(),
            base: "https://desk.example".to_owned(),
            path: "/briefs.atom".to_owned(),
            page: "/briefs".to_owned(),
            entries: vec![entry],
        };
        let xml = feed.xml();
        assert!(!xml.contains("<script") && !xml.contains('\0'), "{xml}");
        assert!(xml.contains("&lt;p&gt;a &amp;amp; b&lt;/p&gt;"), "{xml}");
        assert!(xml.contains("<updated>1970-01-02T00:00:00Z</updated>"), "{xml}");
        assert!(xml.contains("<id>https://desk.example/briefs/1</id>"), "{xml}");
    }
}
