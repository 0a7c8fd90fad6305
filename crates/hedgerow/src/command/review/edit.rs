//! From a claim line that a person wrote to the claim that it means.

use anyhow::bail;
use hedgerow_codebook::claim::{
    Actor, Amount, Claim, Evidence, Kind, Rank, Role, Unit, Voice, When,
};
use hedgerow_codebook::{ClaimLine, LineAmount};
use serde_json::json;

/// The stretch of `text` where `words` stand for the `nth` time.
pub(super) fn evidence(text: &str, words: &str, nth: usize) -> anyhow::Result<Evidence> {
    if text.is_empty() {
        bail!(
            "the text of this document is not kept, so words cannot be found in it; import the claim instead"
        );
    }
    let places: Vec<usize> = text.match_indices(words).map(|(at, _)| at).collect();
    if words.is_empty() || places.is_empty() {
        bail!(
            "these words do not stand in the text; copy them from it exactly, with its quotation marks and blanks"
        );
    }
    let Some(&at) = nth.checked_sub(1).and_then(|n| places.get(n)) else {
        bail!("the words stand in the text {} times; give --occurrence 1 to {0}", places.len());
    };
    let start = text[..at].chars().count();
    Ok(Evidence {
        start: start as u32,
        end: (start + words.chars().count()) as u32,
        bstart: at as u32,
        bend: (at + words.len()) as u32,
        text: words.to_owned(),
    })
}

/// A new claim of document `doc`.
pub(super) fn added(doc: &str, evidence: &Evidence, line: &ClaimLine) -> anyhow::Result<Claim> {
    // Every other field has the value that it has where nothing is said of it.
    let blank: Claim = serde_json::from_value(json!({
        "id": "", "doc": doc, "kind": line.kind, "type": "", "actors": [], "recipients": [], "evidence": evidence,
    }))?;
    Ok(corrected(&blank, line))
}

/// `old` as the line has it; what a line does not show stays.
pub(super) fn corrected(old: &Claim, line: &ClaimLine) -> Claim {
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
