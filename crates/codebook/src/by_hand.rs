//! Claims that a person writes: evidence from words or offsets, and a claim from a claim line.

use serde_json::json;

use crate::claim::{Actor, Amount, Claim, Evidence, Kind, Rank, Role, Unit, Voice, When};
use crate::line::{ClaimLine, LineAmount};

/// Why words are no evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The ledger keeps no text of this document.
    #[error(
        "the text of this document is not kept, so words cannot be found in it; import the claim instead"
    )]
    NoText,
    /// The text does not have the words.
    #[error(
        "these words do not stand in the text; copy them from it exactly, with its quotation marks and blanks"
    )]
    NotThere,
    /// The text does not have them so often.
    #[error("the words stand in the text {0} times; give an occurrence from 1 to {0}")]
    Occurrence(usize),
    /// The stretch is empty, or not within the text.
    #[error("{0} to {1} is no stretch of this text, which has {2} characters")]
    Outside(usize, usize, usize),
    /// The claim cannot be made.
    #[error("the claim does not hold: {0}")]
    Claim(String),
}

/// The stretch of `text` where `words` stand for the `nth` time (from 1).
///
/// # Errors
/// Where they do not.
pub fn evidence(text: &str, words: &str, nth: usize) -> Result<Evidence, EditError> {
    if text.is_empty() {
        return Err(EditError::NoText);
    }
    let places: Vec<usize> = text.match_indices(words).map(|(at, _)| at).collect();
    if words.is_empty() || places.is_empty() {
        return Err(EditError::NotThere);
    }
    let at = nth.checked_sub(1).and_then(|n| places.get(n));
    let at = *at.ok_or(EditError::Occurrence(places.len()))?;
    let start = text[..at].chars().count();
    Ok(Evidence {
        start: start as u32,
        end: (start + words.chars().count()) as u32,
        bstart: at as u32,
        bend: (at + words.len()) as u32,
        text: words.to_owned(),
    })
}

/// The stretch of `text` from one code point to another, the end exclusive.
///
/// # Errors
/// Where there is none.
pub fn stretch(text: &str, start: usize, end: usize) -> Result<Evidence, EditError> {
    if text.is_empty() {
        return Err(EditError::NoText);
    }
    let outside = || EditError::Outside(start, end, text.chars().count());
    let byte = |point: usize| {
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        places.into_iter().nth(point).ok_or_else(outside)
    };
    if start >= end {
        return Err(outside());
    }
    let (bstart, bend) = (byte(start)?, byte(end)?);
    Ok(Evidence {
        start: start as u32,
        end: end as u32,
        bstart: bstart as u32,
        bend: bend as u32,
        text: text[bstart..bend].to_owned(),
    })
}

/// A new claim of document `doc`.
///
/// # Errors
/// Where the line makes none.
pub fn added(doc: &str, evidence: &Evidence, line: &ClaimLine) -> Result<Claim, EditError> {
    blank(doc, evidence, line.kind).map(|blank| corrected(&blank, line))
}

/// A claim of document `doc` in which every field has the value that it has where nothing is said of it.
///
/// # Errors
/// Where a field was added to claims that cannot be left out.
pub fn blank(doc: &str, evidence: &Evidence, kind: Kind) -> Result<Claim, EditError> {
    let blank = json!({
        "id": "", "doc": doc, "kind": kind, "type": "", "actors": [], "recipients": [], "evidence": evidence,
    });
    serde_json::from_value(blank).map_err(|error| EditError::Claim(error.to_string()))
}

