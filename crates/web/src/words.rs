//! Claims in words for readers.

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Amount, Kind, Modality, Precision, Qualifier, Unit};
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a claim says was done, holds, flowed or is thought: "Visit", "Aid", "Partnership".
pub(crate) fn what(kind: Kind, type_: &str, mode: Option<&str>, polarity: Option<i8>) -> String {
    let known = match (kind, type_, mode) {
        (Kind::Event, "CONSULT", Some("visit")) => "Visit",
        (Kind::Event, "CONSULT", Some("meet")) => "Meeting",
        (Kind::Event, "CONSULT", Some("multilateral")) => "Multilateral talks",
        (Kind::Event, "CONSULT", Some("third-party")) => "Talks in a third place",
        (Kind::Event, "CONSULT", Some("phone")) => "Telephone call",
        (Kind::Event, "CONSULT", Some("mediate")) => "Mediation",
        (Kind::Event, "CONSULT", _) => "Consultation",
        (Kind::Event, "SUPPORT", Some("sign")) => "Signing",
        (Kind::Event, "SUPPORT", _) => "Support",
        (Kind::Event, "AGREE", _) => "Agreement",
        (Kind::Event, "COOPERATE", Some("exercise")) => "Joint exercise",
        (Kind::Event, "COOPERATE", _) => "Cooperation",
        (Kind::Event, "AID", _) => "Help",
        (Kind::Event, "CONCEDE", _) => "Concession",
        (Kind::Event, "RETREAT", _) => "Retreat",
        (Kind::Event, "REQUEST", _) => "Request",
        (Kind::Event, "ACCUSE", Some("disapprove")) => "Criticism",
        (Kind::Event, "ACCUSE", Some("allege")) => "Allegation",
        (Kind::Event, "ACCUSE", Some("investigate")) => "Investigation",
        (Kind::Event, "ACCUSE", _) => "Accusation",
        (Kind::Event, "REJECT", _) => "Refusal",
        (Kind::Event, "THREATEN", _) => "Threat",
        (Kind::Event, "PROTEST", _) => "Protest",
        (Kind::Event, "SANCTION", Some("expel")) => "Expulsion",
        (Kind::Event, "SANCTION", _) => "Sanction",
        (Kind::Event, "MOBILIZE", _) => "Mobilization",
        (Kind::Event, "COERCE", _) => "Coercion",
        (Kind::Event, "ASSAULT", _) => "Use of force",
        (Kind::Tie, "relations-established", _) => "Diplomatic relations",
        (Kind::Tie, "relations-severed", _) => "Severed relations",
        (Kind::Tie, "territorial-claim", _) => "Territorial claim",
        (Kind::Stance, ..) => match polarity {
            Some(p) if p > 0 => "Warm stance",
            Some(p) if p < 0 => "Cold stance",
            _ => "Stance",
        },
        _ => return capital(&type_.replace('-', " ")),
    };
    known.to_owned()
}

/// [`what`] of a claim.
pub(crate) fn what_of(claim: &Claim) -> String {
    what(claim.kind, &claim.type_, claim.mode.as_deref(), claim.polarity)
}

/// Whether an event is one of conflict (quad classes 3 and 4).
pub(crate) fn is_conflict(type_: &str) -> bool {
    matches!(
        type_,
        "REQUEST"
            | "ACCUSE"
            | "REJECT"
            | "THREATEN"
            | "PROTEST"
            | "SANCTION"
            | "MOBILIZE"
            | "COERCE"
            | "ASSAULT"
    )
}

/// What a modality other than actual is called.
pub(crate) const fn modality(modality: Modality) -> Option<&'static str> {
    match modality {
        Modality::Actual => None,
        Modality::Planned => Some("planned"),
        Modality::Pledged => Some("pledged"),
        Modality::Expected => Some("expected"),
        Modality::CalledFor => Some("called for"),
        Modality::Denied => Some("denied"),
        Modality::Hypothetical => Some("hypothetical"),
        Modality::HistoricalBackground => Some("background"),
    }
}

/// A period at its precision: "14 September 2015", "13–19 September 2015", "2014".
pub(crate) fn period(start: Date, end: Date, precision: Precision) -> String {
    let month = |date: Date| MONTHS[date.month().unsigned_abs() as usize - 1];
    let (y1, m1, d1) = (start.year(), start.month(), start.day());
    let (y2, m2, d2) = (end.year(), end.month(), end.day());
    match precision {
        Precision::Year if y1 == y2 => format!("{y1}"),
        Precision::Year => format!("{y1}–{y2}"),
        Precision::Month if (y1, m1) == (y2, m2) => format!("{} {y1}", month(start)),
        Precision::Month if y1 == y2 => format!("{}–{} {y1}", month(start), month(end)),
        Precision::Month => format!("{} {y1} – {} {y2}", month(start), month(end)),
        _ if start == end => day(start),
        _ if (y1, m1) == (y2, m2) => format!("{d1}–{d2} {} {y1}", month(start)),
        _ if y1 == y2 => format!("{d1} {} – {d2} {} {y1}", month(start), month(end)),
        _ => format!("{} – {}", day(start), day(end)),
    }
}

/// "14 September 2015".
pub(crate) fn day(date: Date) -> String {
    let month = MONTHS[date.month().unsigned_abs() as usize - 1];
    format!("{} {month} {}", date.day(), date.year())
}

