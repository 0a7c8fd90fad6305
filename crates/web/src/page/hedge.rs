//! A state between two rivals: `hedge.v1` with its charts, what drives it, and what must be said with it.

use std::sync::Arc;

use hedgerow_measure::Series;
use hedgerow_measure::hedge::{Answer, DomainLean, Run, Summary, Swing, table};
use hedgerow_measure::plot::{self, Band, Bar, Line};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{Figure, Page, chart};
use crate::position::{Rivalry, Standing, Year};
use crate::sheet::Sheet;
use crate::{Names, card, url, words};

/// How many of the facts that drive an answer are listed.
const DRIVERS: usize = 12;

/// The page.
#[derive(Debug)]
pub(crate) struct Hedge {
    pub(crate) rivalry: Rivalry,
    pub(crate) standing: Arc<Standing>,
    /// The question as it stands in the address.
    pub(crate) query: String,
    /// Whether the data wanted are those of the years.
    pub(crate) by_year: bool,
}

impl Page for Hedge {
    fn title(&self, names: &Names) -> String {
        let [first, second] = &self.rivalry.rivals;
        format!(
            "{} between {} and {}",
            names.of(&self.rivalry.who),
            names.of(first),
            names.of(second)
        )
    }

    fn html(&self, names: &Names) -> Markup {
        let [first, second] = &self.rivalry.rivals;
        html! {
            header.head {
                p.kicker { a href=(url::actor(&self.rivalry.who)) { "Actor" } " " code { (self.rivalry.who) } " · " a href="/measures/hedge.v1" { code { "hedge.v1" } } }
                h1 { (card::actor(&self.rivalry.who, names)) " between " (card::actor(first, names)) " and " (card::actor(second, names)) }
                p.byline { span { "on " (words::day(self.standing.answer.question.at)) } }
            }
            (form(Some(&self.rivalry), &self.rivalry.who))
            (self.section(names))
        }
    }

    fn json(&self) -> Value {
        let standing = &*self.standing;
        json!({ "ok": true, "answer": standing.answer, "years": standing.years, "unmeasured": standing.unmeasured })
    }

    /// One number a row: for the day, or with `by=year` for the ends of the years.
    fn csv(&self) -> Sheet {
        let sheet = Sheet::new(&table::COLUMNS);
        if !self.by_year {
            return sheet.rows(table::answer(&self.standing.answer, ""));
        }
        let question = &self.standing.answer.question;
        sheet.rows(self.standing.years.iter().flat_map(|it| {
            table::year(question, it.year, &[it.delivered.clone(), it.pledged.clone()])
        }))
    }

    fn svg(&self, _: &Names) -> Option<String> {
        let names = Names::default();
        let title = self.title(&names);
        Some(if self.by_year { self.over_years(&title) } else { self.at_day(&title) })
    }
}

impl Hedge {
    fn data(&self, ending: &str, by_year: bool) -> String {
        let by = if by_year { "&by=year" } else { "" };
        format!("{}{ending}{}{by}", url::hedge(&self.rivalry.who), self.query)
    }

    /// All that is told of the position; part of the page of the state, too.
    pub(crate) fn section(&self, names: &Names) -> Markup {
        let answer = &self.standing.answer;
        let title = self.title(names);
        let method = || Some("/measures/hedge.v1".to_owned());
        html! {
            (ends(answer, names))
            div.apart {
                @for run in &answer.runs { (stand(run)) }
            }
            (chart(&Figure {
                svg: &self.at_day(&title),
                label: "Lean by domain",
                note: "A bar is what is measured; the thin line is what the missing sources leave possible. Delivered and pledged are two answers and are never added up.",
                data: self.data(".csv", false),
                alone: Some(self.data(".svg", false)),
                method: method(),
            }, &domains(answer)))
            @if self.standing.years.len() > 1 {
                (chart(&Figure {
                    svg: &self.over_years(&title),
                    label: "Lean over the years",
                    note: "The end of each year, on what was delivered. Dark band: nine draws in ten over publishers, claims, the coder's slips, weights and saturations. Light band: what missing sources leave possible.",
                    data: self.data(".csv", true),
                    alone: Some(self.data(".svg", true)),
                    method: method(),
                }, &years(&self.standing.years)))
            }
            @for run in &answer.runs { (drivers(run, names)) (swings(run)) }
            (conflict(answer, names))
            @if !answer.warnings.is_empty() {
                section aria-labelledby="warnings" {
                    h2 id="warnings" { "Before this is quoted" }
                    ul { @for it in &answer.warnings { li { (words::flowing(it)) } } }
                }
            }
            @if !self.standing.unmeasured.is_empty() {
                details.more {
                    summary { (words::several(self.standing.unmeasured.len() as u64, "fact")) " that measure nothing, and why" }
                    ul { @for it in &self.standing.unmeasured { li { a href=(url::fact(&it.fact)) { (it.fact) } ": " (words::flowing(&it.why)) } } }
                }
            }
        }
    }

