//! An article exactly as received, with the evidence of its claims marked in place.
//!
//! Stretches of evidence overlap, so the text is cut wherever one begins or ends; each piece knows all claims that cover it.
//! Nothing is inserted into the text that could be seen or would move it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use hedgerow_ledger::ClaimRow;
use hedgerow_text::{Zone, ZoneKind};
use maud::{Markup, html};

use crate::{url, words};

/// A piece of the text that the same claims cover throughout.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t str,
    /// What part of the document it is in; `None` between parts.
    pub(crate) zone: Option<ZoneKind>,
    /// Positions of the claims whose evidence covers it, the shortest stretch first.
    pub(crate) claims: Vec<usize>,
    /// Whether only repetitions (`also`) cover it.
    pub(crate) repeated: bool,
    /// Positions of the claims whose main stretch begins here.
    pub(crate) begins: Vec<usize>,
}

/// Cuts the text. The pieces in order are the text, byte for byte.
pub(crate) fn pieces<'t>(text: &'t str, zones: &[Zone], claims: &[ClaimRow]) -> Vec<Piece<'t>> {
    // Length, claim, and whether it is the main stretch: in the order in which they are to be told.
    let mut opens: BTreeMap<usize, Vec<(usize, usize, bool)>> = BTreeMap::new();
    let mut cuts = BTreeSet::from([0, text.len()]);
    let mut ends = BTreeMap::new();
    for (n, row) in claims.iter().enumerate() {
        let main = std::iter::once((&row.claim.evidence, true));
        for (evidence, main) in main.chain(row.claim.also.iter().map(|also| (also, false))) {
            let (start, end) = (evidence.bstart as usize, evidence.bend as usize);
            if text.get(start..end).is_some_and(|words| !words.is_empty()) {
                cuts.extend([start, end]);
                opens.entry(start).or_default().push((end - start, n, main));
                ends.entry(end).or_insert_with(Vec::new).push((end - start, n, main));
            }
        }
    }
    for zone in zones {
        let (start, end) = (zone.span.start as usize, zone.span.end as usize);
        if text.get(start..end).is_some() {
            cuts.extend([start, end]);
        }
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut zones = zones.iter().peekable();
    let mut open: BTreeSet<(usize, usize, bool)> = BTreeSet::new();
    let mut pieces = Vec::with_capacity(cuts.len());
    for cut in cuts.windows(2) {
        let (start, end) = (cut[0], cut[1]);
        for closed in ends.remove(&start).unwrap_or_default() {
            open.remove(&closed);
        }
        let opened = opens.remove(&start).unwrap_or_default();
        open.extend(&opened);
        while zones.peek().is_some_and(|zone| zone.span.end as usize <= start) {
            zones.next();
        }
        let zone = zones.peek().filter(|zone| zone.span.start as usize <= start).map(|z| z.kind);
        let mut told = Vec::new();
        for &(_, n, _) in &open {
            if !told.contains(&n) {
                told.push(n);
            }
        }
        pieces.push(Piece {
            text: &text[start..end],
            zone,
            repeated: !open.is_empty() && open.iter().all(|&(_, _, main)| !main),
            claims: told,
            begins: opened.into_iter().filter(|open| open.2).map(|open| open.1).collect(),
        });
    }
    pieces
}

