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

/// Of how many articles with the words the most fitting are looked for.
const RANKED: i64 = 2_000;

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
    /// The articles in which all of `words` stand, the most fitting first, in their newest version; of words that stand in very many
    /// articles, the most fitting of those that were added last.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let query = query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        // Only those that are given are cut out; versions that were superseded fall away after that.
        let sql = "SELECT d.id, d.title, d.outlet, d.published, snippet(article_words, -1, '[', ']', ' … ', 24)
                     FROM article_words
                     JOIN document_version d ON d.seq = article_words.rowid
                    WHERE article_words MATCH ?1 AND article_words.rowid = ?2
                      AND NOT EXISTS (SELECT 1 FROM document_version n WHERE n.id = d.id AND n.version > d.version)";
        let mut hits = Vec::new();
        for seq in self.fitting(&query, limit)? {
            let values = [Value::Text(query.clone()), Value::Integer(seq)];
            hits.extend(self.rows(sql, values, |row| {
                Ok(Hit {
                    doc: row.get(0)?,
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    published: row.get(3)?,
                    snippet: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                })
            })?);
        }
        Ok(hits)
    }

    /// The rows of the versions that fit best.
    fn fitting(&self, query: &str, limit: usize) -> Result<Vec<i64>, Error> {
        let sql = "SELECT rowid FROM (SELECT rowid, rank AS fit FROM article_words WHERE article_words MATCH ?1
                                      ORDER BY rowid DESC LIMIT ?2)
                    ORDER BY fit, rowid LIMIT ?3";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(sql, rusqlite::params![query, RANKED, limit], |row| row.get(0))
    }

    /// The claims whose evidence holds all of `words`: of the articles that [`Ledger::search`] finds, and of documents whose
    /// text is not kept.
    pub fn search_quotes(&self, words: &str, limit: usize) -> Result<Vec<ClaimRow>, Error> {
        let hits = self.search(words, limit)?;
        self.quotes_in(words, &hits, limit)
    }

    /// The same, where the articles are found already.
    pub fn quotes_in(
        &self,
        words: &str,
        hits: &[Hit],
        limit: usize,
    ) -> Result<Vec<ClaimRow>, Error> {
        let query = query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = self.claims_where(
            "k.claim_seq IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?1 ORDER BY rank LIMIT ?2)",
            [Value::Text(query), Value::Integer(most)],
        )?;
        let wanted: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        // The words alone are read first: few claims have them all.
        let evidence = "SELECT k.seq, k.evidence FROM document_version d
                          JOIN coding c ON c.document = d.seq JOIN coded_claim k ON k.coding = c.seq
                         WHERE d.id = ?1 ORDER BY k.seq";
        for hit in hits {
            if rows.len() >= limit {
                break;
            }
            let said: Vec<(i64, String)> =
                self.rows(evidence, [&hit.doc], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let holds = |text: &str| {
                let text = text.to_lowercase();
                wanted.iter().all(|word| text.contains(word.as_str()))
            };
            let found: Vec<i64> =
                said.into_iter().filter(|(_, text)| holds(text)).map(|(seq, _)| seq).collect();
            if !found.is_empty() {
                rows.extend(self.rows_of(&found)?.0);
            }
        }
        rows.truncate(limit);
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