    /// Bars by domain, delivered and pledged.
    fn at_day(&self, title: &str) -> String {
        let answer = &self.standing.answer;
        let [first, second] = &answer.question.rivals;
        let shown = answer.runs.iter().filter(|it| it.series == Series::Delivered || it.own > 0);
        let bars: Vec<Bar> = shown.flat_map(bars).collect();
        plot::bars(&format!("{title}, {}", answer.question.at), [second, first], &bars)
    }

    /// L with its bands, W, O and depth.
    fn over_years(&self, title: &str) -> String {
        let all = &self.standing.years;
        let line = |label: &str, of: &dyn Fn(&Summary) -> f64| Line {
            label: label.to_owned(),
            points: all.iter().map(|it| (it.year, it.delivered.summary.as_ref().map(of))).collect(),
        };
        let lines = [
            line("L lean", &|it| it.lean),
            line("W within", &|it| it.within),
            line("O offset", &|it| it.offset),
            line("G depth", &|it| it.depth),
        ];
        let band = |label: &str, of: &dyn Fn(&Year) -> Option<[f64; 2]>| Band {
            label: label.to_owned(),
            points: all.iter().map(|it| (it.year, of(it))).collect(),
        };
        let known = |it: &Year| it.delivered.summary.is_some();
        let bands = [
            band("possible", &|it| known(it).then_some(it.delivered.bounds)),
            band("nine in ten", &|it| it.interval.as_ref().map(|it| [it.lean.low, it.lean.high])),
        ];
        plot::lines(&format!("{title}: delivered"), [-1.0, 1.0], &lines, &bands)
    }
}

/// The form in which rivals are chosen.
pub(crate) fn form(rivalry: Option<&Rivalry>, who: &str) -> Markup {
    let rivals = rivalry.map(|it| it.rivals.join(",")).unwrap_or_default();
    let camps = rivalry.map(Rivalry::camps_as_text).unwrap_or_default();
    let covered = rivalry.map(Rivalry::covered_as_text).unwrap_or_default();
    let at = rivalry.and_then(|it| it.at).map(|it| it.to_string()).unwrap_or_default();
    html! {
        form.ask action=(url::hedge(who)) method="get" {
            label { span { "Rivals" } input name="rivals" value=(rivals) required size="12" placeholder="USA,CHN" autocomplete="off" spellcheck="false"; }
            label { span { "Counted with them" } input name="camp" value=(camps) size="18" placeholder="JPN=USA, KOR=USA:0.5" autocomplete="off" spellcheck="false"; }
            label { span { "Silence is zero for" } input name="covered" value=(covered) size="18" placeholder="assistance=USA,CHN" autocomplete="off" spellcheck="false"; }
            label { span { "On the day" } input type="date" name="at" value=(at); }
            button type="submit" { "Show the position" }
        }
    }
}

fn ends(answer: &Answer, names: &Names) -> Markup {
    let [first, second] = &answer.question.rivals;
    html! {
        p.note {
            "−1 is wholly with " (names.of(second)) ", 1 wholly with " (names.of(first)) "."
            @for it in &answer.question.camps {
                " " (names.of(&it.partner)) " counts " (number(it.membership)) " with "
                (names.of(&answer.question.rivals[usize::from(it.with == hedgerow_measure::hedge::Rival::Second)]))
                ", which is an assumption."
            }
        }
    }
}