/// The text with its evidence marked. A mark leads to the card of the claim with the shortest evidence there.
pub(crate) fn html(pieces: &[Piece<'_>], claims: &[ClaimRow]) -> Markup {
    let mut rest = pieces;
    let mut zones = Vec::new();
    while let Some(first) = rest.first() {
        let n = rest.iter().take_while(|piece| piece.zone == first.zone).count();
        let (zone, after) = rest.split_at(n);
        zones.push((first.zone, zone));
        rest = after;
    }
    html! {
        @for (zone, pieces) in zones {
            @match zone {
                Some(kind) => span class={ "zone " (kind.as_str()) } { (inside(pieces, claims)) },
                None => (inside(pieces, claims)),
            }
        }
    }
}

fn inside(pieces: &[Piece<'_>], claims: &[ClaimRow]) -> Markup {
    html! {
        @for piece in pieces {
            @for &n in &piece.begins {
                span id=(url::anchor(&claims[n].claim.id)) class={ "anchor t" (n) } {}
            }
            @match piece.claims.first() {
                Some(&shortest) => a class=(classes(piece)) href={ "#" (url::card(&claims[shortest].claim.id)) }
                    title=(title(piece, claims)) { (words::shown(piece.text)) },
                None => (words::shown(piece.text)),
            }
        }
    }
}

fn classes(piece: &Piece<'_>) -> String {
    let mut classes = String::from("ev");
    if piece.repeated {
        classes.push_str(" rep");
    }
    if piece.claims.len() > 1 {
        classes.push_str(" deep");
    }
    for n in &piece.claims {
        // Writing to a string does not fail.
        let _ = write!(classes, " k{n}");
    }
    classes
}

fn title(piece: &Piece<'_>, claims: &[ClaimRow]) -> String {
    let lines = piece.claims.iter().map(|&n| crate::card::line(&claims[n].claim));
    lines.collect::<Vec<_>>().join("\n")
}

/// Rules that light up the text and the card of the claim that the address names.
pub(crate) fn style(claims: usize) -> String {
    let mut style = String::new();
    let selector = |of: &str| {
        let one = |n| format!(".reading:has(.t{n}:target) {of}.k{n}");
        (0..claims).map(one).collect::<Vec<_>>().join(",\n")
    };
    if claims > 0 {
        let _ = write!(
            style,
            "{} {{ background: var(--lit); color: var(--lit-ink); border-color: var(--lit-line); }}\n\
             {} {{ border-color: var(--lit-line); background: var(--lit-card); }}\n",
            selector(".ev"),
            selector(".card")
        );
    }
    style
}

#[cfg(test)]
mod tests {
    use hedgerow_text::Span;
    use serde_json::json;

    use super::*;

    const TEXT: &str = "Site menu\n\nVietnam – and Japan – met; both “agreed”.";

    /// A claim on these bytes, and on further ones.
    fn row(n: usize, main: (usize, usize), also: &[(usize, usize)]) -> ClaimRow {
        let evidence = |&(start, end): &(usize, usize)| json!({ "start": 0, "end": 1, "bstart": start, "bend": end, "text": "x" });
        let also: Vec<_> = also.iter().map(evidence).collect();
        serde_json::from_value(json!({
            "id": format!("d-{n:02}"), "doc": "d", "kind": "event", "type": "CONSULT",
            "actors": [], "recipients": [], "evidence": evidence(&main), "also": also,
        }))
        .unwrap()
    }

    #[test]
    fn the_pieces_are_the_text() {
        let zones = [
            Zone { span: Span::new(0, 9), kind: ZoneKind::Boilerplate },
            Zone { span: Span::new(11, TEXT.len() as u32), kind: ZoneKind::Body },
        ];
        let rows = [row(1, (11, 37), &[(39, 43)]), row(2, (23, 54), &[]), row(3, (0, 999), &[])];
        let pieces = pieces(TEXT, &zones, &rows);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), TEXT);
        let told: Vec<(&str, Vec<usize>)> =
            pieces.iter().map(|piece| (piece.text, piece.claims.clone())).collect();
        assert_eq!(
            told,
            [
                ("Site menu", vec![]),
                ("\n\n", vec![]),
                ("Vietnam – ", vec![0]),
                ("and Japan – ", vec![0, 1]),
                ("me", vec![1]),
                ("t; b", vec![0, 1]),
                ("oth “agre", vec![1]),
                ("ed”.", vec![]),
            ]
        );
        assert_eq!(pieces[0].zone, Some(ZoneKind::Boilerplate));
        assert_eq!((pieces[1].zone, pieces[2].zone), (None, Some(ZoneKind::Body)));
        assert_eq!((pieces[2].begins.clone(), pieces[3].begins.clone()), (vec![0], vec![1]));
        assert!(pieces.iter().all(|piece| !piece.repeated));
    }

    #[test]
    fn what_is_only_repeated_is_marked_so() {
        let rows = [row(1, (11, 18), &[(39, 43)])];
        let pieces = pieces(TEXT, &[], &rows);
        let repeated: Vec<&str> =
            pieces.iter().filter(|piece| piece.repeated).map(|piece| piece.text).collect();
        assert_eq!(repeated, ["t; b"]);
    }
}
