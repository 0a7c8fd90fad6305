//! The review queue: one claim after the other, with what is needed to judge it.

use std::collections::BTreeMap;

use hedgerow_ledger::{
    Agreement, ClaimRow, DecisionRow, Fact, Judged, Ledger, Queue, Sampled, Share, agreement,
    estimate,
};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::decisions::history;
use super::{Page, actor, claims_sheet, ok, range};
use crate::app::App;
use crate::asked::{Asked, query};
use crate::card::{self, Place};
use crate::desk::{Desk, Visit};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, url, words};

/// How many claims are looked ahead; a queue says so where there are more.
const AHEAD: usize = 500;
/// How many claims a random audit draws, and from which seed.
const AUDIT: (usize, &str) = (200, "1");
/// How many characters are shown before and after the evidence.
const AROUND: usize = 320;
/// How many other reports of the fact are shown.
const OTHERS: usize = 5;

/// In which order claims come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Which {
    Confidence,
    Contradiction,
    Influence,
    /// Drawn at random, so that it says how far the coder can be trusted; never mixed with the others.
    Audit,
    /// Of the audit's claims those that somebody else judged, without saying how: so reviewers can be compared.
    Second,
    /// The claims of one document, in the order of its text.
    Document,
    /// One claim alone.
    Claim,
}

