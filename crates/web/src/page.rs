//! The pages: what each shows, as HTML and as data.

mod actor;
mod add;
mod article;
mod check;
mod claim;
mod codebook;
mod decisions;
mod dyad;
mod fact;
mod hedge;
mod lists;
mod map;
mod measures;
mod network;
mod news;
mod pledges;
mod portfolio;
mod review;
mod search;
mod start;

use hedgerow_ledger::{ClaimRow, DocumentRow, DyadCount, Fact, Ledger};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;
use serde_json::{Value, json};

pub(crate) use actor::Actor;
pub(crate) use add::{Add, JobPage};
pub(crate) use article::Article;
pub(crate) use check::{Check, Checked};
pub(crate) use claim::ClaimSheet;
pub(crate) use codebook::{CodebookPage, CodebookPages, Rule};
pub(crate) use decisions::{Decisions, DeskPage};
pub(crate) use dyad::Dyad;
pub(crate) use fact::FactSheet;
pub(crate) use lists::{Actors, Documents, Dyads};
pub(crate) use measures::{MeasurePage, Measures};
pub(crate) use network::Network;
pub(crate) use pledges::Pledges;
pub(crate) use review::Review;
pub(crate) use search::Search;
pub(crate) use start::Start;

use crate::asked::{Asked, Slice};
use crate::people::Talked;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card, url, words};

/// What an address shows, loaded from the ledger.
pub(crate) trait Page {
    /// Title for the browser.
    fn title(&self, names: &Names) -> String;
    /// The page for people.
    fn html(&self, names: &Names) -> Markup;
    /// The same for programs.
    fn json(&self) -> Value;
    /// The same as a table.
    fn csv(&self) -> Sheet;
    /// Its chart alone, where it has one.
    fn svg(&self, _: &Names) -> Option<String> {
        None
    }
    /// Whether the same is to be had as data at its address; a mere form is not.
    fn is_data(&self) -> bool {
        true
    }
    /// Whether our script is of use on it.
    fn script(&self) -> bool {
        false
    }
    /// The words that were searched for.
    fn words(&self) -> String {
        String::new()
    }
    /// What is replied to here, where the page shows one such thing.
    fn talked(&self) -> Option<Talked> {
        None
    }
    /// A style sheet of its own.
    fn style_address(&self) -> Option<String> {
        None
    }
}

/// An answer that says `ok` and holds the fields of `content`.
fn ok(content: &impl Serialize) -> Value {
    let mut answer = json!({ "ok": true });
    if let (Some(answer), Ok(Value::Object(fields))) =
        (answer.as_object_mut(), serde_json::to_value(content))
    {
        answer.extend(fields);
    }
    answer
}

/// Claims as a table; `fact` names the fact of each.
fn claims_sheet<'r>(rows: impl IntoIterator<Item = (&'r ClaimRow, &'r str)>) -> Sheet {
    let mut sheet = Sheet::new(&ClaimRow::COLUMNS);
    for (row, fact) in rows {
        sheet.row(row.cells(fact));
    }
    sheet
}

/// The claims of facts as a table, fact after fact.
fn facts_sheet(facts: &[Fact], rows: &Rows<'_>) -> Sheet {
    let members = facts.iter().flat_map(|fact| {
        fact.members
            .iter()
            .filter_map(|member| Some((*rows.get(member.claim.as_str())?, fact.id.as_str())))
    });
    claims_sheet(members)
}

/// The way through the pages of a list.
pub(crate) fn pager(path: &str, asked: &Asked, slice: Slice, all: u64) -> Markup {
    let pages = slice.pages(all);
    let to = |page: u64| format!("{path}{}", asked.with("page", &page.to_string()));
    html! {
        @if pages > 1 {
            nav.pages aria-label="Pages" {
                @if slice.page > 1 { a rel="prev" href=(to(slice.page - 1)) { "Before" } }
                span { "Page " (slice.page) " of " (pages) }
                @if slice.page < pages { a rel="next" href=(to(slice.page + 1)) { "Next" } }
            }
        }
    }
}