/// `old` as the line has it; what a line does not show stays.
pub fn corrected(old: &Claim, line: &ClaimLine) -> Claim {
    let known: Vec<&Actor> = old.actors.iter().chain(&old.recipients).collect();
    let party = |(code, role): &(String, Role)| {
        let as_before = known.iter().find(|it| it.code == *code && it.role == *role);
        let same_code = known.iter().find(|it| it.code == *code);
        as_before.map_or_else(
            || Actor {
                code: code.clone(),
                name: same_code.map_or_else(|| code.clone(), |it| it.name.clone()),
                role: *role,
                person: None,
            },
            |it| (*it).clone(),
        )
    };
    let actors: Vec<Actor> = line.actors.iter().map(party).collect();
    let mut recipients: Vec<Actor> = line.recipients.iter().map(party).collect();
    let actors = if line.symmetric {
        let mut all = actors;
        recipients.retain(|it| !all.contains(it));
        all.append(&mut recipients);
        recipients.clone_from(&all);
        all
    } else {
        actors
    };
    let same_type = old.kind == line.kind && old.type_ == line.type_ && old.mode == line.mode;
    Claim {
        actors,
        recipients,
        symmetric: line.symmetric,
        kind: line.kind,
        type_: line.type_.clone(),
        mode: line.mode.clone(),
        level: if line.kind == Kind::Tie { line.label.clone() } else { old.level.clone() },
        topic: if matches!(line.kind, Kind::Event | Kind::Flow | Kind::Tie) {
            old.topic.clone()
        } else {
            line.label.clone()
        },
        polarity: line.polarity,
        amount: line.amount.as_ref().map(|it| amount(it, old.amount.as_ref())),
        date: date(line, &old.date),
        modality: line.modality,
        stage: if line.modality == old.modality && same_type { old.stage.clone() } else { None },
        attributed_to: line.by.as_ref().map(|code| match &old.attributed_to {
            Some(voice) if voice.code == *code => voice.clone(),
            _ => Voice { code: code.clone(), name: code.clone() },
        }),
        rank: line.rank.map(|value| match &old.rank {
            Some(rank) => Rank { value, ..rank.clone() },
            None => Rank { value, among: String::new(), after: Vec::new(), text: String::new() },
        }),
        cumulative: line.cumulative,
        cameo: old.cameo.clone().filter(|_| same_type),
        quad: old.quad.filter(|_| same_type),
        confidence: None,
        ..old.clone()
    }
}

fn amount(line: &LineAmount, old: Option<&Amount>) -> Amount {
    let units =
        [Unit::Tonnes, Unit::Percent, Unit::Km, Unit::Days, Unit::Hours, Unit::Months, Unit::Years];
    let unit = if line.money {
        Unit::Money
    } else {
        units.into_iter().find(|it| it.as_str() == line.of).unwrap_or(Unit::Count)
    };
    Amount {
        value: line.value,
        unit,
        currency: line.money.then(|| line.of.clone()),
        count_of: (unit == Unit::Count).then(|| line.of.clone()),
        qualifier: line.qualifier,
        // The words are those of the text, whatever the figure should be.
        text: old.map(|it| it.text.clone()).unwrap_or_default(),
    }
}

fn date(line: &ClaimLine, old: &When) -> When {
    match line.date {
        None => When::default(),
        Some((start, end, precision)) => {
            let same = old.start == Some(start) && old.end == Some(end);
            let text = old.text.clone().filter(|_| same);
            When { start: Some(start), end: Some(end), precision, text }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Hanoi – a “friend” – said so. A friend it is.";

    #[test]
    fn words_and_offsets_name_one_stretch() {
        let found = evidence(TEXT, "friend", 2).unwrap();
        assert_eq!(found, stretch(TEXT, found.start as usize, found.end as usize).unwrap());
        assert_eq!(&TEXT[found.bstart as usize..found.bend as usize], "friend");
        assert_eq!(evidence(TEXT, "friend", 3), Err(EditError::Occurrence(2)));
        assert_eq!(evidence(TEXT, "foe", 1), Err(EditError::NotThere));
        assert_eq!(evidence("", "friend", 1), Err(EditError::NoText));
        let all = TEXT.chars().count();
        assert_eq!(stretch(TEXT, 0, all).unwrap().text, TEXT);
        for (start, end) in [(3, 3), (4, 3), (0, all + 1)] {
            assert_eq!(stretch(TEXT, start, end), Err(EditError::Outside(start, end, all)));
        }
    }

    #[test]
    fn what_a_line_does_not_show_stays() {
        let line = |text: &str| text.parse::<ClaimLine>().unwrap();
        let old = added(
            "d",
            &stretch(TEXT, 0, 5).unwrap(),
            &line("JPN -> VNM  flow.aid  USD 1.7e9  2015  !pledged"),
        )
        .unwrap();
        assert_eq!(
            ClaimLine::from(&old).to_string(),
            "JPN -> VNM  flow.aid  USD 1.7e9  2015  !pledged"
        );
        let new = corrected(
            &Claim { topic: Some("ships".to_owned()), ..old.clone() },
            &line("JPN -> VNM  flow.aid  USD 1.7e6  2015  !pledged"),
        );
        assert_eq!((new.topic.as_deref(), new.evidence.text.as_str()), (Some("ships"), "Hanoi"));
        assert_eq!(new.amount.unwrap().value, Some(1.7e6));
    }
}
