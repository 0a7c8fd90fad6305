//! Reading claim lines.

use std::str::FromStr;

use jiff::civil::Date;

use super::{ClaimLine, LineAmount};
use crate::claim::{Kind, Modality, Precision, Qualifier, Role};

/// What is wrong with a claim line, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("claim line, at `{part}`: {message}")]
pub struct LineError {
    /// The part that could not be read.
    pub part: String,
    /// What is wrong with it, and what is expected.
    pub message: String,
}

fn fail<T>(part: &str, message: impl Into<String>) -> Result<T, LineError> {
    Err(LineError { part: part.to_owned(), message: message.into() })
}

impl FromStr for ClaimLine {
    type Err = LineError;

    fn from_str(line: &str) -> Result<Self, LineError> {
        let mut parts = parts(line).into_iter();
        let (actors, recipients, symmetric) = parties(&parts.next().unwrap_or_default())?;
        let Some(first) = parts.next() else {
            return fail(
                line,
                "expected two blanks, then a type, as in `VNM -> JPN  CONSULT.visit`",
            );
        };
        let mut read = Self {
            actors,
            recipients,
            symmetric,
            kind: Kind::Event,
            type_: String::new(),
            mode: None,
            label: None,
            polarity: None,
            amount: None,
            date: None,
            modality: Modality::Actual,
            by: None,
            rank: None,
            cumulative: false,
            also: 0,
            who: None,
            after: None,
            of: None,
        };
        what(&mut read, &first)?;
        if read.kind.is_alone() != read.recipients.is_empty() {
            return fail(
                line,
                "a claim of one state alone (posture, office, naming) has one side, any other has two",
            );
        }
        for part in parts {
            extra(&mut read, &part)?;
        }
        Ok(read)
    }
}

/// Splits at two blanks or more, outside quotes.
fn parts(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let (mut quoted, mut escaped, mut blanks) = (false, false, 0);
    for c in line.trim().chars() {
        if c == ' ' && !quoted {
            blanks += 1;
            continue;
        }
        match blanks {
            0 => {}
            1 => part.push(' '),
            _ => parts.push(std::mem::take(&mut part)),
        }
        blanks = 0;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && !escaped;
        part.push(c);
    }
    parts.push(part);
    parts
}

type Side = Vec<(String, Role)>;

fn parties(text: &str) -> Result<(Side, Side, bool), LineError> {
    let mut sides: [Side; 2] = [Vec::new(), Vec::new()];
    let mut arrow = None;
    let mut want_actor = true;
    for word in words(text)? {
        match (word.as_str(), want_actor) {
            ("->" | "=", false) if arrow.is_none() => {
                arrow = Some(word == "=");
                want_actor = true;
            }
            ("+", false) => want_actor = true,
            (_, true) => {
                sides[usize::from(arrow.is_some())].push(actor(&word)?);
                want_actor = false;
            }
            _ => return fail(&word, "expected `->`, `=` or `+` between actors"),
        }
    }
    if want_actor {
        return fail(text, "expected an actor code");
    }
    let [mut actors, mut recipients] = sides;
    let symmetric = arrow == Some(true);
    if symmetric {
        actors.append(&mut recipients);
        recipients.clone_from(&actors);
    }
    Ok((actors, recipients, symmetric))
}

/// Words between blanks or `+`. A quoted stretch loses its quotes and may be followed by a role.
fn words(text: &str) -> Result<Vec<String>, LineError> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('+') {
            words.push("+".to_owned());
            rest = after.trim_start();
            continue;
        }
        let mut word = String::new();
        if let Some(inner) = rest.strip_prefix('"') {
            let (content, after) = unquote(inner, text)?;
            word = content;
            rest = after;
        }
        let end = rest.find([' ', '+']).unwrap_or(rest.len());
        word.push_str(&rest[..end]);
        words.push(word);
        rest = rest[end..].trim_start();
    }
    Ok(words)
}

/// Reads up to the closing quote; returns the content and what follows it.
fn unquote<'t>(inner: &'t str, whole: &str) -> Result<(String, &'t str), LineError> {
    let mut content = String::new();
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            'n' if escaped => content.push('\n'),
            c if escaped => content.push(c),
            '\\' => {
                escaped = true;
                continue;
            }
            '"' => return Ok((content, &inner[at + 1..])),
            c => content.push(c),
        }
        escaped = false;
    }
    fail(whole, "a quote is opened and not closed")
}

fn actor(word: &str) -> Result<(String, Role), LineError> {
    let written = word.rsplit_once('/').and_then(|(code, role)| Some((code, Role::parse(role)?)));
    let (code, role) = written.unwrap_or_else(|| (word, Role::default_of(word)));
    Ok((check_code(code)?, role))
}

fn check_code(code: &str) -> Result<String, LineError> {
    let state = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let named =
        ["IGO:", "ORG:", "GRP:"].iter().any(|p| code.len() > p.len() && code.starts_with(p));
    if state || named {
        return Ok(code.to_owned());
    }
    fail(code, "expected a code such as `VNM`, `VNM/MIL`, `IGO:NATO` or `\"GRP:major powers\"`")
}

