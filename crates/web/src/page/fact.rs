//! A fact: every claim for it and against it by independent origin, the range of its figures, and what a measure would be
//! under each of them.

use std::sync::Arc;

use hedgerow_ledger::{
    ClaimRow, Fact, Field, Figures, Ledger, Member, Origin, Relation, Stand, WholeFact,
};
use hedgerow_measure::Indicator;
use hedgerow_measure::hedge::Run;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};

use super::hedge::{signed, swing};
use super::{Page, by_id, claims_sheet, ok, range};
use crate::app::App;
use crate::asked::Asked;
use crate::people::Talked;
use crate::position::{Rivalry, Standing, code};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card, url, words};

/// How many claims of one stand are shown with their words.
const CARDS: usize = 100;
/// How many facts that it has to do with are listed.
const RELATED: usize = 30;

#[derive(Debug, Serialize)]
pub(crate) struct FactSheet {
    fact: Fact,
    claims: Vec<ClaimRow>,
    related: Vec<Linked>,
    /// What the measure would be under each reading, where rivals are named.
    measure: Option<Measured>,
}

/// Another fact that has to do with this one.
#[derive(Debug, Serialize)]
struct Linked {
    relation: Relation,
    fact: Fact,
}

/// A position, and the part of it that hangs on this fact.
#[derive(Debug)]
struct Measured {
    rivalry: Rivalry,
    standing: Arc<Standing>,
    fact: String,
}

