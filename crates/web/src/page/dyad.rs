//! A pair of actors: the ladder of their ties, events by date, flows with pledged and delivered apart, what became of promises,
//! where reports disagree, stances by who holds them.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::claim::{Kind, Modality};
use hedgerow_ledger::{ClaimRow, Commitment, Fact, Ledger, Section};
use hedgerow_people::SubjectKind;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};

use super::pledges::{promised, tally, tracker};
use super::{Page, Rows, by_id, entry, expect_actor, facts_sheet, paged, pager, range};
use crate::app::App;
use crate::asked::{Asked, Slice};
use crate::ladder::{RUNGS, Step, ladder};
use crate::people::Talked;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::timeline::{Lane, Mark, timeline};
use crate::{Names, card, url, words};

/// How many facts a part of the whole sheet lists, the latest; the page of that part has the others.
const LISTED: usize = 12;
/// How many facts the page of one part has.
const ON_PAGE: u64 = 100;
/// How many marks a drawing has at most, the latest: more cannot be told apart.
const MARKS: usize = 600;
/// How many disputes the whole sheet lists.
const DISPUTES: usize = 20;
/// A pair with more claims than this is not read whole for its sheet.
const MANY: u64 = 1_500;
/// How many facts of each part are read for the sheet of such a pair, the latest.
const LATEST: usize = 150;

/// A part of the sheet that can be read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Disputes,
    Ties,
    Events,
    Flows,
    Stances,
}

impl Part {
    const ALL: [Self; 5] = [Self::Disputes, Self::Ties, Self::Events, Self::Flows, Self::Stances];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Disputes => "disputes",
            Self::Ties => "ties",
            Self::Events => "events",
            Self::Flows => "flows",
            Self::Stances => "stances",
        }
    }

    fn holds(self, fact: &Fact) -> bool {
        match self {
            Self::Disputes => fact.disputed,
            Self::Ties => fact.kind == Kind::Tie,
            Self::Events => fact.kind == Kind::Event,
            Self::Flows => fact.kind == Kind::Flow,
            Self::Stances => fact.kind == Kind::Stance,
        }
    }

    const fn has(self, section: Section) -> bool {
        match self {
            Self::Disputes => false,
            Self::Ties => matches!(section, Section::Ties),
            Self::Events => matches!(section, Section::Events),
            Self::Flows => matches!(section, Section::Given | Section::Promised | Section::Open),
            Self::Stances => matches!(section, Section::Stances),
        }
    }

    /// What a query asks for.
    fn of(asked: &Asked) -> Result<Option<Self>, Problem> {
        let Some(name) = asked.get("show") else { return Ok(None) };
        let known = Self::ALL.into_iter().find(|it| it.as_str() == name);
        known.map(Some).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            Problem::asked(format!("`show={name}` is no part of the sheet"))
                .hint(format!("there are {names}"))
        })
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Dyad {
    a: String,
    b: String,
    facts: Vec<Fact>,
    claims: Vec<ClaimRow>,
    /// What each promised the other.
    commitments: [Vec<Commitment>; 2],
    /// Place on the ladder of partnerships by fact, where its level has one.
    levels: BTreeMap<String, f64>,
    /// The one part that is asked for.
    #[serde(skip)]
    show: Option<Part>,
    #[serde(skip)]
    asked: Asked,
    #[serde(skip)]
    slice: Slice,
    #[serde(skip)]
    totals: Totals,
}

/// How much the pair has, of which the latest may have been read alone.
#[derive(Debug, Default)]
struct Totals {
    claims: u64,
    documents: u64,
    facts: u64,
    parts: [u64; Part::ALL.len()],
    /// Whether all of it was read.
    whole: bool,
}

impl Totals {
    fn of(facts: &[Fact], claims: &[ClaimRow]) -> Self {
        let documents: BTreeSet<&str> = claims.iter().map(|row| row.claim.doc.as_str()).collect();
        Self {
            claims: claims.len() as u64,
            documents: documents.len() as u64,
            facts: facts.len() as u64,
            parts: Part::ALL.map(|part| facts.iter().filter(|it| part.holds(it)).count() as u64),
            whole: true,
        }
    }

    /// As the sheet tells, and how many disputes there are.
    fn told(sheet: &hedgerow_ledger::Sheet, disputes: u64) -> Self {
        let of = |part: Part| match part {
            Part::Disputes => disputes,
            _ => sheet.parts.iter().filter(|it| part.has(it.section)).map(|it| it.total).sum(),
        };
        Self {
            claims: sheet.extent.claims,
            documents: sheet.extent.documents,
            facts: sheet.facts(),
            parts: Part::ALL.map(of),
            whole: false,
        }
    }
}

