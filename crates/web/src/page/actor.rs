//! One actor: its portfolio of ties, its position between chosen rivals, and what is claimed of it lately.

use std::sync::Arc;

use hedgerow_ledger::{ClaimRow, Fact, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::hedge::{self, Hedge};
use super::map::{self, Contested};
use super::network::Network;
use super::portfolio::{self, Partner, portfolio};
use super::{Page, by_id, entry, expect_actor, paged};
use crate::app::App;
use crate::asked::{Asked, Slice};
use crate::position::Rivalry;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::ties::tied;
use crate::{Names, url, words};

/// How many facts the page lists; the pages of its pairs have the others.
const LISTED: usize = 40;

/// An actor with more claims than this is read pair by pair.
const MANY: u64 = 5_000;

/// How many claims a page of its data has.
const ON_PAGE: u64 = 200;

/// How many partners the page lists.
const PARTNERS: usize = 60;

#[derive(Debug, Serialize)]
pub(crate) struct Actor {
    code: String,
    portfolio: Vec<Partner>,
    /// One page of its claims.
    claims: Vec<ClaimRow>,
    /// Its facts, all or the latest, and their claims.
    #[serde(skip)]
    facts: Vec<Fact>,
    #[serde(skip)]
    rows: Vec<ClaimRow>,
    /// How many facts it has, where all were read.
    #[serde(skip)]
    known: Option<u64>,
    /// How many claims, and of how many documents.
    #[serde(skip)]
    all: u64,
    #[serde(skip)]
    documents: u64,
    #[serde(skip)]
    asked: Asked,
    #[serde(skip)]
    slice: Slice,
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
        data: bool,
    ) -> Result<Self, Problem> {
        expect_actor(ledger, code, app.names().knows(code))?;
        let overview = app.overview(ledger)?;
        let own = overview.actors.iter().find(|it| it.code == code);
        let (all, documents) = own.map_or((0, 0), |it| (it.claims, it.documents));
        let slice = Slice::of(asked, ON_PAGE)?.within(all)?;
        let network = Network::of(&overview, code, asked)?;
        let many = all > MANY && ledger.is_settled()?;
        let (rows, facts, partners) = if many {
            let partners = Self::pair_by_pair(app, ledger, code, &network)?;
            let codes: Vec<&str> = network.partners().map(|(it, _)| it).collect();
            let (rows, facts) = ledger.latest_of(code, &codes, LISTED)?;
            (rows, facts, partners)
        } else {
            let rows = ledger.actor(code)?;
            let facts = ledger.facts(&rows)?;
            let partners = portfolio(code, &tied(ledger, app.codebook(), &rows)?);
            (rows, facts, partners)
        };
        let claims =
            if data { ledger.actor_from(code, slice.skip(), slice.take())? } else { Vec::new() };
        Ok(Self {
            code: code.to_owned(),
            portfolio: partners,
            network,
            contested: map::contested(&app.codebook().gazetteer, code),
            claims,
            position: Self::position(app, ledger, code, asked)?,
            known: (!many).then_some(facts.len() as u64),
            rows,
            facts,
            all,
            documents,
            asked: asked.clone(),
            slice,
        })
    }

    /// The portfolio of an actor with very many claims: never more than those of one pair are read at once.
    fn pair_by_pair(
        app: &App,
        ledger: &Ledger,
        code: &str,
        network: &Network,
    ) -> Result<Vec<Partner>, Problem> {
        let mut partners = Vec::new();
        for (partner, _) in network.partners() {
            let rows = ledger.dyad(code, partner)?;
            let found = portfolio(code, &tied(ledger, app.codebook(), &rows)?);
            partners.extend(found.into_iter().filter(|it| it.code == partner));
        }
        portfolio::most_first(&mut partners);
        Ok(partners)
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
        let rows = by_id(&self.rows);
        let mut facts: Vec<&Fact> = self.facts.iter().collect();
        facts.sort_by_key(|fact| (std::cmp::Reverse(fact.end), fact.id.clone()));
        html! {
            header.head {
                p.kicker { a href="/actors" { "Actor" } " " code { (self.code) } }
                h1 { (names.of(&self.code)) }
                p.byline {
                    @if let Some(facts) = self.known { span { (words::several(facts, "fact")) } }
                    span { (words::several(self.all, "claim")) }
                    span { (words::several(self.documents, "document")) }
                    span { (words::several(self.portfolio.len() as u64, "partner")) }
                }
            }
            @if self.all == 0 { p.empty { "No document in this ledger claims anything of this actor." } }
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
            @if self.all > 0 {
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
                    @if self.known.is_none_or(|it| it > LISTED as u64) { p.note { "The latest " (LISTED) " facts; the pages of its pairs have all." } }
                    ol.entries { @for fact in facts.iter().take(LISTED) { (entry(fact, &rows, names, true)) } }
                }
            }
        }
    }

    /// The portfolio, and one page of the claims.
    fn json(&self) -> Value {
        paged(self, &url::actor(&self.code), &self.asked, self.slice, self.all)
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