/// A list in an answer: where it stands in the whole, and where it goes on.
pub(crate) fn paged(
    content: &impl Serialize,
    path: &str,
    asked: &Asked,
    slice: Slice,
    all: u64,
) -> Value {
    let mut answer = ok(content);
    let pages = slice.pages(all);
    if let Some(fields) = answer.as_object_mut() {
        let next = (slice.page < pages)
            .then(|| format!("{path}.json{}", asked.with("page", &(slice.page + 1).to_string())));
        let place = json!({ "page": slice.page, "per": slice.per.min(all.max(1)), "pages": pages, "total": all, "next": next });
        if let Value::Object(place) = place {
            fields.extend(place);
        }
    }
    answer
}

/// A chart with its table, its data and its method beside it.
fn chart(figure: &Figure<'_>, table: &Markup) -> Markup {
    html! {
        figure.chart {
            div.scroll role="region" aria-label=(figure.label) tabindex="0" { (PreEscaped(figure.svg)) }
            figcaption {
                p { (figure.note) }
                p.links {
                    a href=(figure.data) { "CSV" }
                    @if let Some(svg) = &figure.alone { a href=(svg) { "SVG" } }
                    @if let Some(method) = &figure.method { a href=(method) { "Method" } }
                }
            }
            details { summary { "The same as a table" } (table) }
        }
    }
}

/// What [`chart`] shows.
struct Figure<'f> {
    /// The drawing, made here.
    svg: &'f str,
    label: &'f str,
    /// What is to be known to read it.
    note: &'f str,
    /// Where its data are.
    data: String,
    /// Where the drawing is alone.
    alone: Option<String>,
    /// Where its method is told, where the note does not tell it.
    method: Option<String>,
}

/// Refuses codes that are neither named nor in the ledger.
pub(crate) fn expect_actor(ledger: &Ledger, code: &str, named: bool) -> Result<(), Problem> {
    if named || ledger.knows_actor(code)? {
        return Ok(());
    }
    let problem = Problem::missing(format!("there is no actor with the code “{code}”")).hint(
        "states have three letters, as in VNM, JPN or USA; organisations are written IGO:NATO",
    );
    let upper = code.to_uppercase();
    if upper != code && ledger.knows_actor(&upper)? {
        return Err(problem.hint(format!("codes are in upper case: try {upper}")));
    }
    Err(problem)
}

fn documents_table(caption: &str, documents: &[DocumentRow]) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead {
                    tr { th scope="col" { "Document" } th scope="col" { "Outlet" } th scope="col" { "Published" } th.number scope="col" { "Claims" } }
                }
                tbody {
                    @for row in documents {
                        tr {
                            th scope="row" {
                                a href=(url::document(&row.id)) dir="auto" {
                                    (words::flowing(row.meta.title.as_deref().unwrap_or(&row.id)))
                                }
                                " " span.minor { (row.id) @if row.version > 1 { ", version " (row.version) } }
                            }
                            td dir="auto" { (words::flowing(row.meta.outlet.as_deref().unwrap_or("–"))) }
                            td.date { @match row.meta.published { Some(day) => (words::day(day)), None => "–" } }
                            td.number { (row.claims) }
                        }
                    }
                }
            }
        }
    }
}

fn dyads_table(caption: &str, dyads: &[DyadCount], names: &Names) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead {
                    tr { th scope="col" { "Pair" } th.number scope="col" { "Claims" } th.number scope="col" { "Documents" } }
                }
                tbody {
                    @for dyad in dyads {
                        tr {
                            th scope="row" { a href=(url::dyad(&dyad.a, &dyad.b)) { (names.of(&dyad.a)) " – " (names.of(&dyad.b)) } }
                            td.number { (dyad.claims) }
                            td.number { (dyad.documents) }
                        }
                    }
                }
            }
        }
    }
}