impl Dyad {
    /// `data` where all of it is wanted, however much that is.
    pub(crate) fn load(
        app: &App,
        ledger: &Ledger,
        [a, b]: [&str; 2],
        asked: Asked,
        data: bool,
    ) -> Result<Self, Problem> {
        expect_actor(ledger, a, app.names().knows(a))?;
        expect_actor(ledger, b, app.names().knows(b))?;
        if a == b {
            let problem = Problem::missing("a pair needs two different actors");
            return Err(problem.hint(format!("the page of one actor is {}", url::actor(a))));
        }
        let (show, slice) = (Part::of(&asked)?, Slice::of(&asked, ON_PAGE)?);
        let many = ledger.settled_extent(a, b)?.is_some_and(|it| it.claims > MANY);
        let (facts, claims, totals) = if many && show.is_none() && !data {
            let sheet = ledger.sheet(a, b, LATEST)?;
            let totals = Totals::told(&sheet, ledger.disputes(a, b)?);
            let shown =
                sheet.differing.into_iter().chain(sheet.parts.into_iter().flat_map(|it| it.facts));
            let facts: BTreeMap<String, Fact> =
                shown.map(|it| (it.fact.id.clone(), it.fact)).collect();
            (facts.into_values().collect(), sheet.rows, totals)
        } else {
            let claims = ledger.dyad(a, b)?;
            let facts = ledger.facts(&claims)?;
            let totals = Totals::of(&facts, &claims);
            (facts, claims, totals)
        };
        let lens = ledger.lens(&claims)?;
        let all = facts.iter().filter(|fact| show.is_none_or(|it| it.holds(fact))).count();
        let slice = slice.within(all as u64)?;
        let level = |fact: &Fact| {
            let place = app.codebook().ladder.place(fact.label.as_deref()?)?;
            Some((fact.id.clone(), place))
        };
        let partnerships =
            facts.iter().filter(|it| it.kind == Kind::Tie && it.type_ == "partnership");
        Ok(Self {
            levels: partnerships.filter_map(level).collect(),
            commitments: [(a, b), (b, a)].map(|(a, b)| promised(a, b, &facts, &claims, &lens)),
            a: a.to_owned(),
            b: b.to_owned(),
            facts,
            claims,
            show,
            asked,
            slice,
            totals,
        })
    }

    /// How many facts a part has, read or not.
    fn count(&self, part: Part) -> u64 {
        self.totals.parts[part as usize]
    }

    fn of(&self, part: Part) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> = self.facts.iter().filter(|fact| part.holds(fact)).collect();
        facts.sort_by_key(|fact| (fact.start.is_none(), fact.start, fact.end));
        facts
    }

    fn shows(&self, part: Part) -> bool {
        self.show.is_none_or(|it| it == part)
    }

    /// Those that are listed: of the whole sheet the latest, else those of the page that is asked for.
    fn part<'f>(&self, facts: &[&'f Fact]) -> Vec<&'f Fact> {
        if self.show.is_some() {
            return facts.iter().skip(self.slice.skip()).take(self.slice.take()).copied().collect();
        }
        let dated = facts.iter().filter(|it| it.start.is_some()).count();
        let latest = dated.saturating_sub(LISTED);
        facts.iter().skip(latest).take(2 * LISTED).copied().collect()
    }

    /// The way to the facts of a part that are not listed here.
    fn rest(&self, part: Part, all: u64) -> Markup {
        let path = url::dyad(&self.a, &self.b);
        html! {
            @if self.show.is_some() { (pager(&path, &self.asked, self.slice, all)) }
            @else if all > LISTED as u64 {
                p.links { a href={ (path) "?show=" (part.as_str()) } { "All " (words::several(all, "fact")) } span.minor { "the latest " (LISTED) " are shown" } }
            }
        }
    }
}

impl Page for Dyad {
    fn title(&self, names: &Names) -> String {
        format!("{} and {}", names.of(&self.a), names.of(&self.b))
    }

    fn talked(&self) -> Option<Talked> {
        Some(Talked::one(SubjectKind::Dyad, &format!("{}/{}", self.a, self.b)))
    }