/// Where the state stands, on one series, in words.
fn stand(run: &Run) -> Markup {
    html! {
        div.stand-box {
            h3.holder { "On what was " (run.series.as_str()) }
            @if run.series == Series::Pledged && run.own == 0 {
                p.empty { "No pledge counts on that day." }
            } @else if let Some(it) = run.position.summary {
                p.figure { strong { "L " (signed(it.lean)) } span { "score " (format!("{:.1}", it.score)) } span { "W " (number(it.within)) } span { "O " (number(it.offset)) } }
                p.note {
                    "W is " (number(it.tied)) " tied to both sides, " (number(it.crossed)) " crossed within a domain, "
                    (number(1.0 - it.depth)) " on no tie at all (depth " (number(it.depth)) "). "
                    @let [low, high] = run.position.bounds;
                    @if high - low > 1e-9 { "What is missing leaves L open from " (signed(low)) " to " (signed(high)) ". " }
                    @if let Some(it) = &run.interval {
                        "Nine draws in ten lie from " (signed(it.lean.low)) " to " (signed(it.lean.high))
                        " (" (it.draws) " draws over " (words::several(it.publishers as u64, "publisher")) ", seed " (it.seed) "). "
                    }
                    @for (membership, summary) in &run.memberships {
                        @if let Some(it) = summary { "Camp at " (number(*membership)) ": L " (signed(it.lean)) ". " }
                    }
                }
            } @else {
                p.empty { "Nothing is known of both sides in any domain." }
            }
        }
    }
}

fn bars(run: &Run) -> Vec<Bar> {
    let domain = |it: &DomainLean| Bar {
        label: format!("{}, {}", it.domain, run.series),
        value: it.lean,
        range: it.bounds,
    };
    let all = Bar {
        label: format!("L, {}", run.series),
        value: run.position.summary.map(|it| it.lean),
        range: run.position.bounds,
    };
    run.position.domains.iter().map(domain).chain([all]).collect()
}

