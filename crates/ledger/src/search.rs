//! Full-text search over articles and quotes.

use rusqlite::types::Value;
use serde::Serialize;

use crate::{ClaimRow, Error, Ledger};

/// An article in which the words stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The document's id.
    pub doc: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// When (ISO 8601).
    pub published: Option<String>,
    /// Where the words stand, marked with `[` and `]`.
    pub snippet: String,
}

/// What `words` mean to the index: each word as it is, all of them required; `"…"` a phrase, a `*` at the end any ending.
fn query(words: &str) -> String {
    let mut terms = Vec::new();
    for (n, part) in words.split('"').enumerate() {
        if n % 2 == 1 && part.chars().any(char::is_alphanumeric) {
            terms.push(format!("\"{}\"", part.trim()));
            continue;
        }
        for word in part.split_whitespace() {
            let (bare, star) = word.strip_suffix('*').map_or((word, ""), |it| (it, "*"));
            if bare.chars().any(char::is_alphanumeric) {
                terms.push(format!("\"{bare}\"{star}"));
            }
        }
    }
    terms.join(" ")
}

impl Ledger {
    /// The articles in which all of `words` stand, the most fitting first, in their newest version.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let query = query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        // Only as many are ranked and cut out as are asked for; versions that were superseded fall away after that.
        let sql = "SELECT d.id, d.title, d.outlet, d.published, snippet(article_words, -1, '[', ']', ' … ', 24)
                     FROM article_words
                     JOIN document_version d ON d.seq = article_words.rowid
                    WHERE article_words MATCH ?1
                      AND NOT EXISTS (SELECT 1 FROM document_version n WHERE n.id = d.id AND n.version > d.version)
                    ORDER BY rank LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(sql, [Value::Text(query), Value::Integer(limit)], |row| {
            Ok(Hit {
                doc: row.get(0)?,
                title: row.get(1)?,
                outlet: row.get(2)?,
                published: row.get(3)?,
                snippet: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            })
        })
    }

    /// The claims whose evidence holds all of `words`: of the articles that [`Ledger::search`] finds, and of documents whose
    /// text is not kept.
    pub fn search_quotes(&self, words: &str, limit: usize) -> Result<Vec<ClaimRow>, Error> {
        let query = query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = self.claims_where(
            "k.claim_seq IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?1 ORDER BY rank LIMIT ?2)",
            [Value::Text(query), Value::Integer(limit)],
        )?;
        let wanted: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        for hit in self.search(words, usize::try_from(limit).unwrap_or(usize::MAX))? {
            rows.extend(self.claims_of(&hit.doc)?.into_iter().filter(|row| {
                let evidence = row.claim.evidence.text.to_lowercase();
                wanted.iter().all(|word| evidence.contains(word.as_str()))
            }));
        }
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn operators_of_the_index_are_plain_words() {
        assert_eq!(query("patrol boats"), r#""patrol" "boats""#);
        assert_eq!(query(r#"NOT "status quo" OR sea*"#), r#""NOT" "status quo" "OR" "sea"*"#);
        assert_eq!(query(r#"" - ( *"#), "");
    }
}
