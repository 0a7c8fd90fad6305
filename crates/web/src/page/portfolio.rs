//! A state's ties by partner and domain: how many facts, cooperation and conflict apart, and the highest level that stands.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::Domain;
use hedgerow_measure::{Indicator, Series};
use maud::{Markup, html};
use serde::Serialize;

use crate::ties::Tied;
use crate::{Names, url};

/// What stands between the state and one other.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Partner {
    pub(crate) code: String,
    /// The highest level of a partnership that is told, 0 to 4.
    pub(crate) level: Option<f64>,
    pub(crate) domains: BTreeMap<Domain, Cell>,
    pub(crate) facts: usize,
}

/// Facts of one domain; each counts once, however many outlets tell it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Cell {
    /// Given, done, said, or standing.
    pub(crate) cooperation: Vec<String>,
    /// Promised.
    pub(crate) pledged: Vec<String>,
    pub(crate) conflict: Vec<String>,
    /// Told, but no measure counts them: rankings, wishes, sums without a rate.
    pub(crate) unmeasured: Vec<String>,
}

/// The partners of `who` among facts, those with most facts first.
pub(crate) fn portfolio(who: &str, tied: &[Tied]) -> Vec<Partner> {
    let mut partners: BTreeMap<&str, Partner> = BTreeMap::new();
    for it in tied {
        let codes: BTreeSet<&str> =
            it.fact.actors.iter().chain(&it.fact.recipients).map(String::as_str).collect();
        let on = |side: &[String]| side.iter().any(|it| it == who);
        for code in codes.into_iter().filter(|it| *it != who) {
            // Two who act together on a third have no tie to each other by that.
            let facing = it.fact.symmetric
                || on(&it.fact.actors) && it.fact.recipients.iter().any(|it| it == code)
                || on(&it.fact.recipients) && it.fact.actors.iter().any(|it| it == code);
            if !facing {
                continue;
            }
            let partner = partners.entry(code).or_default();
            partner.facts += 1;
            let cell = partner.domains.entry(it.domain).or_default();
            let row = it
                .rows
                .as_ref()
                .ok()
                .and_then(|rows| rows.iter().find(|row| row.partner(who) == Some(code)));
            let list = match row.map(|row| row.series) {
                Some(Series::Standing | Series::Delivered) => &mut cell.cooperation,
                Some(Series::Pledged) => &mut cell.pledged,
                Some(Series::Conflict) => &mut cell.conflict,
                None => &mut cell.unmeasured,
            };
            list.push(it.fact.id.clone());
            if let Some(row) = row.filter(|row| row.indicator == Indicator::Partnership) {
                partner.level = partner.level.into_iter().chain(row.value()).reduce(f64::max);
            }
        }
    }
    let named = partners.into_iter().map(|(code, it)| Partner { code: code.to_owned(), ..it });
    let mut partners: Vec<Partner> = named.collect();
    most_first(&mut partners);
    partners
}

/// Those with most facts first.
pub(crate) fn most_first(partners: &mut [Partner]) {
    partners.sort_by(|a, b| b.facts.cmp(&a.facts).then_with(|| a.code.cmp(&b.code)));
}

/// The portfolio as a table whose cells are the darker the more facts they hold.
pub(crate) fn table(who: &str, partners: &[Partner], names: &Names) -> Markup {
    let sum = |of: &dyn Fn(&Cell) -> usize, partner: &Partner| -> usize {
        partner.domains.values().map(of).sum()
    };
    let most =
        partners.iter().flat_map(|it| it.domains.values()).map(|it| it.cooperation.len()).max();
    let most = most.unwrap_or(1).max(1) as f64;
    // Few and many must both be told apart, so steps are of the root.
    let shade = |n: usize| format!("number h{}", (5.0 * (n as f64 / most).sqrt()).ceil());
    html! {
        div.scroll role="region" aria-label="Portfolio of ties" tabindex="0" {
            table.portfolio {
                caption { "Facts by partner and domain: what was done, given, said or stands; in brackets what was promised" }
                thead { tr {
                    th scope="col" { "With" }
                    th.number scope="col" { abbr title="Highest level of a partnership told, 0 to 4" { "Level" } }
                    @for domain in Domain::ALL { th.number scope="col" { (domain.as_str()) } }
                    th.number scope="col" { "conflict" }
                    th.number scope="col" { abbr title="Told, but counted by no measure" { "unmeasured" } }
                } }
                tbody {
                    @for partner in partners {
                        tr {
                            th scope="row" { a href=(url::dyad(who, &partner.code)) { (names.of(&partner.code)) } }
                            td.number { @if let Some(level) = partner.level { (level) } }
                            @for domain in Domain::ALL {
                                @match partner.domains.get(&domain) {
                                    Some(it) => td class=(shade(it.cooperation.len())) {
                                        @if !it.cooperation.is_empty() { (it.cooperation.len()) }
                                        @if !it.pledged.is_empty() { " " span.minor { "(" (it.pledged.len()) ")" } }
                                    },
                                    None => td.number {},
                                }
                            }
                            @let conflict = sum(&|it| it.conflict.len(), partner);
                            td class=(if conflict > 0 { "number against" } else { "number" }) { @if conflict > 0 { (conflict) } }
                            @let unmeasured = sum(&|it| it.unmeasured.len(), partner);
                            td.number { @if unmeasured > 0 { (unmeasured) } }
                        }
                    }
                }
            }
        }
    }
}
