//! With whom a state has to do, on a map that leaves nobody out: small states and disputed places have a tile, parties without a
//! place stand beside it, and of a contested place every name is told with whose it is.

use std::collections::BTreeMap;

use hedgerow_codebook::gazetteer::{Gazetteer, Place};
use maud::{Markup, PreEscaped, html};

use super::network::Network;
use crate::map::{Tile, has, map};
use crate::{Names, card, url, words};

/// A place that several claim, or that has several names of which each is somebody's.
#[derive(Debug)]
pub(crate) struct Contested {
    name: String,
    /// Names by whose they are, in the order of the gazetteer.
    names: Vec<(String, String)>,
    claimants: Vec<String>,
}

/// The contested places that have to do with `code`: it claims them, or has a name of its own for them.
pub(crate) fn contested(gazetteer: &Gazetteer, code: &str) -> Vec<Contested> {
    let concerns = |it: &&Place| {
        it.claimants.iter().any(|claimant| &**claimant == code)
            || it.own_names.iter().any(|(_, whose)| &**whose == code)
    };
    let whole = |it: &Place| Contested {
        name: it.name.to_string(),
        names: it
            .own_names
            .iter()
            .map(|(name, whose)| (name.to_string(), whose.to_string()))
            .collect(),
        claimants: it.claimants.iter().map(ToString::to_string).collect(),
    };
    let disputed = |it: &&Place| it.claimants.len() > 1 || !it.own_names.is_empty();
    gazetteer.places().iter().filter(concerns).filter(disputed).map(whole).collect()
}

/// The map of an actor's partners, and beside it what no map can show.
pub(crate) fn section(
    code: &str,
    network: &Network,
    contested: &[Contested],
    names: &Names,
) -> Markup {
    let label = |partner: &str, claims: u64| {
        format!("{}: {}", names.of(partner), words::several(claims, "claim"))
    };
    let tile = |(partner, tie): (&str, u64)| Tile {
        number: tie,
        label: label(partner, tie),
        href: url::dyad(code, partner),
    };
    let all: Vec<(&str, u64)> = network.partners().map(|(it, tie)| (it, tie.claims)).collect();
    let (placed, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(it, _)| has(it));
    let shown: BTreeMap<&str, Tile> = placed.into_iter().map(|it| (it.0, tile(it))).collect();
    let title = format!("Claims between {} and each state", names.of(code));
    html! {
        figure.chart {
            div.scroll role="region" aria-label="Map of tiles" tabindex="0" { (PreEscaped(map(&title, Some(code), &shown).0)) }
            figcaption { p { "A tile for every state and every place that acts in its own name; the darker, the more is claimed. Tiles say nothing of size, borders or recognition." } }
            @if !others.is_empty() {
                p.cloud { span.minor { "Without a place on a map: " } @for (partner, claims) in &others { a.actor href=(url::dyad(code, partner)) { (names.of(partner)) } " " span.minor { (claims) } " " } }
            }
        }
        @if !contested.is_empty() {
            details.more {
                summary { (words::several(contested.len() as u64, "contested place")) " that it claims, or has a name of its own for" }
                div.scroll role="region" aria-label="Contested places" tabindex="0" {
                    table {
                        thead { tr { th scope="col" { "Commonly" } th scope="col" { "Names, and whose" } th scope="col" { "Claimed by" } } }
                        tbody {
                            @for it in contested {
                                tr {
                                    th scope="row" { (it.name) }
                                    td { @for (n, (name, whose)) in it.names.iter().enumerate() { @if n > 0 { ", " } (name) " (" (names.of(whose)) ")" } }
                                    td { (card::codes(&it.claimants, names)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