fn domains(answer: &Answer) -> Markup {
    let [first, second] = &answer.question.rivals;
    let side = |it: &hedgerow_measure::hedge::IndicatorLean, n: usize| {
        it.sides[n]
            .strength
            .map_or_else(|| "?".to_owned(), |value| size(value, it.indicator.unit()))
    };
    html! {
        div.scroll role="region" aria-label="Lean by domain and indicator" tabindex="0" {
            table {
                thead { tr {
                    @for it in ["Series", "Domain"] { th scope="col" { (it) } }
                    @for it in ["Lean", "Possible", "Depth"] { th.number scope="col" { (it) } }
                    th scope="col" { "By" }
                    th.number scope="col" { "With " (first) } th.number scope="col" { "With " (second) } th.number scope="col" { "Third" }
                } }
                tbody {
                    @for run in answer.runs.iter().filter(|it| it.series == Series::Delivered || it.own > 0) {
                        @for domain in &run.position.domains {
                            tr {
                                td { (run.series.as_str()) }
                                th scope="row" { (domain.domain.as_str()) }
                                td.number { @match domain.lean { Some(it) => (signed(it)), None => (domain.state.as_str()) } }
                                td.number { (signed(domain.bounds[0])) " to " (signed(domain.bounds[1])) }
                                td.number { @if domain.lean.is_some() { (number(domain.depth)) } }
                                td { @for it in &domain.indicators { (it.indicator.as_str()) br; } }
                                td.number { @for it in &domain.indicators { (side(it, 0)) br; } }
                                td.number { @for it in &domain.indicators { (side(it, 1)) br; } }
                                td.number { @for it in &domain.indicators { @if let Some(it) = it.third { (format!("{:.0} %", 100.0 * it)) } br; } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn years(years: &[Year]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Lean by year" tabindex="0" {
            table {
                thead { tr {
                    th scope="col" { "Year" }
                    @for it in ["L", "nine in ten", "possible", "W", "O", "depth", "L pledged"] { th.number scope="col" { (it) } }
                } }
                tbody {
                    @for it in years {
                        @let s = it.delivered.summary;
                        tr {
                            th scope="row" { (it.year) }
                            td.number { (s.map_or_else(String::new, |s| signed(s.lean))) }
                            td.number { @if let Some(i) = &it.interval { (signed(i.lean.low)) " to " (signed(i.lean.high)) } }
                            td.number { (signed(it.delivered.bounds[0])) " to " (signed(it.delivered.bounds[1])) }
                            td.number { (s.map_or_else(String::new, |s| number(s.within))) }
                            td.number { (s.map_or_else(String::new, |s| number(s.offset))) }
                            td.number { (s.map_or_else(String::new, |s| number(s.depth))) }
                            td.number { (it.pledged.summary.map_or_else(String::new, |s| signed(s.lean))) }
                        }
                    }
                }
            }
        }
    }
}

/// The facts that shift L furthest.
fn drivers(run: &Run, names: &Names) -> Markup {
    let shown = &run.influences[..run.influences.len().min(DRIVERS)];
    let id = format!("drivers-{}", run.series.as_str());
    html! {
        @if !shown.is_empty() && (run.series == Series::Delivered || run.own > 0) {
            section aria-labelledby=(id) {
                h2 id=(id) { "What drives it, " (run.series.as_str()) }
                div.scroll role="region" aria-label="Facts by how far they shift L" tabindex="0" {
                    table {
                        thead { tr { th scope="col" { "Fact" } th scope="col" { "Of" } th scope="col" { "With" } th.number scope="col" { "Size" } th.number scope="col" { "L without it" } th.number scope="col" { "Shift" } } }
                        tbody {
                            @for it in shown {
                                tr {
                                    th scope="row" { a href=(url::fact(&it.fact)) { (it.fact) } }
                                    td { (it.indicator.as_str()) }
                                    td { (card::actor(&it.partner, names)) }
                                    td.number { (size(it.value, it.indicator.unit())) }
                                    td.number { @match it.without { Some(it) => (signed(it.lean)), None => "nothing left" } }
                                    td.number { (it.shift.map(signed).unwrap_or_default()) }
                                }
                            }
                        }
                    }
                }
                @if run.influences.len() > shown.len() { p.note { (run.influences.len() - shown.len()) " more shift it less; the JSON has all." } }
            }
        }
    }
}

fn swings(run: &Run) -> Markup {
    let id = format!("swings-{}", run.series.as_str());
    html! {
        @if !run.swings.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { "If another figure is right, " (run.series.as_str()) }
                @for it in &run.swings { (swing(it)) }
            }
        }
    }
}

/// What each reading of a disputed fact makes of the measure.
pub(crate) fn swing(swing: &Swing) -> Markup {
    html! {
        div.scroll role="region" aria-label={ "Readings of " (swing.fact) } tabindex="0" {
            table {
                caption { a href=(url::fact(&swing.fact)) { (swing.fact) } ", " (swing.indicator.as_str()) }
                thead { tr { th.number scope="col" { "Figure" } th scope="col" { "Said by" } th.number scope="col" { "then L" } th.number scope="col" { "score" } th.number scope="col" { "W" } th.number scope="col" { "O" } } }
                tbody {
                    @for it in &swing.readings {
                        tr {
                            th.number scope="row" { @match it.value { Some(value) => (size(value, swing.indicator.unit())), None => "did not happen" } }
                            td dir="auto" { (words::flowing(&it.publishers.join(", "))) }
                            @match it.summary {
                                Some(it) => { td.number { strong { (signed(it.lean)) } } td.number { (format!("{:.1}", it.score)) } td.number { (number(it.within)) } td.number { (number(it.offset)) } },
                                None => td.number colspan="4" { "nothing left to measure" },
                            }
                        }
                    }
                }
            }
        }
    }
}

fn conflict(answer: &Answer, names: &Names) -> Markup {
    let [first, second] = &answer.question.rivals;
    html! {
        @if !answer.conflict.is_empty() {
            section aria-labelledby="conflict" {
                h2 id="conflict" { "Resistance, beside all this" }
                div.scroll role="region" aria-label="Conflict" tabindex="0" {
                    table {
                        thead { tr { th scope="col" { "In" } th.number scope="col" { "With " (names.of(first)) } th.number scope="col" { "With " (names.of(second)) } th scope="col" { "Facts" } } }
                        tbody {
                            @for it in &answer.conflict {
                                tr {
                                    th scope="row" { (it.indicator.as_str()) }
                                    @for side in it.sides { td.number { @match side { Some(value) => (size(value, it.indicator.unit())), None => "none told" } } }
                                    td { @for (n, fact) in it.facts.iter().enumerate() { @if n > 0 { ", " } a href=(url::fact(fact)) { (fact) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// "+0.312", "−0.070".
pub(crate) fn signed(value: f64) -> String {
    format!("{:+.3}", value + 0.0).replace('-', "−")
}

fn number(value: f64) -> String {
    let text = format!("{:.3}", value + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A strength in its unit.
fn size(value: f64, unit: &str) -> String {
    match unit {
        "USD" => format!("USD {}", words::figure(value)),
        _ => words::figure(value),
    }
}