    fn html(&self, names: &Names) -> Markup {
        let rows = by_id(&self.claims);
        let (ties, events) = (self.of(Part::Ties), self.of(Part::Events));
        let (flows, stances) = (self.of(Part::Flows), self.of(Part::Stances));
        let stage = |fact: &&Fact, wanted: &str| fact.stage.as_deref() == Some(wanted);
        let listed = if self.show.is_some() { self.part(&flows) } else { flows.clone() };
        let (delivered, rest): (Vec<&Fact>, Vec<&Fact>) =
            listed.into_iter().partition(|fact| stage(fact, "delivered"));
        let (collapsed, promised): (Vec<&Fact>, Vec<&Fact>) =
            rest.into_iter().partition(|fact| stage(fact, "collapsed"));
        let most = if self.show.is_some() { usize::MAX } else { LISTED };
        let promises: usize = self.commitments.iter().map(Vec::len).sum();
        let disputes = self.of(Part::Disputes);
        html! {
            header.head {
                p.kicker { a href="/dyads" { "Pair" } " " code { (self.a) } " " code { (self.b) } }
                h1 { (card::actor(&self.a, names)) " and " (card::actor(&self.b, names)) }
                p.byline {
                    span { (words::several(self.totals.facts, "fact")) }
                    span { (words::several(self.totals.claims, "claim")) }
                    span { (words::several(self.totals.documents, "document")) }
                }
            }
            @if self.claims.is_empty() {
                p.empty { "No document in this ledger claims anything between these two." }
            } @else {
                nav.contents aria-label="On this page" {
                    @for (n, id, label) in [
                        (self.count(Part::Disputes), "disputes", "Reports disagree"), (self.count(Part::Ties), "ties", "Standing ties"),
                        (self.count(Part::Events), "events", "Events"), (self.count(Part::Flows), "flows", "Flows"),
                        (promises as u64, "promises", "Promises"), (self.count(Part::Stances), "stances", "Stances"),
                    ] { @if n > 0 { a href=(self.to(id)) aria-current=[self.show.filter(|it| it.as_str() == id).map(|_| "page")] { (label) " " span.minor { (n) } } } }
                    @if self.show.is_some() { a href=(url::dyad(&self.a, &self.b)) { "The whole sheet" } }
                }
            }
            @if !self.totals.whole {
                p.note { "There is much between these two: of each part the latest " (LATEST) " facts are read and drawn here, and promises are followed among these. The parts by themselves have everything." }
            }
            @if !disputes.is_empty() && self.shows(Part::Disputes) {
                section aria-labelledby="disputes" {
                    h2 id="disputes" { "Where reports disagree" }
                    @if self.show.is_some() { (disputed(&self.part(&disputes))) (self.rest(Part::Disputes, self.count(Part::Disputes))) }
                    @else {
                        (disputed(&disputes[..disputes.len().min(DISPUTES)]))
                        @if self.count(Part::Disputes) > disputes.len().min(DISPUTES) as u64 { p.links { a href={ (url::dyad(&self.a, &self.b)) "?show=disputes" } { "All " (self.count(Part::Disputes)) " disputes" } } }
                    }
                }
            }
            @if !ties.is_empty() && self.shows(Part::Ties) {
                section aria-labelledby="ties" {
                    h2 id="ties" { "Standing ties" }
                    (self.ladder(&ties))
                    p.links { a href={ (url::dyad(&self.a, &self.b)) ".csv" } { "CSV" } }
                    (list(&self.part(&ties), &rows, names))
                    (self.rest(Part::Ties, self.count(Part::Ties)))
                }
            }
            @if !events.is_empty() && self.shows(Part::Events) {
                section aria-labelledby="events" {
                    h2 id="events" { "Events" }
                    (timeline(&self.lanes(&events, &rows, names)))
                    p.links { a href={ (url::dyad(&self.a, &self.b)) ".csv" } { "CSV" } a href="/codebook" { "What the types mean" } }
                    @if events.len() > MARKS { p.note { "The latest " (MARKS) " are drawn." } }
                    (list(&self.part(&events), &rows, names))
                    (self.rest(Part::Events, self.count(Part::Events)))
                }
            }
            @if !flows.is_empty() && self.shows(Part::Flows) {
                section aria-labelledby="flows" {
                    h2 id="flows" { "Flows" }
                    p.note { "What was promised and what came are kept apart: neither is counted in the other." }
                    div.apart {
                        (flow_list(["Delivered", "Nothing is reported as delivered."], &delivered, most, &rows, names))
                        (flow_list(["Promised, agreed or expected", "Nothing is reported as promised."], &promised, most, &rows, names))
                    }
                    @if !collapsed.is_empty() { (flow_list(["Denied or collapsed", ""], &collapsed, most, &rows, names)) }
                    @let shown = [&delivered, &promised, &collapsed].map(|it| it.len().min(LISTED)).iter().sum::<usize>();
                    @if self.show.is_some() || (shown as u64) < self.count(Part::Flows) { (self.rest(Part::Flows, self.count(Part::Flows).max(LISTED as u64 + 1))) }
                }
            }
            @if promises > 0 && self.show.is_none() {
                section aria-labelledby="promises" {
                    h2 id="promises" { "What came of promises" }
                    p.note { "Stages of one commitment stand side by side and are never added up." }
                    @for (n, (from, to)) in [(&self.a, &self.b), (&self.b, &self.a)].into_iter().enumerate() {
                        @if !self.commitments[n].is_empty() {
                            h3.holder { (card::actor(from, names)) (card::arrow()) (card::actor(to, names)) " " a.minor href=(url::pledges(from, to)) { (tally(&self.commitments[n])) } }
                            (tracker(&self.commitments[n][..self.commitments[n].len().min(LISTED)], &rows, names))
                        }
                    }
                }
            }
            @if !stances.is_empty() && self.shows(Part::Stances) {
                section aria-labelledby="stances" {
                    h2 id="stances" { "Stances" }
                    div.apart {
                        @for (holders, held) in by_holder(&self.part(&stances)) {
                            div {
                                h3.holder { "Held by " (card::codes(&holders, names)) }
                                (list(&held, &rows, names))
                            }
                        }
                    }
                    (self.rest(Part::Stances, self.count(Part::Stances)))
                }
            }
        }
    }

