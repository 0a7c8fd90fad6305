//! Puts claims that were coded elsewhere into a ledger, and prints the facts that they make.
//!
//! ```text
//! import CLAIMS.jsonl TEXTS/ META.jsonl LEDGER > FACTS.jsonl
//! ```
//!
//! `CLAIMS` holds one claim a line, `TEXTS` a file `<doc>.txt` for each document, `META` one object a line with `id`,
//! `title`, `outlet`, `published`, `url`. Each line printed is `{"claims": [ids], "conflict": whether they disagree}`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::{env, fs, io};

use hedgerow_codebook::Claim;
use hedgerow_ledger::{Ledger, NewDocument, facts, sha256_hex};
use hedgerow_text::Meta;
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    url: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [claims, texts, meta, ledger] = args.as_slice() else {
        return Err("usage: import CLAIMS.jsonl TEXTS/ META.jsonl LEDGER".into());
    };
    let mut ledger = Ledger::open(ledger)?;
    let mut by_doc: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for line in fs::read_to_string(claims)?.lines() {
        let claim: Claim = serde_json::from_str(line)?;
        by_doc.entry(claim.doc.clone()).or_default().push(claim);
    }
    for line in fs::read_to_string(meta)?.lines() {
        let Line { id, title, outlet, published, url } = serde_json::from_str(line)?;
        // A month alone is no day of publication.
        let published = published.and_then(|day| day.parse().ok());
        let meta = Meta { title, outlet, published, url, ..Meta::default() };
        let path = format!("{id}.txt");
        let bytes = fs::read(Path::new(texts).join(&path))?;
        ledger.add(&NewDocument {
            bytes_sha256: sha256_hex(&bytes),
            text: String::from_utf8(bytes)?,
            claims: by_doc.remove(&id).unwrap_or_default(),
            id,
            path,
            meta,
            diagnostics: Vec::new(),
            codebook: "imported".to_owned(),
            model: "none".to_owned(),
        })?;
    }
    let mut out = io::stdout().lock();
    for fact in facts(&ledger.claims()?) {
        let ids: Vec<&str> = fact.members.iter().map(|member| member.claim.as_str()).collect();
        writeln!(out, "{}", serde_json::json!({ "claims": ids, "conflict": fact.disputed }))?;
    }
    Ok(())
}