impl Which {
    pub(crate) const OFFERED: [Self; 5] =
        [Self::Contradiction, Self::Confidence, Self::Influence, Self::Audit, Self::Second];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Confidence => "confidence",
            Self::Contradiction => "contradiction",
            Self::Influence => "influence",
            Self::Audit => "audit",
            Self::Second => "second",
            Self::Document => "document",
            Self::Claim => "claim",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Confidence => "Least sure first",
            Self::Contradiction => "Where reports disagree",
            Self::Influence => "What moves a position most",
            Self::Audit => "Random audit",
            Self::Second => "Second reading",
            Self::Document => "One document",
            Self::Claim => "One claim",
        }
    }

    const fn gloss(self) -> &'static str {
        match self {
            Self::Confidence => "Claims of which the coder is least sure.",
            Self::Contradiction => {
                "Claims of facts on which reports disagree, those whose figures lie furthest apart first."
            }
            Self::Influence => {
                "Claims that shift the position of a state between two rivals, the furthest first."
            }
            Self::Audit => {
                "Claims drawn at random, never by interest. Nobody chooses them, so they say how far the rest can be trusted."
            }
            Self::Second => {
                "Claims of the audit that somebody else has judged. How is not told before you have: so it can be said how far reviewers agree. A claim that was rejected stays so."
            }
            Self::Document => "The claims of one document in the order of its text.",
            Self::Claim => "",
        }
    }

    /// What a query asks for.
    pub(crate) fn of(asked: &Asked) -> Result<Self, Problem> {
        if asked.get("claim").is_some() {
            return Ok(Self::Claim);
        }
        if asked.get("doc").is_some() {
            return Ok(Self::Document);
        }
        let Some(name) = asked.get("queue") else { return Ok(Self::Contradiction) };
        let known = Self::OFFERED.into_iter().find(|it| it.as_str() == name);
        known.ok_or_else(|| {
            let names = Self::OFFERED.map(Self::as_str).join(", ");
            Problem::asked(format!("there is no queue “{name}”")).hint(format!("there are {names}"))
        })
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Review {
    queue: Which,
    /// How many claims wait, as far as was looked ahead.
    waiting: usize,
    /// How many of them were passed over.
    skip: usize,
    item: Option<Item>,
    /// What was just decided.
    done: Option<DecisionRow>,
    /// What the audit says so far.
    audit: Vec<Stratum>,
    /// How far reviewers agree.
    agreement: Agreement,
    #[serde(skip)]
    asked: Asked,
    #[serde(skip)]
    visit: Option<Visit>,
}

/// The claim to be judged.
#[derive(Debug, Serialize)]
struct Item {
    claim: ClaimRow,
    before: String,
    after: String,
    fact: Option<Fact>,
    /// Other claims of that fact.
    others: Vec<ClaimRow>,
    decisions: Vec<DecisionRow>,
    /// How many decisions there are on it; a second reader is not told which.
    seen: usize,
}

/// What an audit says of one kind of claim.
#[derive(Debug, Serialize)]
struct Stratum {
    kind: String,
    claims: u64,
    drawn: u64,
    judged: u64,
    precision: Option<Share>,
}

impl Review {
    pub(crate) fn load(
        app: &App,
        ledger: &Ledger,
        asked: Asked,
        visit: Option<Visit>,
    ) -> Result<Self, Problem> {
        let queue = Which::of(&asked)?;
        let skip = asked.number("skip")?.unwrap_or(0) as usize;
        let mut audit = Vec::new();
        let decisions = match queue {
            Which::Audit | Which::Second => ledger.decisions()?,
            _ => Vec::new(),
        };
        let waiting: Vec<String> = match queue {
            Which::Confidence => {
                app.unsure(ledger, |ids| undecided(ledger, ids.iter().cloned()), AHEAD)?
            }
            Which::Contradiction => ledger.waiting(Queue::Contradiction, AHEAD)?,
            Which::Influence => influential(app, ledger, &asked)?,
            Which::Audit => {
                let sample = app.sample(ledger, AUDIT)?;
                let verdicts = verdicts(ledger)?;
                audit = strata(&sample, &verdicts);
                let ids = sample.claims.iter().map(|(_, row)| &row.claim.id);
                ids.filter(|id| !verdicts.contains_key(*id)).cloned().collect()
            }
            Which::Second => {
                // Whoever asks; without one, whoever the desk is for.
                let desk = app.desk().and_then(Desk::reviewer).unwrap_or_default();
                let reviewer = visit.as_ref().map_or(desk, |visit| &visit.author);
                second(&*app.sample(ledger, AUDIT)?, &decisions, reviewer)
            }
            Which::Document => {
                let id = asked.get("doc").unwrap_or_default();
                let mut rows = ledger.claims_of(id)?;
                rows.sort_by_key(|row| (row.claim.evidence.bstart, row.claim.evidence.bend));
                undecided(ledger, rows.into_iter().map(|row| row.claim.id))?
            }
            Which::Claim => asked.get("claim").map(str::to_owned).into_iter().collect(),
        };
        let item = match waiting.get(skip) {
            Some(id) => Item::load(ledger, id, queue == Which::Second)?,
            None => None,
        };
        if queue == Which::Claim && item.is_none() {
            let id = asked.get("claim").unwrap_or_default();
            return Err(Problem::missing(format!("no claim of the id “{id}” stands")));
        }
        let done = match asked.number("done")? {
            Some(seq) => {
                ledger.decisions_from(0, 50)?.into_iter().find(|it| it.seq.unsigned_abs() == seq)
            }
            None => None,
        };
        let agreement = agreement(&decisions);
        Ok(Self { queue, waiting: waiting.len(), skip, item, done, audit, agreement, asked, visit })
    }
}

impl Item {
    fn load(ledger: &Ledger, id: &str, blind: bool) -> Result<Option<Self>, Problem> {
        let claim = if blind { ledger.coded_claim(id)? } else { ledger.claim(id)? };
        let Some(claim) = claim else { return Ok(None) };
        let decisions = ledger.decisions_on(&claim.claim.id)?;
        let evidence = &claim.claim.evidence;
        let text = ledger.document(&claim.claim.doc)?.map(|kept| kept.text).unwrap_or_default();
        let before = text.get(..evidence.bstart as usize).unwrap_or_default();
        let start = before.char_indices().rev().nth(AROUND).map_or(0, |(n, _)| n);
        let after = text.get(evidence.bend as usize..).unwrap_or_default();
        let fact = ledger.fact(id)?;
        let mut others = Vec::new();
        let members =
            fact.iter().flat_map(|it| &it.members).filter(|it| it.claim != claim.claim.id);
        for member in members.take(OTHERS) {
            others.extend(ledger.claim(&member.claim)?);
        }
        Ok(Some(Self {
            before: before[start..].to_owned(),
            after: after.chars().take(AROUND).collect(),
            seen: decisions.len(),
            decisions: if blind { Vec::new() } else { decisions },
            fact,
            others,
            claim,
        }))
    }
}

/// Claims of the facts that shift a position, the furthest first; none where no rivals are named.
fn influential(app: &App, ledger: &Ledger, asked: &Asked) -> Result<Vec<String>, Problem> {
    let Some(who) = asked.get("who") else { return Ok(Vec::new()) };
    let who = crate::position::code(app.codebook(), who)?;
    let Some(position) = actor::Actor::position(app, ledger, &who, asked)? else {
        return Ok(Vec::new());
    };
    let runs = position.standing.answer.runs.iter();
    let mut shifts: Vec<(f64, &Vec<String>)> = runs
        .flat_map(|run| &run.influences)
        .filter_map(|it| Some((it.shift?.abs(), &it.claims)))
        .collect();
    shifts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut ids: Vec<String> = Vec::new();
    for id in shifts.into_iter().flat_map(|(_, claims)| claims) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    undecided(ledger, ids.into_iter())
}

/// Those of the claims that the coder made and nobody has decided upon.
fn undecided(ledger: &Ledger, ids: impl Iterator<Item = String>) -> Result<Vec<String>, Problem> {
    let verdicts = verdicts(ledger)?;
    Ok(ids.filter(|id| !verdicts.contains_key(id)).collect())
}

/// Whether a claim was found right, by the claims that somebody decided upon; what people wrote themselves is right.
fn verdicts(ledger: &Ledger) -> Result<BTreeMap<String, bool>, Problem> {
    let mut verdicts = BTreeMap::new();
    for it in ledger.decisions()?.into_iter().filter(|it| it.holds) {
        match (it.verb.as_str(), it.claim, it.other) {
            // A second opinion does not overrule a rejection.
            ("accepted", Some(claim), _) => _ = verdicts.entry(claim).or_insert(true),
            ("rejected", Some(claim), _) => _ = verdicts.insert(claim, false),
            ("corrected", Some(claim), other) => {
                verdicts.insert(claim, false);
                verdicts.extend(other.map(|it| (it, true)));
            }
            ("added", _, Some(other)) => _ = verdicts.insert(other, true),
            _ => {}
        }
    }
    Ok(verdicts)
}

/// The claims of a sample that others judged and this reviewer did not.
fn second(sample: &Sampled, decisions: &[DecisionRow], reviewer: &str) -> Vec<String> {
    let judged = |id: &str, own: bool| {
        decisions.iter().any(|it| {
            it.holds
                && matches!(it.verb.as_str(), "accepted" | "rejected" | "corrected")
                && it.claim.as_deref() == Some(id)
                && (it.author == reviewer) == own
        })
    };
    let ids = sample.claims.iter().map(|(_, row)| &row.claim.id);
    ids.filter(|id| judged(id, false) && !judged(id, true)).cloned().collect()
}

fn strata(sample: &Sampled, verdicts: &BTreeMap<String, bool>) -> Vec<Stratum> {
    let mut judged: BTreeMap<&str, (u64, Judged)> = BTreeMap::new();
    for (stratum, row) in &sample.claims {
        let (drawn, judged) = judged.entry(stratum).or_default();
        *drawn += 1;
        match verdicts.get(&row.claim.id) {
            Some(true) => judged.right += 1,
            Some(false) => judged.wrong += 1,
            None => {}
        }
    }
    let one = |(kind, (drawn, it)): (&str, (u64, Judged))| {
        let claims = sample.strata.get(kind).copied().unwrap_or_default();
        let judged = it.right + it.wrong;
        Stratum {
            kind: kind.to_owned(),
            claims,
            drawn,
            judged,
            precision: estimate(claims, it).precision,
        }
    };
    judged.into_iter().map(one).collect()
}

impl Page for Review {
    fn title(&self, _: &Names) -> String {
        format!("Review: {}", self.queue.heading())
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head data-desk="" {
                p.kicker { "Review" @if let Some(visit) = &self.visit { " by " (visit.author) } " · " a href="/decisions" { "What was decided" } }
                h1 { (self.queue.heading()) }
                p.note { (self.queue.gloss()) }
            }
            nav.contents aria-label="Queues" {
                @for it in Which::OFFERED {
                    a href={ "/review?queue=" (it.as_str()) } aria-current=[(it == self.queue).then_some("page")] { (it.heading()) }
                }
            }
            @if self.visit.is_none() { p.empty { "To judge claims, " a href="/desk" { "say who you are" } "." } }
            @if self.queue == Which::Influence { (self.rivals()) }
            @if let Some(done) = &self.done { (self.done(done)) }
            @match &self.item {
                Some(item) => (self.item(item, names)),
                None => p.empty { @if self.queue == Which::Influence && self.asked.get("rivals").is_none() { "Name a state and two rivals." } @else { "Nothing waits here any more." } },
            }
            @if !self.audit.is_empty() { (audit(&self.audit)) }
            @if matches!(self.queue, Which::Audit | Which::Second) { (agreed(&self.agreement)) }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        claims_sheet(
            self.item
                .iter()
                .map(|it| (&it.claim, it.fact.as_ref().map_or("", |fact| fact.id.as_str()))),
        )
    }

    fn script(&self) -> bool {
        self.visit.is_some()
    }
}

impl Review {
    fn rivals(&self) -> Markup {
        let field = |name: &'static str| self.asked.all(name).collect::<Vec<_>>().join(",");
        html! {
            form.ask action="/review" method="get" {
                input type="hidden" name="queue" value="influence";
                label { span { "Whose position" } input name="who" value=(field("who")) required size="8" placeholder="VNM" autocomplete="off" spellcheck="false"; }
                label { span { "Rivals" } input name="rivals" value=(field("rivals")) required size="12" placeholder="USA,CHN" autocomplete="off" spellcheck="false"; }
                label { span { "Counted with them" } input name="camp" value=(field("camp")) size="14" placeholder="JPN=USA" autocomplete="off" spellcheck="false"; }
                label { span { "Silence is zero for" } input name="covered" value=(field("covered")) size="18" placeholder="assistance=USA,CHN" autocomplete="off" spellcheck="false"; }
                label { span { "On the day" } input type="date" name="at" value=(field("at")); }
                button type="submit" { "Show the queue" }
            }
        }
    }

    /// What every form of this page carries: its session, the queue, and where in it we are.
    fn carried(&self, visit: &Visit) -> Markup {
        let kept = ["queue", "doc", "who", "rivals", "camp", "covered", "at", "skip"];
        html! {
            input type="hidden" name="form" value=(visit.form);
            @for name in kept { @if let Some(value) = self.asked.get(name) { input type="hidden" name=(name) value=(value); } }
        }
    }

    fn done(&self, done: &DecisionRow) -> Markup {
        let on = done.claim.as_deref().or(done.other.as_deref()).unwrap_or_default();
        html! {
            div.decided role="status" {
                p { "Decision " (done.seq) ": " (done.verb) " " a href=(url::claim(on)) { (on) } @if let Some(reason) = &done.reason { " (" (words::flowing(reason)) ")" } @if !done.holds { ", taken back" } }
                @if let (Some(visit), true) = (&self.visit, done.holds) {
                    form.decide action="/review" method="post" {
                        (self.carried(visit))
                        input type="hidden" name="undo" value=(done.seq);
                        button.plain type="submit" name="verb" value="undo" data-key="u" { "Undo" kbd { "u" } }
                    }
                }
            }
        }
    }

    fn item(&self, item: &Item, names: &Names) -> Markup {
        let claim = &item.claim.claim;
        let skipped = Asked::with_skip(&self.asked, self.skip + 1);
        html! {
            @if self.queue != Which::Claim {
                p.note { (self.skip + 1) " of " (self.waiting) @if self.waiting == AHEAD { " and more" } " that wait" }
            }
            div.reading {
                section aria-labelledby="words" {
                    h2.quiet id="words" { "What the text says" }
                    p.context dir="auto" { "… " (words::flowing(&item.before)) " " mark { (words::flowing(&claim.evidence.text)) } " " (words::flowing(&item.after)) " …" }
                    p.links { a href=(url::evidence(&claim.doc, &claim.id)) { "Read it in its document" } @if let Some(fact) = &item.fact { a href=(url::fact(&fact.id)) { "The fact" } } }
                    @if let Some(visit) = &self.visit { (self.forms(item, visit, &skipped)) }
                }
                section aria-labelledby="claim" {
                    h2.quiet id="claim" { "What was coded" }
                    (card::card(&item.claim, names, Place::Alone))
                    @if !item.others.is_empty() {
                        h3 { "Other reports" @if let Some(fact) = &item.fact { @for figures in &fact.figures { " " span.amount { (range(figures)) } } } }
                        @for other in &item.others { p.line { code { (card::line(&other.claim)) } } (card::quote(other, names)) }
                    }
                    @if !item.decisions.is_empty() { h3 { "Decided before" } (history(&item.decisions)) }
                }
            }
        }
    }

    /// The buttons. Enter in the reason comments and decides nothing.
    fn forms(&self, item: &Item, visit: &Visit, skipped: &str) -> Markup {
        let claim = &item.claim.claim;
        let about = html! {
            (self.carried(visit))
            input type="hidden" name="claim" value=(claim.id);
            input type="hidden" name="seen" value=(item.seen);
        };
        html! {
            form.decide action="/review" method="post" aria-label="Judge" {
                (about)
                label.wide { span { "Reason (kept with the decision)" } input name="reason" maxlength="2000" autocomplete="off"; }
                button.plain.last type="submit" name="verb" value="comment" { "Comment only" }
                button type="submit" name="verb" value="accept" data-key="a" { "Accept" kbd { "a" } }
                button.against type="submit" name="verb" value="reject" data-key="r" { "Reject" kbd { "r" } }
                @if self.queue != Which::Claim { a.button data-key="s" href={ "/review" (skipped) } { "Skip" kbd { "s" } } }
            }
            @if self.queue != Which::Second { form.decide action="/review" method="post" aria-label="Correct" {
                (about)
                label.wide { span { "The claim as it should be" kbd { "c" } } input name="line" value=(card::line(claim)) required data-key="c" autocomplete="off" spellcheck="false"; }
                label.wide { span { "Reason" } input name="reason" maxlength="2000" autocomplete="off"; }
                button type="submit" name="verb" value="correct" { "Correct" }
            } }
            label.keys hidden { input type="checkbox" id="keys" checked; " one key decides: a, r, c, s, u" }
        }
    }
}

impl Asked {
    /// The same queue, further on.
    fn with_skip(&self, skip: usize) -> String {
        let fields = ["queue", "doc", "who", "rivals", "camp", "covered", "at"];
        let skip = skip.to_string();
        query(
            fields
                .iter()
                .filter_map(|name| Some((*name, self.get(name)?)))
                .chain([("skip", skip.as_str())]),
        )
    }
}

fn agreed(agreement: &Agreement) -> Markup {
    let figure = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
    html! {
        section aria-labelledby="agreement" {
            h2 id="agreement" { "How far reviewers agree" }
            @if agreement.claims == 0 { p.empty { "No claim was judged by two reviewers yet." } }
            @else {
                p { (words::several(agreement.claims, "claim")) " judged by more than one; Krippendorff’s alpha " strong { (figure(agreement.alpha)) } "." }
                div.scroll role="region" aria-label="Agreement by pair" tabindex="0" {
                    table {
                        thead { tr { th scope="col" { "Reviewers" } @for it in ["Claims", "Judged alike", "Cohen’s kappa"] { th.number scope="col" { (it) } } } }
                        tbody { @for it in &agreement.pairs { tr { th scope="row" { (it.a) " and " (it.b) } td.number { (it.claims) } td.number { (it.agreed) } td.number { (figure(it.kappa)) } } } }
                    }
                }
                p.note { "Right is what was accepted, wrong what was rejected or corrected. 1 is full agreement, 0 what chance gives; a dash where chance would agree as well. Claims that are judged outside the second reading were judged knowing of the first judgement." }
            }
        }
    }
}

fn audit(strata: &[Stratum]) -> Markup {
    html! {
        section aria-labelledby="audit" {
            h2 id="audit" { "What the audit says so far" }
            div.scroll role="region" aria-label="Precision by kind" tabindex="0" {
                table {
                    thead { tr { th scope="col" { "Kind" } @for it in ["Claims", "Drawn", "Judged", "Right", "95 per cent"] { th.number scope="col" { (it) } } } }
                    tbody {
                        @for it in strata {
                            tr {
                                th scope="row" { (it.kind) }
                                @for n in [it.claims, it.drawn, it.judged] { td.number { (n) } }
                                td.number { @if let Some(share) = it.precision { (format!("{:.2}", share.value)) } }
                                td.number { @if let Some(share) = it.precision { (format!("{:.2} to {:.2}", share.low, share.high)) } }
                            }
                        }
                    }
                }
            }
            p.note { (AUDIT.0) " claims drawn with seed " (AUDIT.1) ", as " code { "hedgerow audit" } " draws them; intervals after Wilson. A corrected claim counts as wrong." }
        }
    }
}