    /// The facts of a page with their claims; what was promised is there whole on the first.
    fn json(&self) -> Value {
        let wanted = |fact: &&Fact| self.show.is_none_or(|it| it.holds(fact));
        let all = self.facts.iter().filter(wanted).count() as u64;
        let facts: Vec<&Fact> = self
            .facts
            .iter()
            .filter(wanted)
            .skip(self.slice.skip())
            .take(self.slice.take())
            .collect();
        let members: BTreeSet<&str> =
            facts.iter().flat_map(|it| &it.members).map(|it| it.claim.as_str()).collect();
        let claims: Vec<&ClaimRow> =
            self.claims.iter().filter(|row| members.contains(row.claim.id.as_str())).collect();
        let levels: BTreeMap<&str, f64> = facts
            .iter()
            .filter_map(|it| Some((it.id.as_str(), *self.levels.get(&it.id)?)))
            .collect();
        let path = url::dyad(&self.a, &self.b);
        let content = json!({
            "a": self.a, "b": self.b, "facts": facts, "claims": claims, "levels": levels,
            "commitments": if self.slice.page == 1 { json!(self.commitments) } else { json!([[], []]) },
        });
        paged(&content, &path, &self.asked, self.slice, all)
    }

    fn csv(&self) -> Sheet {
        facts_sheet(&self.facts, &by_id(&self.claims))
    }
}

impl Dyad {
    /// Where a part of the sheet is: on this page, or on its own.
    fn to(&self, id: &str) -> String {
        match self.show {
            None => format!("#{id}"),
            Some(_) if id == "promises" => format!("{}#{id}", url::dyad(&self.a, &self.b)),
            Some(_) => format!("{}?show={id}", url::dyad(&self.a, &self.b)),
        }
    }

    /// Where a mark leads: to the fact in the list under it, or to its page.
    fn mark(listed: &[&Fact], fact: &Fact) -> String {
        let here = listed.iter().any(|it| it.id == fact.id);
        if here { format!("#{}", url::part(&fact.id)) } else { url::fact(&fact.id) }
    }

