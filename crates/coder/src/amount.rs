//! Quantities: money in any notation, and counts with their noun.

use hedgerow_codebook::claim::{Amount, Qualifier, Unit};
use hedgerow_parse::{Rel, Upos, Xpos};

use crate::time::TimeExpr;
use crate::tree::{Ix, Tree};

/// A quantity in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    /// First token, qualifier excluded.
    pub(crate) first: Ix,
    /// Last token.
    pub(crate) last: Ix,
    /// The token through which it hangs in the tree.
    pub(crate) anchor: Ix,
    pub(crate) amount: Amount,
}

/// Finds the quantities of a sentence outside its dates. `dollar` is what a bare `$` means.
pub(crate) fn find(tree: &Tree<'_>, times: &[TimeExpr], dollar: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let dated = times.iter().any(|t| t.first <= at && at <= t.last);
        let quantity =
            if dated { None } else { money(tree, at, dollar).or_else(|| count(tree, at)) };
        match quantity {
            Some(quantity) => {
                at = quantity.last + 1;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

/// A number with its magnitude: `1.7 billion`, `2,661`, `six`, `5m`.
fn number(tree: &Tree<'_>, at: Ix) -> Option<(Ix, f64)> {
    if at >= tree.len() {
        return None;
    }
    let word = tree.word(at);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let plain = digits.replace(',', "");
    let (mut value, mut last) = if let Ok(value) = plain.parse::<f64>() {
        let factor = match ending {
            "" => 1.0,
            "m" | "mn" | "M" => 1e6,
            "bn" | "b" | "B" => 1e9,
            "tn" | "trn" => 1e12,
            "k" | "K" => 1e3,
            _ => return None,
        };
        (value * factor, at)
    } else {
        match word_number(word) {
            Some(value) => (value, at),
            None if matches!(word, "a" | "half") => (1.0, at),
            None => return None,
        }
    };
    let mut scaled = false;
    while last + 1 < tree.len() {
        let Some(factor) = magnitude(tree.word(last + 1)) else { break };
        value *= factor;
        last += 1;
        scaled = true;
    }
    // "a boat" is no number; "a million" is.
    (scaled || !matches!(word, "a" | "half")).then_some((last, round(value)))
}

/// Takes away the dust of binary fractions: 1.7 times a billion is 1,700,000,000.
fn round(value: f64) -> f64 {
    if value.abs() >= 1000.0 { value.round() } else { value }
}

fn word_number(word: &str) -> Option<f64> {
    let word = word.to_lowercase();
    match word.as_str() {
        "dozen" => Some(12.0),
        _ if word.bytes().all(|b| b.is_ascii_digit()) => None,
        _ => crate::time::small_number(&word).map(|n| n as f64),
    }
}

fn magnitude(word: &str) -> Option<f64> {
    Some(match word.to_lowercase().as_str() {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mln" | "mn" | "m" => 1e6,
        "billion" | "bln" | "bn" => 1e9,
        "trillion" | "trn" | "tn" => 1e12,
        "crore" => 1e7,
        "lakh" => 1e5,
        "dozen" => 12.0,
        _ => return None,
    })
}

/// ISO code of a currency sign or of a sign with its country, `US$`.
fn sign(word: &str, dollar: &str) -> Option<String> {
    let code = match word {
        "$" => dollar,
        "US$" | "USD" | "U.S.$" => "USD",
        "A$" | "AU$" | "AUD" => "AUD",
        "C$" | "CA$" | "CAD" => "CAD",
        "NZ$" => "NZD",
        "S$" => "SGD",
        "HK$" => "HKD",
        "NT$" => "TWD",
        "€" | "EUR" => "EUR",
        "£" | "GBP" => "GBP",
        "¥" | "JPY" => "JPY",
        "₹" | "Rs" | "Rs." | "INR" => "INR",
        "₩" | "KRW" => "KRW",
        "RMB" | "CNY" => "CNY",
        "CHF" => "CHF",
        _ => return None,
    };
    Some(code.to_owned())
}

/// Codes of ISO 4217 that newswire writes behind a number.
const CODES: &[&str] = &[
    "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "CHF", "AUD", "NZD", "CAD", "SGD", "HKD", "TWD",
    "KRW", "INR", "PKR", "BDT", "LKR", "NPR", "VND", "THB", "MYR", "IDR", "PHP", "KHR", "LAK",
    "MMK", "RUB", "UAH", "KZT", "TRY", "PLN", "CZK", "HUF", "RON", "BGN", "SEK", "NOK", "DKK",
    "ISK", "ILS", "SAR", "AED", "QAR", "KWD", "BHD", "OMR", "JOD", "IQD", "IRR", "EGP", "MAD",
    "TND", "DZD", "LYD", "NGN", "GHS", "KES", "UGX", "TZS", "ETB", "ZAR", "ZMW", "XOF", "XAF",
    "BRL", "ARS", "CLP", "COP", "PEN", "MXN", "AZN", "GEL", "AMD", "UZS", "MNT", "AFN",
];

/// ISO code of a currency by its name, with the word before it ("Australian dollars").
fn currency_name(word: &str, before: &str, dollar: &str) -> Option<String> {
    // "500 million USD", as agencies of Asia write it.
    if CODES.contains(&word) {
        return Some(if word == "RMB" { "CNY" } else { word }.to_owned());
    }
    let code = match (word.to_lowercase().trim_end_matches('s'), before) {
        ("dollar", "Australian") => "AUD",
        ("dollar", "Canadian") => "CAD",
        ("dollar", "Singapore") => "SGD",
        ("dollar", "Hong Kong" | "Kong") => "HKD",
        ("dollar", "Zealand") => "NZD",
        ("dollar", "US" | "U.S." | "American") => "USD",
        ("dollar", "Taiwan") => "TWD",
        ("dollar", _) => dollar,
        ("euro", _) => "EUR",
        ("yen", _) => "JPY",
        ("yuan" | "renminbi" | "rmb", _) => "CNY",
        ("pound", "" | "British") => "GBP",
        ("pound", "Egyptian") => "EGP",
        ("pound", "Syrian") => "SYP",
        ("pound", "Lebanese") => "LBP",
        ("pound", "Sudanese") => "SDG",
        ("sterling", _) => "GBP",
        ("dinar", "Kuwaiti") => "KWD",
        ("dinar", "Jordanian") => "JOD",
        ("dinar", "Iraqi") => "IQD",
        ("dinar", "Bahraini") => "BHD",
        ("dinar", "Algerian") => "DZD",
        ("dinar", "Tunisian") => "TND",
        ("dinar", "Libyan") => "LYD",
        ("dinar", "Serbian") => "RSD",
        ("peso", "Mexican") => "MXN",
        ("peso", "Philippine") => "PHP",
        ("peso", "Argentine") => "ARS",
        ("peso", "Chilean") => "CLP",
        ("peso", "Colombian") => "COP",
        ("shilling", "Kenyan" | "Kenya") => "KES",
        ("shilling", "Ugandan" | "Uganda") => "UGX",
        ("shilling", "Tanzanian" | "Tanzania") => "TZS",
        ("franc", "French") => "FRF",
        ("franc", "CFA") => "XOF",
        ("franc", "Belgian") => "BEF",
        ("guilder" | "florin", "" | "Dutch") => "NLG",
        ("lire", _) => "ITL",
        ("peseta", _) => "ESP",
        ("ecu", _) => "XEU",
        ("escudo", _) => "PTE",
        ("schilling", _) => "ATS",
        ("franc", "Congolese") => "CDF",
        ("mark", "" | "German" | "Deutsche" | "deutsche") => "DEM",
        ("rial", "Omani") => "OMR",
        ("rial", "Qatari") => "QAR",
        ("riyal", "Qatari") => "QAR",
        ("rial", "Iranian") => "IRR",
        ("rial", "Yemeni") => "YER",
        ("rand", _) => "ZAR",
        ("naira", _) => "NGN",
        ("taka", _) => "BDT",
        ("forint", _) => "HUF",
        ("zloty" | "zlotie" | "zlotys", _) => "PLN",
        ("hryvnia", _) => "UAH",
        ("leu" | "lei", "Romanian") => "RON",
        ("lev" | "leva", _) => "BGN",
        ("shekel", _) => "ILS",
        ("birr", _) => "ETB",
        ("cedi", _) => "GHS",
        ("kyat", _) => "MMK",
        ("kip", _) => "LAK",
        ("riel", _) => "KHR",
        ("afghani", _) => "AFN",
        ("tenge", _) => "KZT",
        ("manat", "Azerbaijani") => "AZN",
        ("kwacha", "Zambian") => "ZMW",
        ("kwacha", "Malawian") => "MWK",
        ("pula", _) => "BWP",
        ("koruna" | "crown", "Czech") => "CZK",
        ("rupee", "Pakistani") => "PKR",
        ("rupee", "Sri" | "Lankan") => "LKR",
        ("rupee", _) => "INR",
        ("ruble" | "rouble", _) => "RUB",
        ("won", _) => "KRW",
        ("rupiah", _) => "IDR",
        ("baht", _) => "THB",
        ("dong", _) => "VND",
        ("ringgit", _) => "MYR",
        ("real" | "reai", "Brazilian") => "BRL",
        ("lira", _) => "TRY",
        ("franc", "Swiss") => "CHF",
        ("krone" | "kroner", "Danish") => "DKK",
        ("krone" | "kroner", _) => "NOK",
        ("krona" | "kronor", _) => "SEK",
        ("riyal", _) => "SAR",
        ("dirham", _) => "AED",
        _ => return None,
    };
    Some(code.to_owned())
}

fn money(tree: &Tree<'_>, at: Ix, dollar: &str) -> Option<Quantity> {
    let quantity = |first: Ix, last: Ix, anchor: Ix, value: f64, currency: String| {
        let (qualifier, start) = qualifier(tree, first);
        let text = tree.cover(start, last).of(tree.text).to_owned();
        let amount = Amount {
            value: Some(value),
            unit: Unit::Money,
            currency: Some(currency),
            count_of: None,
            qualifier,
            text,
        };
        Some(Quantity { first: start, last, anchor, amount })
    };
    let word = tree.word(at);
    // "$1.7 billion", "US$ 460 million"; the tokeniser may leave sign and country apart.
    if let Some(code) = sign(word, dollar) {
        let (last, value) = number(tree, at + 1)?;
        return quantity(at, last, at, value, code);
    }
    if matches!(word, "US" | "A" | "C" | "NZ" | "S" | "HK" | "NT")
        && at + 1 < tree.len()
        && tree.word(at + 1) == "$"
        && tree.span(at).end == tree.span(at + 1).start
    {
        let (last, value) = number(tree, at + 2)?;
        let code = sign(&format!("{word}$"), dollar)?;
        return quantity(at, last, at + 1, value, code);
    }
    // A sign that was left glued to its number, "€5m".
    let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
    if digits.len() < word.len()
        && !digits.is_empty()
        && let Some(code) = sign(&word[..word.len() - digits.len()], dollar)
        && let Ok(value) = digits.replace(',', "").parse::<f64>()
    {
        let mut last = at;
        let mut value = value;
        while last + 1 < tree.len()
            && let Some(factor) = magnitude(tree.word(last + 1))
        {
            value *= factor;
            last += 1;
        }
        return quantity(at, last, at, round(value), code);
    }
    // "200 million yen", "460 million U.S. dollars".
    let (last, value) = number(tree, at)?;
    for skip in 1..=3 {
        let here = last + skip;
        if here >= tree.len() {
            break;
        }
        let before = if skip > 1 { tree.word(here - 1) } else { "" };
        if let Some(code) = currency_name(tree.word(here), before, dollar) {
            return quantity(at, here, here, value, code);
        }
        if !matches!(tree.upos(here), Upos::Propn | Upos::Adj) {
            break;
        }
    }
    None
}

/// "six patrol boats", "2,661 investment projects", "dozens of rounds", "72 hours", "12 percent".
fn count(tree: &Tree<'_>, at: Ix) -> Option<Quantity> {
    if matches!(tree.lemma(at), "dozens" | "hundreds" | "thousands" | "scores")
        || matches!(tree.lemma(at), "dozen" | "hundred" | "thousand" | "score")
            && tree.word(at).ends_with('s')
    {
        let of_what =
            |k: Ix| tree.kids_by(k, &[Rel::Nmod]).find(|&k| tree.preposition(k) == Some("of"));
        let of = of_what(at)?;
        // "hundreds of thousands of refugees"
        let of = of_what(of).filter(|_| tree.lemma(of) == "thousand").unwrap_or(of);
        return counted(tree, at, at, of, None);
    }
    if tree.upos(at) != Upos::Num {
        return None;
    }
    // "106 T-55 tanks" are 106.
    let model = at >= 2
        && tree.word(at - 1) == "-"
        && tree.span(at - 1).end == tree.span(at).start
        && tree.word(at - 2).ends_with(|c: char| c.is_alphabetic());
    if model {
        return None;
    }
    let (last, value) = number(tree, at)?;
    if last + 1 < tree.len() && matches!(tree.word(last + 1), "%" | "percent" | "per" | "pc") {
        let end =
            if tree.word(last + 1) == "per" { (last + 2).min(tree.len() - 1) } else { last + 1 };
        let (qualifier, start) = qualifier(tree, at);
        let text = tree.cover(start, end).of(tree.text).to_owned();
        let amount = Amount {
            value: Some(value),
            unit: Unit::Percent,
            currency: None,
            count_of: None,
            qualifier,
            text,
        };
        return Some(Quantity { first: start, last: end, anchor: last + 1, amount });
    }
    // The noun that the number counts; "one of the", "the two countries" and the like count nothing.
    let governed = tree.path_up(at).skip(1).take(3).find(|&i| tree.is_noun(i) && i > last);
    // "sell Saudi Arabia 180 artillery systems": a number that was hung on the name before it.
    let following = || {
        let before = tree.head(at).is_some_and(|h| h < at && tree.upos(h) == Upos::Propn);
        let inside = |&i: &Ix| {
            !matches!(tree.upos(i), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Punct | Upos::Verb)
        };
        let end = (last + 1..tree.len().min(last + 8)).find(inside).unwrap_or(last + 1);
        (last + 1..end).rev().find(|&i| before && tree.xpos(i) == Xpos::Nns)
    };
    if let Some(noun) = following().filter(|_| governed.is_none()) {
        return counted(tree, at, last, noun, Some(value));
    }
    let noun = governed?;
    let joined = (last + 1..noun).all(|i| tree.below(i, noun));
    let number_of =
        tree.rel(at) == Rel::Nummod || tree.head(at).is_some_and(|h| tree.rel(h) == Rel::Nummod);
    (joined && number_of).then_some(())?;
    counted(tree, at, last, noun, Some(value))
}

fn counted(
    tree: &Tree<'_>,
    first: Ix,
    _last: Ix,
    noun: Ix,
    value: Option<f64>,
) -> Option<Quantity> {
    const PARTIES: &[&str] = &[
        "country",
        "nation",
        "side",
        "state",
        "leader",
        "government",
        "party",
        "neighbor",
        "neighbour",
        "people",
        "minister",
        "economy",
        "time",
        "power",
        "capital",
        "century",
        "ally",
        "partner",
        "member",
        "step",
        "way",
        "reason",
    ];
    let lemma = tree.lemma(noun);
    if PARTIES.contains(&lemma) {
        return None;
    }
    let unit = match lemma {
        "ton" | "tonne" => Unit::Tonnes,
        "km" | "kilometre" | "kilometer" => Unit::Km,
        "day" => Unit::Days,
        "hour" => Unit::Hours,
        "month" => Unit::Months,
        "year" => Unit::Years,
        _ => Unit::Count,
    };
    let count_of = (unit == Unit::Count).then(|| {
        let words =
            tree.kids_by(noun, &[Rel::Compound, Rel::Amod]).filter(|&k| k > first && k < noun);
        // "15 British soldiers", "two captured soldiers" are soldiers.
        let words = words.filter(|&k| {
            !tree.word(k).starts_with(char::is_uppercase)
                && !matches!(tree.xpos(k), Xpos::Vbn | Xpos::Vbd)
        });
        let mut parts: Vec<String> = words.map(|k| tree.word(k).to_owned()).collect();
        parts.push(lemma.to_owned());
        parts.join(" ")
    });
    let (qualifier, start) = qualifier(tree, first);
    let qualifier = if value.is_none() { Qualifier::Vague } else { qualifier };
    let text = tree.cover(start, noun).of(tree.text).to_owned();
    let amount = Amount { value, unit, currency: None, count_of, qualifier, text };
    Some(Quantity { first: start, last: noun, anchor: noun, amount })
}

/// The qualifier before a number, and the token where it begins.
fn qualifier(tree: &Tree<'_>, first: Ix) -> (Qualifier, Ix) {
    let word = |back: usize| {
        first.checked_sub(back).map_or(String::new(), |i| tree.word(i).to_lowercase())
    };
    let (one, two) = (word(1), word(2));
    match (two.as_str(), one.as_str()) {
        ("more", "than") => (Qualifier::MoreThan, first - 2),
        ("less" | "fewer", "than") => (Qualifier::LessThan, first - 2),
        ("at", "least") => (Qualifier::AtLeast, first - 2),
        // "adds up to" is no limit.
        ("up", "to")
            if tree.rel(first - 2) != Rel::CompoundPrt
                || tree.head(first - 2).is_none_or(|verb| {
                    !matches!(tree.lemma(verb), "add" | "sum" | "total" | "come" | "run")
                }) =>
        {
            (Qualifier::UpTo, first - 2)
        }
        (_, "about" | "around" | "approximately" | "roughly" | "some" | "estimated") => {
            (Qualifier::About, first - 1)
        }
        (
            _,
            "exceeded" | "exceeds" | "exceeding" | "exceed" | "topped" | "surpassed" | "topping",
        ) => (Qualifier::MoreThan, first),
        (_, "nearly" | "almost" | "under" | "below") => (Qualifier::LessThan, first - 1),
        // "handed over two boats" says nothing of the number.
        (_, "over" | "above") if tree.rel(first - 1) != Rel::CompoundPrt => {
            (Qualifier::MoreThan, first - 1)
        }
        _ => (Qualifier::Exact, first),
    }
}
