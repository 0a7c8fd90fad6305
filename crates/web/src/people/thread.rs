//! Threads as they are read.

use hedgerow_people::{By, Reply, State, reply_markup};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};

use super::on::{self, Talked};
use crate::people::House;
use crate::problem::Problem;
use crate::words;

/// How far answers are moved in at most: phones are narrow.
const DEEPEST: usize = 6;

/// What was said on something, below the page that shows it: the same for everybody.
pub(crate) fn below(house: &House, on: &Talked) -> Result<Markup, Problem> {
    let all = house.with(|people| Ok(people.replies(&on.names, None)?))?;
    let said = all.iter().filter(|it| it.text.is_some()).count() as u64;
    let talk = on::talk(on.first());
    Ok(html! {
        section.talk aria-labelledby="replies" {
            h2 id="replies" { @if said > 0 { (replies(said)) } @else { "Replies" } }
            (thread(house, &all, &|it| html! { a href={ (talk) "?to=" (it.id) "#write" } { "Answer" } }))
            p.links { a href={ (talk) "#write" } { "Leave a reply" } @if said > 0 { a href={ (talk) ".atom" } { "Feed" } } }
        }
    })
}

/// Replies, answers moved in below what they answer; `more` is what can be done with each.
pub(super) fn thread(house: &House, replies: &[Reply], more: &dyn Fn(&Reply) -> Markup) -> Markup {
    html! {
        @if !replies.is_empty() {
            ol.thread {
                @for it in replies {
                    li.reply.{ "in" (it.depth.min(DEEPEST)) } id={ "reply-" (it.id) } { (one(house, it, replies, more)) }
                }
            }
        }
    }
}

fn one(house: &House, it: &Reply, replies: &[Reply], more: &dyn Fn(&Reply) -> Markup) -> Markup {
    let Some(text) = &it.text else {
        return html! { p.minor { "A reply was here and was removed." } };
    };
    let above = it.parent.and_then(|id| replies.iter().find(|it| it.id == id));
    html! {
        article {
            header {
                (by(house, &it.by)) " · " a href={ "#reply-" (it.id) } { (time(it.added)) }
                @if it.edited.is_some() { " · " span.minor { "changed " (time(it.edited.unwrap_or_default())) } }
                @if it.state == State::Waiting { " " span.tag.warn { "waits for a moderator; only you see it" } }
                @if let Some(above) = above { " · " a.minor href={ "#reply-" (above.id) } { "answers " (if above.text.is_some() { above.by.name() } else { "a removed reply" }) } }
            }
            div.prose dir="auto" { (PreEscaped(reply_markup(text))) }
            p.links { (more(it)) }
        }
    }
}

/// So many of them.
pub(super) fn replies(n: u64) -> String {
    if n == 1 { "1 reply".to_owned() } else { format!("{n} replies") }
}

/// Who said it, and who vouches.
pub(super) fn by(house: &House, by: &By) -> Markup {
    html! {
        @match by {
            By::Account { name, issuer, .. } => { strong dir="auto" { (name) } " " span.minor { "(" (house.label(issuer)) ")" } },
            By::Guest(name) => { strong dir="auto" { (name) } " " span.minor { "(guest)" } },
            By::Nobody => { span.minor { (by.name()) } },
        }
    }
}

/// A moment, in the time of Greenwich.
pub(super) fn time(seconds: i64) -> Markup {
    let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let here = TimeZone::UTC.to_datetime(at);
    html! { time datetime=(at) { (words::day(here.date())) ", " (here.strftime("%H:%M")) } }
}