/// A form that leads to the page of two actors.
fn pair_form(codes: &[String], names: &Names) -> Markup {
    html! {
        form.pair action="/dyads" method="get" {
            @for (name, label) in [("a", "One actor"), ("b", "The other")] {
                label {
                    span { (label) }
                    input name=(name) list="codes" required size="6" autocomplete="off" spellcheck="false" placeholder="Code";
                }
            }
            datalist id="codes" {
                @for code in codes { option value=(code) { (names.of(code)) } }
            }
            button type="submit" { "Show the pair" }
        }
    }
}

/// One fact in a list: when, what, and the words of each claim.
fn entry(fact: &Fact, rows: &Rows<'_>, names: &Names, with_parties: bool) -> Markup {
    let when =
        fact.start.zip(fact.end).map(|(start, end)| words::period(start, end, fact.precision));
    let (first, more) = fact.members.split_at(fact.members.len().min(2));
    html! {
        li.entry id=(url::part(&fact.id)) {
            p.when { @match &when { Some(when) => (when), None => span.minor { "no date given" } } }
            div.what {
                h3 {
                    a href=(url::fact(&fact.id)) { (words::what(fact.kind, &fact.type_, fact.mode.as_deref(), fact.polarity)) }
                    @if let Some(label) = &fact.label { " " span.label dir="auto" { (words::flowing(label)) } }
                    (tags(fact, rows))
                }
                @if with_parties {
                    p.parties {
                        (card::codes(&fact.actors, names))
                        @if !fact.symmetric && !fact.recipients.is_empty() { (card::arrow()) (card::codes(&fact.recipients, names)) }
                    }
                }
                (figures_line(fact))
                @for member in first { @if let Some(row) = rows.get(member.claim.as_str()) { (card::quote(row, names)) } }
                @if !more.is_empty() {
                    details {
                        summary { (words::several(more.len() as u64, "further report")) }
                        @for member in more { @if let Some(row) = rows.get(member.claim.as_str()) { (card::quote(row, names)) } }
                    }
                }
            }
        }
    }
}

/// Claims by id.
type Rows<'a> = std::collections::BTreeMap<&'a str, &'a ClaimRow>;

fn by_id(rows: &[ClaimRow]) -> Rows<'_> {
    rows.iter().map(|row| (row.claim.id.as_str(), row)).collect()
}

/// What keeps a fact from being plainly so: its modality, and whether reports disagree.
fn tags(fact: &Fact, rows: &Rows<'_>) -> Markup {
    use hedgerow_ledger::Stand;
    let modality = fact
        .members
        .iter()
        .find(|member| member.stand == Stand::Agrees)
        .and_then(|member| rows.get(member.claim.as_str()))
        .and_then(|row| words::modality(row.claim.modality));
    // The stage of a flow says it already.
    let modality = modality.filter(|_| fact.stage.is_none());
    html! {
        @if let Some(stage) = &fact.stage { " " span.tag { (stage) } }
        @if let Some(modality) = modality { " " span.tag { (modality) } }
        @if fact.disputed { " " span.tag.warn { "reports disagree" } }
    }
}

fn figures_line(fact: &Fact) -> Markup {
    html! {
        @if !fact.figures.is_empty() {
            p.amounts {
                @for (n, figures) in fact.figures.iter().enumerate() {
                    @if n > 0 { " · " }
                    span.amount { (range(figures)) }
                }
            }
        }
    }
}

/// "USD 1.7 million – 1.7 billion", "6 × patrol boat".
pub(crate) fn range(figures: &hedgerow_ledger::Figures) -> String {
    let numbers = match (figures.low, figures.high) {
        (Some(low), Some(high)) if low.total_cmp(&high).is_eq() => words::figure(low),
        (Some(low), Some(high)) => format!("{} to {}", words::figure(low), words::figure(high)),
        _ => figures.said.first().map_or_else(String::new, |said| words::flowing(&said.text)),
    };
    if figures.money {
        format!("{} {numbers}", figures.of)
    } else if figures.of == "percent" {
        format!("{numbers} %")
    } else if figures.low.is_none() {
        numbers
    } else {
        format!("{numbers} × {}", figures.of)
    }
}