/// A moment for people.
pub(crate) fn moment(moment: &str) -> String {
    let (day, time) = moment.split_once('T').unwrap_or((moment, ""));
    let date = day.parse().map_or_else(|_| day.to_owned(), self::day);
    match time.get(..5) {
        Some("00:00") | None => date,
        Some(time) => format!("{date}, {time} UTC"),
    }
}

/// When a claim's act was, where it has a date.
pub(crate) fn when(claim: &Claim) -> Option<String> {
    let (start, end) = (claim.date.start, claim.date.end);
    let (start, end) = start.or(end).zip(end.or(start))?;
    Some(period(start, end, claim.date.precision))
}

/// An amount in full: "about USD 1.7 billion", "6 patrol boat".
pub(crate) fn amount(amount: &Amount) -> String {
    let number = amount.value.map_or_else(|| "an unstated number of".to_owned(), figure);
    let sharpness = match amount.qualifier {
        Qualifier::Exact | Qualifier::Vague => "",
        Qualifier::About => "about ",
        Qualifier::MoreThan => "more than ",
        Qualifier::AtLeast => "at least ",
        Qualifier::UpTo => "up to ",
        Qualifier::LessThan => "less than ",
    };
    match amount.unit {
        Unit::Money => {
            let currency = amount.currency.as_deref().unwrap_or("money");
            format!("{sharpness}{currency} {number}")
        }
        Unit::Count => {
            let noun = amount.count_of.as_deref().unwrap_or_default();
            format!("{sharpness}{number} × {noun}")
        }
        unit => format!("{sharpness}{number} {}", unit.as_str()),
    }
}

/// A number for readers: "1.7 billion", "36,000", "2.5".
pub(crate) fn figure(value: f64) -> String {
    for (size, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if value.abs() >= size {
            return format!("{} {word}", plain(value / size));
        }
    }
    plain(value)
}

/// At most three decimals, thousands apart.
fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, rest) = text.split_once('.').map_or((text, None), |(w, r)| (w, Some(r)));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if whole.starts_with('-') {
        grouped.insert(0, '−');
    }
    match rest {
        Some(rest) => format!("{grouped}.{rest}"),
        None => grouped,
    }
}

/// "1 claim", "3 claims".
pub(crate) fn several(n: u64, noun: &str) -> String {
    let number = plain(n as f64);
    if n == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}

/// The first letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Text of documents as it can be shown: control characters, which browsers drop or misread, as their pictures.
pub(crate) fn shown(text: &str) -> String {
    let picture = |c: char| match c {
        '\n' | '\t' => c,
        '\r' => '\u{200b}',
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or(c),
        '\x7f' => '\u{2421}',
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(picture).collect()
}

/// Where the character of that number in [`shown`] text stands in the text as received: a line break of two characters is
/// shown as one.
pub(crate) fn received(text: &str, shown: usize) -> usize {
    let mut chars = text.chars().enumerate().peekable();
    let mut told = 0;
    while let Some((at, c)) = chars.next() {
        if c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            continue;
        }
        if told == shown {
            return at;
        }
        told += 1;
    }
    // Behind the end: as far behind as it was.
    text.chars().count() + (shown - told)
}

/// An excerpt of one paragraph: line breaks as blanks.
pub(crate) fn flowing(text: &str) -> String {
    shown(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use hedgerow_codebook::claim::Precision::{Day, Month, Year};

    use super::*;

    #[test]
    fn periods_keep_their_precision() {
        let on = |start: &str, end: &str, precision| {
            period(start.parse().unwrap(), end.parse().unwrap(), precision)
        };
        assert_eq!(on("2015-09-14", "2015-09-14", Day), "14 September 2015");
        assert_eq!(on("2015-09-13", "2015-09-19", Day), "13–19 September 2015");
        assert_eq!(on("2015-08-30", "2015-09-02", Day), "30 August – 2 September 2015");
        assert_eq!(on("2015-09-01", "2015-09-30", Month), "September 2015");
        assert_eq!(on("2015-01-01", "2015-03-31", Month), "January–March 2015");
        assert_eq!(on("2014-01-01", "2014-12-31", Year), "2014");
        assert_eq!(on("1992-01-01", "2015-12-31", Year), "1992–2015");
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(figure(1.7e9), "1.7 billion");
        assert_eq!(figure(200e6), "200 million");
        assert_eq!(figure(36_000.0), "36,000");
        assert_eq!(figure(6.0), "6");
        assert_eq!(figure(-2.5), "−2.5");
        assert_eq!(several(1, "claim"), "1 claim");
        assert_eq!(several(1_234, "claim"), "1,234 claims");
    }

    #[test]
    fn offsets_are_those_of_the_text_as_received() {
        let text = "a\r\nb\r–\n";
        let seen: Vec<char> = shown(text).chars().collect();
        let own: Vec<char> = text.chars().collect();
        assert_eq!(seen, ['a', '\n', 'b', '\u{200b}', '–', '\n']);
        for (n, c) in seen.iter().enumerate().filter(|(_, c)| **c != '\u{200b}') {
            assert_eq!(own[received(text, n)], *c, "{n}");
        }
        assert_eq!((received(text, 6), received(text, 8)), (7, 9));
    }

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(shown("a\0b\r\nc\x1b"), "a␀b\nc␛");
    }
}
