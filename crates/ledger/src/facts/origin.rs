//! How many voices a fact rests on: outlets that copied one text are one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Lens, weigh};
use crate::ClaimRow;

/// Documents that are no evidence for each other: of one outlet, copies of one text, or reposts of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The outlets, or documents without an outlet, that print it; the earliest first.
    pub by: Vec<String>,
    /// Its documents.
    pub documents: Vec<String>,
    /// Its claims of the fact.
    pub claims: Vec<String>,
    /// Whether several outlets print one text.
    pub copied: bool,
    /// What the user recorded of the outlet that printed it first: `official`, `agency`, `state-media` ….
    pub standing: Option<String>,
}

/// What the user recorded of an outlet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Standing {
    /// The outlet, as documents name it.
    pub outlet: String,
    /// `official`, `state-media`, `agency`, `independent`, `partisan`, `unknown`.
    pub standing: Option<String>,
    /// The state that it belongs to or speaks for.
    pub state: Option<String>,
    /// The agency whose texts it prints.
    pub reposts: Option<String>,
    /// What else is to be known.
    pub note: Option<String>,
}

/// The words for [`Standing::standing`], the weightiest first.
pub const STANDINGS: [&str; 6] =
    ["official", "agency", "independent", "unknown", "partisan", "state-media"];

/// The origins of these claims, in order of their first publication.
pub(super) fn origins(rows: &[&ClaimRow], lens: &Lens) -> Vec<Origin> {
    let mut documents: BTreeMap<&str, &ClaimRow> = BTreeMap::new();
    for row in rows {
        documents.entry(&row.claim.doc).or_insert(row);
    }
    let documents: Vec<&ClaimRow> = documents.into_values().collect();
    let mut home: Vec<usize> = (0..documents.len()).collect();
    for i in 0..documents.len() {
        for j in 0..i {
            if home[i] != home[j] && one_voice(documents[i], documents[j], lens) {
                let (from, to) = (home[i].max(home[j]), home[i].min(home[j]));
                home.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            }
        }
    }
    let mut by_home: BTreeMap<usize, Vec<&ClaimRow>> = BTreeMap::new();
    for (n, document) in documents.into_iter().enumerate() {
        by_home.entry(home[n]).or_default().push(document);
    }
    let mut origins: Vec<(Option<_>, Origin)> = by_home
        .into_values()
        .map(|mut documents| {
            documents
                .sort_by_key(|row| (row.published.is_none(), row.published, row.claim.doc.clone()));
            let mut by: Vec<String> = Vec::new();
            for printer in documents.iter().map(|row| weigh::printer(row)) {
                if !by.contains(&printer) {
                    by.push(printer);
                }
            }
            let ids: BTreeSet<&str> = documents.iter().map(|row| row.claim.doc.as_str()).collect();
            let claims = rows.iter().filter(|row| ids.contains(row.claim.doc.as_str()));
            let mut known = documents.iter().filter_map(|row| lens.standing(row.outlet.as_deref()));
            let origin = Origin {
                copied: by.len() > 1,
                standing: known.find_map(|it| it.standing.clone()),
                claims: claims.map(|row| row.claim.id.clone()).collect(),
                documents: ids.into_iter().map(str::to_owned).collect(),
                by,
            };
            (documents[0].published, origin)
        })
        .collect();
    origins.sort_by(|(a, x), (b, y)| {
        (a.is_none(), a, &x.documents).cmp(&(b.is_none(), b, &y.documents))
    });
    origins.into_iter().map(|(_, origin)| origin).collect()
}

fn one_voice(a: &ClaimRow, b: &ClaimRow, lens: &Lens) -> bool {
    let source = |row: &ClaimRow| {
        let outlet = row.outlet.as_deref()?;
        let reposts = lens.standing(Some(outlet)).and_then(|it| it.reposts.clone());
        Some(reposts.unwrap_or_else(|| outlet.to_owned()).trim().to_lowercase())
    };
    let same = source(a).is_some_and(|it| Some(it) == source(b));
    let copied = || match (lens.sketches.get(&a.claim.doc), lens.sketches.get(&b.claim.doc)) {
        (Some(a), Some(b)) => a.is_copy_of(b),
        _ => false,
    };
    same || copied()
}
