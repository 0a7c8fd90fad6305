//! One actor: its portfolio of ties, its position between chosen rivals, and what is claimed of it lately.

use std::collections::BTreeSet;
use std::sync::Arc;

use hedgerow_ledger::{ClaimRow, Fact, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::hedge::{self, Hedge};
use super::map::{self, Contested};
use super::network::Network;
use super::portfolio::{self, Partner, portfolio};
use super::{Page, by_id, entry, expect_actor, ok};
use crate::app::App;
use crate::asked::Asked;
use crate::position::Rivalry;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::ties::tied;
use crate::{Names, url, words};

/// How many facts the page lists; the pages of its pairs have the others.
const LISTED: usize = 40;

/// How many partners the page lists.
const PARTNERS: usize = 60;

#[derive(Debug, Serialize)]
pub(crate) struct Actor {
    code: String,
    portfolio: Vec<Partner>,
    claims: Vec<ClaimRow>,
    #[serde(skip)]
    facts: Vec<Fact>,
    #[serde(skip)]
    position: Option<Hedge>,
    #[serde(skip)]
    network: Network,
    /// Places that it disputes with others, or calls by a name of its own.
    #[serde(skip)]
    contested: Vec<Contested>,
}

impl Actor {
    pub(crate) fn load(
        app: &App,
        ledger: &Ledger,
        code: &str,
        asked: &Asked,
    ) -> Result<Self, Problem> {
        expect_actor(ledger, code, app.names().knows(code))?;
        let claims = ledger.actor(code)?;
        let facts = ledger.facts(&claims)?;
        let tied = tied(ledger, app.codebook(), &claims)?;
        let position = Self::position(app, ledger, code, asked)?;
        Ok(Self {
            code: code.to_owned(),
            portfolio: portfolio(code, &tied),
            network: Network::of(&*app.overview(ledger)?, code, asked)?,
            contested: map::contested(&app.codebook().gazetteer, code),
            claims,
            facts,
            position,
        })
    }

    /// The position alone, where rivals are named.
    pub(crate) fn position(
        app: &App,
        ledger: &Ledger,
        code: &str,
        asked: &Asked,
    ) -> Result<Option<Hedge>, Problem> {
        let Some(rivalry) = Rivalry::of(asked, code, app.codebook())? else { return Ok(None) };
        let standing: Arc<_> = rivalry.standing(app, ledger)?;
        let by_year = asked.get("by") == Some("year");
        Ok(Some(Hedge { rivalry, standing, query: asked.with("by", ""), by_year }))
    }
}

impl Page for Actor {
    fn title(&self, names: &Names) -> String {
        names.of(&self.code).into_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        let documents: BTreeSet<&str> =
            self.claims.iter().map(|row| row.claim.doc.as_str()).collect();
        let rows = by_id(&self.claims);
        let mut facts: Vec<&Fact> = self.facts.iter().collect();
        facts.sort_by_key(|fact| (std::cmp::Reverse(fact.end), fact.id.clone()));
        html! {
            header.head {
                p.kicker { a href="/actors" { "Actor" } " " code { (self.code) } }
                h1 { (names.of(&self.code)) }
                p.byline {
                    span { (words::several(self.facts.len() as u64, "fact")) }
                    span { (words::several(self.claims.len() as u64, "claim")) }
                    span { (words::several(documents.len() as u64, "document")) }
                    span { (words::several(self.portfolio.len() as u64, "partner")) }
                }
            }
            @if self.claims.is_empty() { p.empty { "No document in this ledger claims anything of this actor." } }
            @if !self.portfolio.is_empty() {
                section aria-labelledby="partners" {
                    h2 id="partners" { "Portfolio of ties" }
                    (portfolio::table(&self.code, &self.portfolio[..self.portfolio.len().min(PARTNERS)], names))
                    p.links {
                        a href={ (url::actor(&self.code)) ".csv" } { "CSV" }
                        a href="/measures/hedge.v1" { "What counts" }
                    }
                    @if self.portfolio.len() > PARTNERS { p.note { "The " (PARTNERS) " partners with most facts; the CSV has all." } }
                }
            }
            @if !self.claims.is_empty() {
                section aria-labelledby="position" {
                    h2 id="position" { "Between two rivals" }
                    (hedge::form(self.position.as_ref().map(|it| &it.rivalry), &self.code))
                    @if let Some(position) = &self.position { (position.section(names)) }
                }
            }
            @if !self.network.is_empty() {
                section aria-labelledby="network" {
                    h2 id="network" { "Network" }
                    (self.network.section(names))
                }
                section aria-labelledby="map" {
                    h2 id="map" { "Map" }
                    (map::section(&self.code, &self.network, &self.contested, names))
                }
            }
            @if !facts.is_empty() {
                section aria-labelledby="facts" {
                    h2 id="facts" { "Latest" }
                    @if facts.len() > LISTED { p.note { "The latest " (LISTED) " of " (facts.len()) " facts; the pages of its pairs have all." } }
                    ol.entries { @for fact in facts.iter().take(LISTED) { (entry(fact, &rows, names, true)) } }
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    /// The portfolio, a row for each partner and domain.
    fn csv(&self) -> Sheet {
        let columns = [
            "actor",
            "partner",
            "level",
            "domain",
            "cooperation",
            "pledged",
            "conflict",
            "unmeasured",
            "facts",
        ];
        let mut sheet = Sheet::new(&columns);
        for partner in &self.portfolio {
            for (domain, cell) in &partner.domains {
                let lists = [&cell.cooperation, &cell.pledged, &cell.conflict, &cell.unmeasured];
                let facts: Vec<&str> = lists.into_iter().flatten().map(String::as_str).collect();
                let counts = lists.map(|it| it.len().to_string());
                let head = [
                    self.code.clone(),
                    partner.code.clone(),
                    partner.level.map(|it| it.to_string()).unwrap_or_default(),
                    domain.as_str().to_owned(),
                ];
                sheet.row(head.into_iter().chain(counts).chain([facts.join(";")]));
            }
        }
        sheet
    }
}