    /// The levels of the partnership in time, and as a table.
    fn ladder(&self, ties: &[&Fact]) -> Markup {
        let placed = ties.iter().filter_map(|fact| Some((*fact, *self.levels.get(&fact.id)?)));
        let placed: Vec<(&Fact, f64)> = placed.collect();
        let when = |fact: &Fact| {
            let (start, end) = fact.start.zip(fact.end)?;
            Some(words::period(start, end, fact.precision))
        };
        let listed = self.part(ties);
        let label = |fact: &Fact| words::flowing(fact.label.as_deref().unwrap_or_default());
        let step = |(fact, level): &(&Fact, f64)| {
            let (start, end) = fact.start.zip(fact.end)?;
            Some(Step {
                start,
                end,
                precision: fact.precision,
                level: *level,
                label: format!("{}, {}", label(fact), when(fact)?),
                href: Self::mark(&listed, fact),
            })
        };
        let steps: Vec<Step> = placed.iter().filter_map(step).collect();
        let until: Option<Date> = self.claims.iter().filter_map(|row| row.published).max();
        let until = until.or_else(|| steps.iter().map(|it| it.end).max());
        html! {
            @if let Some(until) = until.filter(|_| !steps.is_empty()) {
                (ladder(&steps, until))
                details.more {
                    summary { "The ladder as a table" }
                    div.scroll role="region" aria-label="Levels" tabindex="0" {
                        table {
                            thead { tr { th scope="col" { "When" } th.number scope="col" { "Level" } th scope="col" { "Rung" } th scope="col" { "In the words of the text" } th scope="col" { "Fact" } } }
                            tbody {
                                @for (fact, level) in &placed {
                                    tr {
                                        th scope="row" { (when(fact).unwrap_or_else(|| "no date given".to_owned())) }
                                        td.number { (level) }
                                        td { (RUNGS[(level.floor() as usize).min(RUNGS.len() - 1)]) }
                                        td dir="auto" { (label(fact)) }
                                        td { a href=(url::fact(&fact.id)) { (fact.id) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The dated events in three lanes: one for each direction, one for what both did together.
    fn lanes(&self, events: &[&Fact], rows: &Rows<'_>, names: &Names) -> Vec<Lane> {
        let (a, b) = (names.of(&self.a), names.of(&self.b));
        let label = [format!("{a} → {b}"), "together".to_owned(), format!("{b} → {a}")];
        let mut lanes: Vec<Lane> =
            label.into_iter().map(|label| Lane { label, marks: Vec::new() }).collect();
        let listed = self.part(events);
        let drawn = events.iter().filter(|it| it.start.is_some());
        let drawn: Vec<&&Fact> = drawn.collect();
        for fact in &drawn[drawn.len().saturating_sub(MARKS)..] {
            let Some((start, end)) = fact.start.zip(fact.end) else { continue };
            let lane = match (fact.symmetric, fact.actors.contains(&self.a)) {
                (true, _) => 1,
                (false, true) => 0,
                (false, false) => 2,
            };
            let what = words::what(fact.kind, &fact.type_, fact.mode.as_deref(), None);
            let when = words::period(start, end, fact.precision);
            lanes[lane].marks.push(Mark {
                start,
                end,
                precision: fact.precision,
                conflict: words::is_conflict(&fact.type_),
                happened: happened(fact, rows),
                label: format!("{what}, {when}"),
                href: Self::mark(&listed, fact),
            });
        }
        lanes
    }
}

/// Whether some claim says that it has happened.
fn happened(fact: &Fact, rows: &Rows<'_>) -> bool {
    fact.members.iter().any(|member| {
        rows.get(member.claim.as_str()).is_some_and(|row| {
            matches!(row.claim.modality, Modality::Actual | Modality::HistoricalBackground)
        })
    })
}

/// Facts on which reports disagree, with the figures and by what factor they differ.
fn disputed(facts: &[&Fact]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Where reports disagree" tabindex="0" {
            table {
                thead { tr { th scope="col" { "Fact" } th scope="col" { "Figures" } th.number scope="col" { "Factor" } th.number scope="col" { "Independent voices" } } }
                tbody {
                    @for fact in facts {
                        tr {
                            th scope="row" {
                                a href=(url::fact(&fact.id)) { (words::what(fact.kind, &fact.type_, fact.mode.as_deref(), fact.polarity)) }
                                @if let Some((start, end)) = fact.start.zip(fact.end) { ", " (words::period(start, end, fact.precision)) }
                            }
                            td { @for figures in &fact.figures { (range(figures)) br; } }
                            td.number { @if let Some(factor) = fact.factor.filter(|it| *it >= 1.01) { (words::figure(factor)) } }
                            td.number { (fact.origins.len()) }
                        }
                    }
                }
            }
        }
    }
}

fn list(facts: &[&Fact], rows: &Rows<'_>, names: &Names) -> Markup {
    html! { ol.entries { @for fact in facts { (entry(fact, rows, names, true)) } } }
}

/// The latest `most` of these flows.
fn flow_list(
    [heading, none]: [&str; 2],
    facts: &[&Fact],
    most: usize,
    rows: &Rows<'_>,
    names: &Names,
) -> Markup {
    html! {
        div {
            h3.holder { (heading) }
            @if facts.is_empty() { p.empty { (none) } } @else { (list(&facts[facts.len().saturating_sub(most)..], rows, names)) }
        }
    }
}

/// Stances by the parties that hold them.
fn by_holder<'a>(stances: &[&'a Fact]) -> BTreeMap<Vec<String>, Vec<&'a Fact>> {
    let mut holders: BTreeMap<Vec<String>, Vec<&Fact>> = BTreeMap::new();
    for fact in stances {
        holders.entry(fact.actors.clone()).or_default().push(fact);
    }
    holders
}
