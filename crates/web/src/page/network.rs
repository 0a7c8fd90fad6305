//! The network around one actor: its partners, and what is between them, as far as enough is claimed of it.

use std::collections::BTreeSet;

use hedgerow_ledger::{DyadCount, Overview};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Figure, Page, chart, ok};
use crate::asked::Asked;
use crate::network::{Alter, Between, network};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card, url, words};

/// How many partners are drawn where no threshold is asked for.
const DRAWN: usize = 20;
/// The most that are drawn, whatever is asked for: more cannot be told apart.
const MOST: usize = 60;

#[derive(Debug, Serialize)]
pub(crate) struct Network {
    code: String,
    /// A tie is drawn from this many claims on.
    least: u64,
    /// All its ties, those of which most is claimed first.
    ties: Vec<DyadCount>,
    /// Ties among the partners that are drawn.
    among: Vec<DyadCount>,
    #[serde(skip)]
    drawn: usize,
}

impl Network {
    pub(crate) fn of(overview: &Overview, code: &str, asked: &Asked) -> Result<Self, Problem> {
        let own = |it: &&DyadCount| it.a == code || it.b == code;
        let ties: Vec<DyadCount> = overview.dyads.iter().filter(own).cloned().collect();
        let usual = ties.get(DRAWN).map_or(1, |it| it.claims + 1);
        let least = match asked.number("least")? {
            Some(0) => return Err(Problem::asked("`least=0`: a tie has at least one claim")),
            Some(least) => least,
            // Where all partners have the same, none would be left.
            None if ties.first().is_some_and(|it| it.claims < usual) => 1,
            None => usual,
        };
        let enough = ties.iter().take_while(|it| it.claims >= least).count();
        let drawn = enough.min(MOST);
        let partners: BTreeSet<&str> = ties[..drawn].iter().map(|it| partner(it, code)).collect();
        let among = overview.dyads.iter().take_while(|it| it.claims >= least);
        let among = among
            .filter(|it| partners.contains(it.a.as_str()) && partners.contains(it.b.as_str()))
            .cloned()
            .collect();
        Ok(Self { code: code.to_owned(), least, among, drawn, ties })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ties.is_empty()
    }

    /// Its partners with the number of claims, for a map.
    pub(crate) fn partners(&self) -> impl Iterator<Item = (&str, &DyadCount)> {
        self.ties.iter().map(|it| (partner(it, &self.code), it))
    }

    fn drawing(&self, names: &Names) -> String {
        let alter = |tie: &DyadCount| {
            let code = partner(tie, &self.code);
            let name = names.of(code).into_owned();
            Alter {
                label: format!("{name}: {}", words::several(tie.claims, "claim")),
                href: url::dyad(&self.code, code),
                code: code.to_owned(),
                claims: tie.claims,
                name,
            }
        };
        let alters: Vec<Alter> = self.ties[..self.drawn].iter().map(alter).collect();
        let between: Between =
            self.among.iter().map(|it| ((it.a.clone(), it.b.clone()), it.claims)).collect();
        network(&names.of(&self.code), &alters, &between).0
    }

    /// The drawing with its threshold, its table and its data.
    pub(crate) fn section(&self, names: &Names) -> Markup {
        let address = url::network(&self.code);
        let drawn = self.drawn as u64;
        let note = format!(
            "Ties of {} or more: {} of {}, and what is between them. A line is the thicker the more is claimed (by the root of the number); it says nothing of friend or foe.",
            words::several(self.least, "claim"),
            words::several(drawn, "partner"),
            self.ties.len(),
        );
        let data = |ending: &str| format!("{address}{ending}?least={}", self.least);
        html! {
            form.ask action={ (address) } method="get" {
                label { span { "Ties of at least so many claims" } input type="number" name="least" min="1" value=(self.least) required size="6"; }
                button type="submit" { "Draw" }
            }
            @if self.drawn == 0 { p.empty { "No tie has so many claims." } }
            @else {
                (chart(&Figure {
                    svg: &self.drawing(names),
                    label: "Network",
                    note: &note,
                    data: data(".csv"),
                    alone: Some(data(".svg")),
                    method: None,
                }, &self.table(names)))
            }
        }
    }

    fn table(&self, names: &Names) -> Markup {
        let rows = self.ties[..self.drawn].iter().chain(&self.among);
        html! {
            div.scroll role="region" aria-label="Ties" tabindex="0" {
                table {
                    thead { tr { th scope="col" { "Between" } th.number scope="col" { "Claims" } th.number scope="col" { "Documents" } } }
                    tbody {
                        @for it in rows {
                            tr {
                                th scope="row" { a href=(url::dyad(&it.a, &it.b)) { (names.of(&it.a)) " – " (names.of(&it.b)) } }
                                td.number { (it.claims) }
                                td.number { (it.documents) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn partner<'t>(tie: &'t DyadCount, code: &str) -> &'t str {
    if tie.a == code { &tie.b } else { &tie.a }
}

impl Page for Network {
    fn title(&self, names: &Names) -> String {
        format!("The network around {}", names.of(&self.code))
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head {
                p.kicker { a href=(url::actor(&self.code)) { "Actor" } " " code { (self.code) } }
                h1 { "The network around " (card::actor(&self.code, names)) }
            }
            (self.section(names))
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["a", "b", "claims", "documents", "own"]);
        let own = self.ties.iter().take_while(|it| it.claims >= self.least).map(|it| (it, true));
        for (it, own) in own.chain(self.among.iter().map(|it| (it, false))) {
            let (claims, documents) = (it.claims.to_string(), it.documents.to_string());
            sheet.row([it.a.clone(), it.b.clone(), claims, documents, own.to_string()]);
        }
        sheet
    }

    fn svg(&self, names: &Names) -> Option<String> {
        Some(self.drawing(names))
    }
}