impl Serialize for Measured {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let runs: Vec<Value> = self
            .runs()
            .map(|run| {
                json!({
                    "series": run.series,
                    "influences": run.influences.iter().filter(|it| it.fact == self.fact).collect::<Vec<_>>(),
                    "swings": run.swings.iter().filter(|it| it.fact == self.fact).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({ "question": self.standing.answer.question, "runs": runs }).serialize(serializer)
    }
}

impl Measured {
    fn runs(&self) -> impl Iterator<Item = &Run> {
        self.standing.answer.runs.iter()
    }
}

impl FactSheet {
    pub(crate) fn load(
        app: &App,
        ledger: &Ledger,
        id: &str,
        asked: &Asked,
    ) -> Result<Self, Problem> {
        let Some(WholeFact { fact, claims, related }) = ledger.whole_fact(id)? else {
            let problem = Problem::missing(format!("there is no fact “{id}” in this ledger"));
            return Err(problem.hint("a fact has the id of one of its claims, as in f-d00-07"));
        };
        let related = related.into_iter().map(|(relation, fact)| Linked { relation, fact });
        let measure = Self::measured(app, ledger, &fact, asked)?;
        Ok(Self { related: related.collect(), fact, claims, measure })
    }

    fn measured(
        app: &App,
        ledger: &Ledger,
        fact: &Fact,
        asked: &Asked,
    ) -> Result<Option<Measured>, Problem> {
        let who = match asked.get("who") {
            Some(who) => code(app.codebook(), who)?,
            None => subject(fact).unwrap_or_default().to_owned(),
        };
        let Some(mut rivalry) = Rivalry::of(asked, &who, app.codebook())? else { return Ok(None) };
        // Where no day is given, the fact is looked at when it counts.
        let last = fact.members.iter().filter_map(|it| it.published).max();
        rivalry.at = rivalry.at.or(fact.end.or(last));
        let standing = rivalry.standing(app, ledger)?;
        Ok(Some(Measured { rivalry, standing, fact: fact.id.clone() }))
    }

    fn what(&self) -> String {
        let fact = &self.fact;
        words::what(fact.kind, &fact.type_, fact.mode.as_deref(), fact.polarity)
    }
}

impl Page for FactSheet {
    fn title(&self, names: &Names) -> String {
        let side = |codes: &[String]| {
            codes.iter().map(|code| names.of(code)).collect::<Vec<_>>().join(", ")
        };
        let fact = &self.fact;
        if fact.symmetric {
            format!("{}: {}", self.what(), side(&fact.actors))
        } else {
            format!("{}: {} to {}", self.what(), side(&fact.actors), side(&fact.recipients))
        }
    }

    fn talked(&self) -> Option<Talked> {
        let fact = &self.fact;
        Some(Talked::fact(&fact.id, fact.members.iter().map(|it| it.claim.as_str())))
    }

    fn html(&self, names: &Names) -> Markup {
        let fact = &self.fact;
        let rows = by_id(&self.claims);
        let when =
            fact.start.zip(fact.end).map(|(start, end)| words::period(start, end, fact.precision));
        let groups = [
            (Stand::Agrees, if fact.disputed { "Reported so" } else { "Reported by" }),
            (Stand::Differs, "Reported otherwise"),
            (Stand::Denies, "Denied"),
        ];
        let outlets = fact.outlets.len() as u64;
        html! {
            header.head {
                p.kicker { "Fact " (fact.id) }
                h1 { (self.what()) @if let Some(label) = &fact.label { " " span.label dir="auto" { (words::flowing(label)) } } (super::tags(fact, &rows)) }
                p.lead {
                    (card::codes(&fact.actors, names))
                    @if !fact.symmetric && !fact.recipients.is_empty() { (card::arrow()) (card::codes(&fact.recipients, names)) }
                    @if let Some(when) = when { ", " (when) }
                }
                p.byline {
                    span { (words::several(fact.members.len() as u64, "claim")) }
                    span { (words::several(fact.documents.len() as u64, "document")) }
                    @if outlets > 0 { span { (words::several(outlets, "outlet")) ": " (fact.outlets.join(", ")) } }
                    @if let Some((a, b)) = two(fact) { a href=(url::dyad(a, b)) { "All between these two" } }
                }
            }
            @if !fact.figures.is_empty() {
                section aria-labelledby="figures" {
                    h2 id="figures" { "Figures" }
                    @for figures in &fact.figures { (figures_table(figures)) }
                    p.note {
                        "Figures are shown as reported. They are not averaged and not converted."
                        @if let Some(factor) = fact.factor.filter(|it| *it >= 1.01) { " The highest is " (words::figure(factor)) " times the lowest." }
                    }
                }
            }
            (self.hangs(names))
            section aria-labelledby="origins" {
                h2 id="origins" { "On whose word " span.minor { (words::several(fact.origins.len() as u64, "independent voice")) } }
                (origins_table(&fact.origins))
                @if let Some(current) = &fact.current {
                    p.note {
                        "The reading shown first is that of " a href=(url::claim(&current.claim)) { (current.claim) } ": " (current.why.as_str())
                        ". This is a rule of order, not a judgement; the others stand beside it."
                    }
                }
            }
            @for (stand, heading) in groups {
                @let members: Vec<&Member> = fact.members.iter().filter(|member| member.stand == stand).collect();
                @if !members.is_empty() {
                    section class={ "stand " (heading_class(stand)) } {
                        h2 { (heading) " " span.minor { (members.len()) } }
                        @if members.len() > CARDS { p.note { "The first " (CARDS) "; the " a href={ (url::fact(&fact.id)) ".csv" } { "table" } " has all." } }
                        @for member in members.iter().take(CARDS) {
                            @if let Some(row) = rows.get(member.claim.as_str()) {
                                div.member {
                                    @if !member.on.is_empty() { p.on { "Differs in " (fields(&member.on)) } }
                                    (card::card(row, names, card::Place::Alone))
                                }
                            }
                        }
                    }
                }
            }
            @if !self.related.is_empty() {
                section aria-labelledby="related" {
                    h2 id="related" { "What it has to do with" @if self.related.len() > RELATED { " " span.minor { (RELATED) " of " (self.related.len()) } } }
                    ul {
                        @for it in self.related.iter().take(RELATED) {
                            li { a href=(url::fact(&it.fact.id)) { (it.fact.id) } ", " (it.relation.as_str()) @for figures in &it.fact.figures { ": " (range(figures)) } }
                        }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        claims_sheet(self.claims.iter().map(|row| (row, self.fact.id.as_str())))
    }
}

impl FactSheet {
    /// What the measure would be under each reading; and the form in which that is asked.
    fn hangs(&self, names: &Names) -> Markup {
        let rivalry = self.measure.as_ref().map(|it| &it.rivalry);
        let who = rivalry.map_or_else(|| subject(&self.fact).unwrap_or_default(), |it| &it.who);
        let told = |it: &Measured| {
            it.runs().any(|run| {
                run.influences.iter().any(|it| it.fact == self.fact.id)
                    || run.swings.iter().any(|it| it.fact == self.fact.id)
            })
        };
        html! {
            section aria-labelledby="hangs" {
                h2 id="hangs" { "What hangs on it" }
                form.ask action={ (url::fact(&self.fact.id)) "#hangs" } method="get" {
                    label { span { "Whose position" } input name="who" value=(who) required size="6" autocomplete="off" spellcheck="false"; }
                    label { span { "Rivals" } input name="rivals" value=(rivalry.map(|it| it.rivals.join(",")).unwrap_or_default()) required size="12" placeholder="USA,CHN" autocomplete="off" spellcheck="false"; }
                    label { span { "Counted with them" } input name="camp" value=(rivalry.map(Rivalry::camps_as_text).unwrap_or_default()) size="14" placeholder="JPN=USA" autocomplete="off" spellcheck="false"; }
                    label { span { "Silence is zero for" } input name="covered" value=(rivalry.map(Rivalry::covered_as_text).unwrap_or_default()) size="18" placeholder="assistance=USA,CHN" autocomplete="off" spellcheck="false"; }
                    label { span { "On the day" } input type="date" name="at" value=(rivalry.and_then(|it| it.at).map(|it| it.to_string()).unwrap_or_default()); }
                    button type="submit" { "What the measure would be" }
                }
                @if let Some(measured) = &self.measure {
                    p.note { (names.of(&measured.rivalry.who)) " on " (words::day(measured.standing.answer.question.at)) ", by " a href="/measures/hedge.v1" { "hedge.v1" } "." }
                    @if !told(measured) { p.empty { "This fact does not count in that position on that day: it measures nothing of it, lies outside its period, or its partner is on neither side." } }
                    @for run in measured.runs() {
                        @for it in run.influences.iter().filter(|it| it.fact == self.fact.id) {
                            @if open(run, it.indicator) { p.note { "One side of " (it.indicator.as_str()) " is open: no source tells of it, so it does not count and no figure moves L. Say for whom silence is zero, or import a source." } }
                            p { "On what was " (run.series.as_str()) ", L is " strong { (run.position.summary.map_or_else(|| "open".to_owned(), |it| signed(it.lean))) }
                                " with this fact and " strong { (it.without.map_or_else(|| "open".to_owned(), |it| signed(it.lean))) } " without it." }
                        }
                        @for it in run.swings.iter().filter(|it| it.fact == self.fact.id) { (swing(it)) }
                    }
                }
            }
        }
    }
}

/// Whether nothing is known of one side of an indicator.
fn open(run: &Run, indicator: Indicator) -> bool {
    let all = run.position.domains.iter().flat_map(|it| &it.indicators);
    all.into_iter().any(|it| it.indicator == indicator && it.lean.is_none())
}

/// Whose position a fact is most likely looked at for: of whoever receives, else of whoever acts.
fn subject(fact: &Fact) -> Option<&str> {
    fact.recipients.first().or(fact.actors.first()).map(String::as_str)
}

/// The independent voices: outlets that copied one text are one.
fn origins_table(origins: &[Origin]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Origins" tabindex="0" {
            table {
                thead { tr { th scope="col" { "Voice" } th scope="col" { "Known as" } th scope="col" { "Documents" } th.number scope="col" { "Claims" } } }
                tbody {
                    @for it in origins {
                        tr {
                            th scope="row" dir="auto" { (words::flowing(&it.by.join(", "))) @if it.copied { " " span.tag { "one text" } } }
                            td { (it.standing.as_deref().unwrap_or("–")) }
                            td { @for (n, doc) in it.documents.iter().enumerate() { @if n > 0 { ", " } a href=(url::document(doc)) { (doc) } } }
                            td.number { (it.claims.len()) }
                        }
                    }
                }
            }
        }
    }
}

/// The two parties, where there are just two.
fn two(fact: &Fact) -> Option<(&str, &str)> {
    let mut codes: Vec<&str> =
        fact.actors.iter().chain(&fact.recipients).map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes[..] {
        [a, b] => Some((a, b)),
        _ => None,
    }
}

const fn heading_class(stand: Stand) -> &'static str {
    match stand {
        Stand::Agrees => "agrees",
        Stand::Differs => "differs",
        Stand::Denies => "denies",
    }
}

pub(crate) fn fields(fields: &[Field]) -> String {
    let word = |field: &Field| match field {
        Field::Amount => "the sum",
        Field::Count => "the number",
        Field::Date => "the date",
        Field::Modality => "whether it has happened",
        Field::Currency => "the currency (not comparable without a rate)",
        Field::Level => "the level",
        Field::Actor => "who spoke",
    };
    fields.iter().map(word).collect::<Vec<_>>().join(" and ")
}

fn figures_table(figures: &Figures) -> Markup {
    let caption = range(figures);
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table.figures {
                caption { (caption) }
                thead { tr { th scope="col" { "Figure" } th scope="col" { "In words" } th scope="col" { "Printed by" } th scope="col" { "Claims" } } }
                tbody {
                    @for said in &figures.said {
                        tr {
                            th scope="row" {
                                @match said.value {
                                    Some(value) => { (qualifier(said.qualifier)) (words::figure(value)) },
                                    None => "vague",
                                }
                            }
                            td dir="auto" { "“" (words::flowing(&said.text)) "”" }
                            td dir="auto" { (said.by.join(", ")) }
                            td { @for (n, id) in said.claims.iter().enumerate() { @if n > 0 { ", " } a href=(url::claim(id)) { (id) } } }
                        }
                    }
                }
            }
        }
    }
}

const fn qualifier(qualifier: hedgerow_codebook::claim::Qualifier) -> &'static str {
    use hedgerow_codebook::claim::Qualifier;
    match qualifier {
        Qualifier::Exact | Qualifier::Vague => "",
        Qualifier::About => "about ",
        Qualifier::MoreThan => "more than ",
        Qualifier::AtLeast => "at least ",
        Qualifier::UpTo => "up to ",
        Qualifier::LessThan => "less than ",
    }
}