fn what(line: &mut ClaimLine, text: &str) -> Result<(), LineError> {
    let (name, label) = match text.split_once(" \"") {
        Some((name, inner)) => (name, Some(unquote(inner, text)?.0)),
        None => (text, None),
    };
    line.label = label;
    if let Some(sign) = name.strip_prefix("stance") {
        line.kind = Kind::Stance;
        "stance".clone_into(&mut line.type_);
        line.polarity = Some(match sign {
            "+" => 1,
            "-" => -1,
            "0" => 0,
            _ => return fail(text, "expected `stance+`, `stance-` or `stance0`"),
        });
        return Ok(());
    }
    let kinds = [Kind::Flow, Kind::Tie, Kind::Posture, Kind::Office, Kind::Naming];
    let (first, rest) = name.split_once('.').map_or((name, None), |(f, r)| (f, Some(r)));
    if let Some(kind) = kinds.into_iter().find(|kind| kind.as_str() == first)
        && let Some(type_) = rest
    {
        line.kind = kind;
        let (type_, mode) = match type_.split_once('.') {
            Some((type_, mode)) if kind.is_alone() => (type_, Some(mode.to_owned())),
            _ => (type_, None),
        };
        type_.clone_into(&mut line.type_);
        line.mode = mode;
        return Ok(());
    }
    if first.is_empty() || !first.bytes().all(|b| b.is_ascii_uppercase()) {
        return fail(
            text,
            "expected a type such as `CONSULT.visit`, `flow.aid`, `tie.dispute`, `stance+`",
        );
    }
    line.kind = Kind::Event;
    first.clone_into(&mut line.type_);
    line.mode = rest.map(str::to_owned);
    Ok(())
}

fn extra(line: &mut ClaimLine, part: &str) -> Result<(), LineError> {
    if let Some(name) = part.strip_prefix('!') {
        match Modality::parse(name) {
            Some(modality) => line.modality = modality,
            None => return fail(part, "no such modality"),
        }
    } else if let Some(code) = part.strip_prefix("by ") {
        line.by = Some(check_code(&words(code)?.concat())?);
    } else if let Some(rank) = part.strip_prefix('#') {
        match rank.parse() {
            Ok(rank) => line.rank = Some(rank),
            Err(_) => return fail(part, "expected a whole number after `#`"),
        }
    } else if let Some((word, name)) = ["who", "after", "of"]
        .into_iter()
        .find_map(|word| Some((word, part.strip_prefix(word)?.strip_prefix(" \"")?)))
    {
        let name = Some(unquote(name, part)?.0);
        match word {
            "who" => line.who = name,
            "after" => line.after = name,
            _ => line.of = name,
        }
    } else if part == "cumulative" {
        line.cumulative = true;
    } else if let Some(n) = part.strip_prefix("also ").and_then(|n| n.parse().ok()) {
        line.also = n;
    } else if let Some(interval) = interval(part) {
        line.date = Some(interval);
    } else {
        line.amount = Some(amount(part)?);
    }
    Ok(())
}

/// `2014`, `2015-04`, `2015-09-13/2015-09-19`.
fn interval(text: &str) -> Option<(Date, Date, Precision)> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (start, _, precision) = point(first)?;
    let (_, end, other) = point(last)?;
    (precision == other).then_some((start, end, precision))
}

fn point(text: &str) -> Option<(Date, Date, Precision)> {
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    match text.len() {
        4 => {
            let year = text.parse().ok()?;
            Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year))
        }
        7 => {
            let first: Date = format!("{text}-01").parse().ok()?;
            Some((first, first.last_of_month(), Precision::Month))
        }
        10 => text.parse().ok().map(|date| (date, date, Precision::Day)),
        _ => None,
    }
}

fn amount(part: &str) -> Result<LineAmount, LineError> {
    let marks = [
        (">=", Qualifier::AtLeast),
        ("<=", Qualifier::UpTo),
        ("~", Qualifier::About),
        (">", Qualifier::MoreThan),
        ("<", Qualifier::LessThan),
    ];
    let (qualifier, rest) = marks
        .into_iter()
        .find_map(|(mark, q)| part.strip_prefix(mark).map(|rest| (q, rest.trim_start())))
        .unwrap_or((Qualifier::Exact, part));
    let (first, last) = rest.split_once(' ').unwrap_or((rest, ""));
    let money = first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase());
    let (number, of) = if money {
        (last, first.to_owned())
    } else if let Some(inner) = last.strip_prefix('"') {
        (first, unquote(inner, part)?.0)
    } else {
        (first, last.to_owned())
    };
    let value = match number.parse::<f64>() {
        Ok(value) if value.is_finite() => Some(value),
        _ if number == "?" => None,
        _ => return fail(part, "expected an amount, a date, or an extra such as `!planned`"),
    };
    let qualifier = if value.is_none() { Qualifier::Vague } else { qualifier };
    Ok(LineAmount { qualifier, value, of, money })
}
