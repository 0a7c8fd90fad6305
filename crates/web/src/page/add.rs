//! Handing in: text, files, addresses; and what became of what was handed in.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::Page;
use crate::desk::Visit;
use crate::inbox::{Job, Outcome};
use crate::sheet::Sheet;
use crate::{Names, url, words};

/// The forms, and the jobs so far.
#[derive(Debug)]
pub(crate) struct Add {
    pub(crate) visit: Option<Visit>,
    pub(crate) jobs: Vec<(String, Job, Outcome)>,
}

impl Page for Add {
    fn title(&self, _: &Names) -> String {
        "Add documents".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head {
                p.kicker { a href="/documents" { "Documents" } }
                h1 { "Add documents" }
                p.note { "What is handed in is read and coded here, one after the other, and kept in the ledger with its claims. It is safe to close this page: nothing is lost, and nothing is taken twice." }
            }
            @match &self.visit {
                None => p.empty { "To add documents, " a href="/desk" { "say who you are" } "." },
                Some(visit) => (form(visit)),
            }
            @if !self.jobs.is_empty() {
                section aria-labelledby="jobs" {
                    h2 id="jobs" { "Handed in before" }
                    div.scroll role="region" aria-label="Jobs" tabindex="0" {
                        table {
                            thead { tr { th scope="col" { "When" } th scope="col" { "By" } th scope="col" { "What became of it" } } }
                            tbody {
                                @for (id, job, outcome) in &self.jobs {
                                    tr {
                                        th scope="row" { a href=(url::job(id)) { (words::moment(&job.added)) } }
                                        td { (job.by) }
                                        td { (told(outcome)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        let one = |(id, job, outcome): &(String, Job, Outcome)| json!({ "id": id, "by": job.by, "added": job.added, "outcome": outcome });
        json!({ "ok": true, "jobs": self.jobs.iter().map(one).collect::<Vec<_>>() })
    }

    fn csv(&self) -> Sheet {
        let mut sheet =
            Sheet::new(&["id", "by", "added", "read", "of", "documents", "refused", "done"]);
        for (id, job, it) in &self.jobs {
            let numbers =
                [it.read, it.of, it.documents.len(), it.refused.len()].map(|it| it.to_string());
            let head = [id.clone(), job.by.clone(), job.added.clone()];
            sheet.row(head.into_iter().chain(numbers).chain([it.done.to_string()]));
        }
        sheet
    }
}

fn form(visit: &Visit) -> Markup {
    html! {
        form.hand-in action="/add" method="post" enctype="multipart/form-data" {
            input type="hidden" name="form" value=(visit.form);
            label.wide { span { "Text of an article" } textarea name="text" rows="10" spellcheck="false" {} }
            label { span { "Headline" } input name="title" autocomplete="off"; }
            label { span { "Outlet" } input name="outlet" autocomplete="off"; }
            label { span { "Published (2015-09-20, 2015-09 or 2015)" } input name="published" size="12" autocomplete="off" pattern="\\d{4}(-\\d{2}){0,2}.*"; }
            label { span { "Its address" } input type="url" name="url" autocomplete="off"; }
            label.wide { span { "Or files: text, Markdown, HTML, PDF, e-mail, feeds, tables, JSON lines, WARC; at most 32 MiB each, 64 MiB together" } input type="file" name="files" multiple; }
            label.wide { span { "Or addresses of articles and feeds, one a line" } textarea name="addresses" rows="3" spellcheck="false" {} }
            button type="submit" { "Hand in" }
        }
        p.note { "Headline, outlet and day hold for everything in this form that does not say them itself. Words such as “on Tuesday” are dated only where the day of publication is known." }
    }
}

/// "3 documents, 12 claims; 1 refused".
fn told(outcome: &Outcome) -> String {
    let claims: usize = outcome.documents.iter().map(|it| it.claims).sum();
    let kept = format!(
        "{}, {}",
        words::several(outcome.documents.len() as u64, "document"),
        words::several(claims as u64, "claim")
    );
    let refused = outcome.refused.len();
    let refused = (refused > 0).then(|| format!("{refused} refused"));
    let read = (!outcome.done).then(|| format!("{} of {} read", outcome.read, outcome.of));
    [Some(kept), refused, read].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// One job.
#[derive(Debug)]
pub(crate) struct JobPage {
    pub(crate) id: String,
    pub(crate) job: Job,
    pub(crate) outcome: Outcome,
}

impl Page for JobPage {
    fn title(&self, _: &Names) -> String {
        "Handed in".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        let it = &self.outcome;
        html! {
            header.head {
                p.kicker { a href="/add" { "Add documents" } }
                h1 { "Handed in " (words::moment(&self.job.added)) }
                p.byline { span { "by " (self.job.by) } }
            }
            // The script looks again until it is done; without it the link does.
            div data-desk="" data-live=[(!it.done).then_some("")] aria-live="polite" {
                label.progress {
                    span { @if it.done { "Done: " } @else { "Being read: " } (told(it)) }
                    progress max=(it.of) value=(it.read) {}
                }
                @if !it.done { p.links { a href=(url::job(&self.id)) { "Look again" } } }
                @if !it.documents.is_empty() {
                    h2 { "Documents" }
                    ul.plain {
                        @for kept in &it.documents {
                            li {
                                a href=(url::document(&kept.id)) dir="auto" { (words::flowing(kept.title.as_deref().unwrap_or(&kept.id))) }
                                " " span.tag { (kept.how) } " " span.minor { (words::several(kept.claims as u64, "claim")) }
                                @if kept.claims > 0 { " " a href={ "/review" (crate::asked::query([("doc", kept.id.as_str())])) } { "Judge" } }
                            }
                        }
                    }
                }
                @if !it.refused.is_empty() {
                    h2 { "Not kept" }
                    ul { @for refused in &it.refused { li { code { (refused.what) } ": " (words::flowing(&refused.why)) } } }
                    p.note { "Files of which something was not kept stay in the folder beside the ledger." }
                }
            }
        }
    }

    fn json(&self) -> Value {
        json!({ "ok": true, "id": self.id, "job": self.job, "outcome": self.outcome })
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["what", "how", "claims", "why"]);
        for it in &self.outcome.documents {
            sheet.row([it.id.clone(), it.how.clone(), it.claims.to_string(), String::new()]);
        }
        for it in &self.outcome.refused {
            sheet.row([it.what.clone(), "refused".to_owned(), String::new(), it.why.clone()]);
        }
        sheet
    }

    fn script(&self) -> bool {
        true
    }
}
