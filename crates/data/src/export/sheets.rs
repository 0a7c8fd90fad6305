//! The tables: claims, facts, directed dyad-years, documents.

use std::collections::BTreeMap;

use hedgerow_codebook::claim::Actor;
use hedgerow_ledger::{Fact, Member, Stand};

use super::sheet::{Cell, Column, Sheet, Take, Unit};
use super::{Content, ExportError, What};

/// The table of that kind.
pub(super) fn of<'s>(what: What, content: &'s Content<'s>) -> Sheet<'s> {
    let (columns, rows): (&'static [Column], fn(&Content<'_>, &mut Take<'_>) -> _) = match what {
        What::Claims if content.full => (&CLAIMS_FULL, claims_full),
        What::Claims => (&CLAIMS, claims),
        What::Facts => (&FACTS, facts),
        What::DyadYear => (&YEARS, years),
        What::Documents if content.texts => (&DOCUMENTS_WITH_TEXTS, documents),
        What::Documents => (&DOCUMENTS, documents),
    };
    Sheet { what, columns, content, rows }
}

const fn text(name: &'static str, what: &'static str) -> Column {
    Column { name, unit: Unit::Text, what }
}

const fn whole(name: &'static str, what: &'static str) -> Column {
    Column { name, unit: Unit::Whole, what }
}

const fn number(name: &'static str, what: &'static str) -> Column {
    Column { name, unit: Unit::Number, what }
}

const CLAIMS: [Column; 41] = [
    text("claim", "id of the claim: the document's id, a hyphen, a number"),
    text("doc", "id of the document that makes it"),
    text("kind", "event, tie, flow, stance; of one state alone posture, office, naming"),
    text("type", "PLOVER type of an event; type of a tie or flow"),
    text("mode", "PLOVER mode"),
    text(
        "actors",
        "codes of who acts, gives, holds the view; ISO 3166-1 alpha-3 or IGO:…, ORG:…, GRP:…; several are separated by ;",
    ),
    text("recipients", "codes of who is acted upon, receives, is viewed"),
    text(
        "actor_roles",
        "role of each actor: GOV, MIL, LEG, PTY, JUD, COP, SPY, MED, BUS, CVL, NGO, REB, REL, PER, IGO, UNK",
    ),
    text("recipient_roles", "role of each recipient"),
    whole("symmetric", "1 where the parties stand on both sides alike"),
    text("date_start", "first day, ISO 8601; empty where the text gives none"),
    text("date_end", "last day"),
    text("date_precision", "how finely the days are known: day, month, year, none"),
    text(
        "modality",
        "actual, planned, pledged, expected, called-for, denied, hypothetical, historical-background",
    ),
    text(
        "stage",
        "of a flow: wanted, offered, pledged, agreed, delivered, expected, collapsed; never to be summed across stages",
    ),
    text("change", "of a tie: established, upgraded, downgraded, suspended, ended"),
    text("level", "of a tie: its level in the words of the text"),
    number("amount", "the main quantity as written, not converted"),
    text("unit", "money, count, tonnes, percent, km, days, hours, months, years"),
    text("currency", "ISO 4217 code of money"),
    text("count_of", "what is counted"),
    text("amount_qualifier", "exact, about, more-than, at-least, up-to, less-than, vague"),
    whole("cumulative", "1 where the amount is a running total, not a flow of the dates given"),
    whole("rank", "place in a ranking"),
    text("place", "name of a place, as the text has it"),
    text("voice", "code of the party on whose word it rests; empty where it is the outlet's own"),
    whole("polarity", "of a stance: -1 cold, 0 neither, 1 warm"),
    text("topic", "what a stance is about"),
    text("cameo", "CAMEO code of an event; it may begin with a zero: read it as text"),
    whole(
        "quad",
        "quad class of an event: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    ),
    number(
        "intensity",
        "how cooperative an event is by PLOVER, -10 to 10; of what did not happen or not yet, that of its projection",
    ),
    text("contexts", "what it is about: contexts of PLOVER; several are separated by ;"),
    text("rule", "the codebook sense that fired"),
    number("confidence", "how sure the coder is, 0 to 1; no probability"),
    text("evidence", "the words that make the claim"),
    whole("evidence_start", "where they begin in the document, in Unicode code points"),
    whole("evidence_end", "one past their end"),
    text("outlet", "who printed it"),
    text("published", "day of publication"),
    text("title", "headline"),
    text("url", "address"),
];

/// The columns of the view `claims` in the ledger, under its names.
const CLAIMS_FULL: [Column; 52] = {
    const MORE: [Column; 11] = [
        text("date_text", "the words that say when"),
        text("amount_text", "the words that say how much"),
        text("voice_name", "name of the party on whose word it rests"),
        text("quote", "words quoted by the text"),
        whole("evidence_bstart", "where the words begin in the document, in UTF-8 bytes"),
        whole("evidence_bend", "one past their end"),
        text("domain", "diplomatic, security, economic, development, stance"),
        text("codebook", "version of the codebook"),
        text("fact", "id of the fact to which the claim belongs"),
        text("stand", "how it stands to the reading taken as current: agrees, differs, denies"),
        text("differs", "in what it differs"),
    ];
    let mut all = [MORE[0]; 52];
    let mut n = 0;
    while n < all.len() {
        all[n] = if n < CLAIMS.len() { CLAIMS[n] } else { MORE[n - CLAIMS.len()] };
        n += 1;
    }
    all[0].name = "claim_id";
    all[12].name = "precision";
    all
};

fn claims_full(content: &Content<'_>, take: &mut Take<'_>) -> Result<(), ExportError> {
    let members = content.facts.iter().flat_map(|fact| {
        fact.members.iter().map(|member| (member.claim.as_str(), (fact.id.as_str(), member)))
    });
    let facts: BTreeMap<&str, (&str, &Member)> = members.collect();
    let mut rows = content.claims.iter();
    claims(content, &mut |cells| {
        let Some(row) = rows.next() else { return Ok(()) };
        let it = &row.claim;
        let fact = facts.get(it.id.as_str());
        let on = fact.map(|(_, member)| member.on.iter().map(|it| it.as_str()).collect::<Vec<_>>());
        let more = [
            it.date.text.clone().into(),
            it.amount.as_ref().map(|it| it.text.clone()).into(),
            it.attributed_to.as_ref().map(|it| it.name.clone()).into(),
            it.quote.clone().into(),
            Cell::Whole(it.evidence.bstart.into()),
            Cell::Whole(it.evidence.bend.into()),
            it.domain.clone().into(),
            Cell::text(&it.codebook),
            fact.map(|(id, _)| *id).into(),
            fact.map(|(_, member)| member.stand.as_str()).into(),
            on.filter(|it| !it.is_empty()).map(|it| it.join(";")).into(),
        ];
        take(&[cells, &more[..]].concat())
    })
}

fn claims(content: &Content<'_>, take: &mut Take<'_>) -> Result<(), ExportError> {
    for row in &content.claims {
        let it = &row.claim;
        let amount = it.amount.as_ref();
        take(&[
            Cell::text(&it.id),
            Cell::text(&it.doc),
            Cell::text(it.kind.as_str()),
            Cell::text(&it.type_),
            it.mode.clone().into(),
            codes(&it.actors),
            codes(&it.recipients),
            roles(&it.actors),
            roles(&it.recipients),
            Cell::yes(it.symmetric),
            Cell::shown(it.date.start),
            Cell::shown(it.date.end),
            word(&it.date.precision),
            Cell::text(it.modality.as_str()),
            it.stage.clone().into(),
            it.change.clone().into(),
            it.level.clone().into(),
            Cell::number(amount.and_then(|it| it.value)),
            amount.map(|it| it.unit.as_str()).into(),
            amount.and_then(|it| it.currency.clone()).into(),
            amount.and_then(|it| it.count_of.clone()).into(),
            amount.map_or(Cell::Empty, |it| word(&it.qualifier)),
            Cell::yes(it.cumulative),
            Cell::whole(it.rank.as_ref().map(|it| it.value)),
            it.place.clone().into(),
            it.attributed_to.as_ref().map(|it| it.code.clone()).into(),
            Cell::whole(it.polarity),
            it.topic.clone().into(),
            it.cameo.clone().into(),
            Cell::whole(it.quad),
            Cell::number(it.intensity),
            Some(it.contexts.join(";")).filter(|it| !it.is_empty()).into(),
            Cell::text(&it.rule),
            Cell::number(it.confidence),
            Cell::text(&it.evidence.text),
            Cell::Whole(it.evidence.start.into()),
            Cell::Whole(it.evidence.end.into()),
            row.outlet.clone().into(),
            Cell::shown(row.published),
            row.title.clone().into(),
            row.url.clone().into(),
        ])?;
    }
    Ok(())
}

const FACTS: [Column; 24] = [
    text("fact", "id of the fact: f- and the id of its first claim"),
    text("kind", "kind of all its claims"),
    text("type", "type of all its claims"),
    text("mode", "mode of all its claims"),
    text("actors", "codes of the actors, in alphabetical order"),
    text("recipients", "codes of the recipients"),
    whole("symmetric", "1 where the parties stand on both sides alike"),
    text("stage", "of a flow: how far it has come; claims of different stages are never one fact"),
    text("label", "level of a tie, topic of a stance"),
    whole("polarity", "of a stance: -1 cold, 0 neither, 1 warm"),
    text("date_start", "earliest day that a claim gives"),
    text("date_end", "latest day that a claim gives"),
    text("date_precision", "finest precision that a claim gives"),
    whole("claims", "number of claims"),
    whole("documents", "number of documents"),
    whole("outlets", "number of outlets"),
    whole("origins", "independent voices: outlets that copied one text are one"),
    whole("disputed", "1 where a claim differs or denies"),
    whole("differing", "number of claims that differ or deny"),
    number("factor", "by what factor figures differ at most"),
    text("current", "id of the claim that is taken as current"),
    text("why", "why that claim goes first; it is no judgement of who is right"),
    text("figures", "each quantity with its range, as USD 1.66e6..1.7e9"),
    text("claim_ids", "ids of its claims"),
];

fn facts(content: &Content<'_>, take: &mut Take<'_>) -> Result<(), ExportError> {
    for it in &content.facts {
        let claims: Vec<&str> = it.members.iter().map(|it| it.claim.as_str()).collect();
        let differing = it.members.iter().filter(|it| it.stand != Stand::Agrees).count();
        take(&[
            Cell::text(&it.id),
            Cell::text(it.kind.as_str()),
            Cell::text(&it.type_),
            it.mode.clone().into(),
            Cell::text(it.actors.join(";")),
            Cell::text(it.recipients.join(";")),
            Cell::yes(it.symmetric),
            it.stage.clone().into(),
            it.label.clone().into(),
            Cell::whole(it.polarity),
            Cell::shown(it.start),
            Cell::shown(it.end),
            word(&it.precision),
            Cell::count(it.members.len()),
            Cell::count(it.documents.len()),
            Cell::count(it.outlets.len()),
            Cell::count(it.origins.len()),
            Cell::yes(it.disputed),
            Cell::count(differing),
            Cell::number(it.factor),
            it.current.as_ref().map(|it| it.claim.clone()).into(),
            it.current.as_ref().map(|it| it.why.as_str()).into(),
            Cell::text(figures(it)),
            Cell::text(claims.join(";")),
        ])?;
    }
    Ok(())
}

/// `USD 200000000..1700000000; patrol boat 6`.
fn figures(fact: &Fact) -> String {
    let one = |it: &hedgerow_ledger::Figures| match (it.low, it.high) {
        (Some(low), Some(high)) if low < high => format!("{} {low}..{high}", it.of),
        (Some(value), _) | (None, Some(value)) => format!("{} {value}", it.of),
        (None, None) => format!("{} vague", it.of),
    };
    fact.figures.iter().map(one).collect::<Vec<_>>().join("; ")
}

const YEARS: [Column; 14] = [
    text("actor", "code of who acts"),
    text("recipient", "code of who is acted upon"),
    whole("year", "year; claims whose dates span several are left out rather than guessed"),
    whole(
        "claims",
        "claims, not happenings: three documents that report one visit count three times",
    ),
    whole("documents", "documents"),
    whole("events", "events that happened"),
    whole("verbal_cooperation", "events that happened, quad class 1"),
    whole("material_cooperation", "quad class 2"),
    whole("verbal_conflict", "quad class 3"),
    whole("material_conflict", "quad class 4"),
    whole("ties", "ties that hold or held"),
    whole("flows", "flows delivered"),
    whole("stances", "stances"),
    whole(
        "not_actual",
        "what was planned, pledged, expected, asked for, denied or merely possible",
    ),
];

fn years(content: &Content<'_>, take: &mut Take<'_>) -> Result<(), ExportError> {
    for it in &content.years {
        let counts = it.counts.map(Cell::count);
        let head = [Cell::text(&it.actor), Cell::text(&it.recipient), Cell::Whole(it.year.into())];
        take(&[&head[..], &counts[..]].concat())?;
    }
    Ok(())
}

const DOCUMENTS: [Column; 14] = [
    text("doc", "id of the document"),
    whole("version", "1 as first received; each change of the article adds 1"),
    text("title", "headline"),
    text("outlet", "who printed it"),
    text("published", "day of publication"),
    text("url", "address"),
    text("path", "where it was read from"),
    text(
        "bytes_sha256",
        "SHA-256 of the bytes received: whoever has the article can check that it is the same",
    ),
    text("extractor", "what took the text out of the bytes; empty where the text is the bytes"),
    whole("generation", "1 as first coded; each coding by another codebook or model adds 1"),
    text("codebook", "version of the codebook"),
    text("model", "version of the model"),
    whole("claims", "number of claims"),
    text("added", "when this version was added (UTC)"),
];

const DOCUMENTS_WITH_TEXTS: [Column; 15] = {
    let mut all = [text("text", "the article as received"); 15];
    let mut n = 0;
    while n < DOCUMENTS.len() {
        all[n] = DOCUMENTS[n];
        n += 1;
    }
    all
};

fn documents(content: &Content<'_>, take: &mut Take<'_>) -> Result<(), ExportError> {
    for it in &content.documents {
        let mut cells = vec![
            Cell::text(&it.id),
            Cell::Whole(it.version.into()),
            it.meta.title.clone().into(),
            it.meta.outlet.clone().into(),
            Cell::shown(it.meta.published),
            it.meta.url.clone().into(),
            Cell::text(&it.path),
            Cell::text(&it.bytes_sha256),
            it.extractor.clone().into(),
            Cell::Whole(it.generation.into()),
            Cell::text(&it.codebook),
            Cell::text(&it.model),
            Cell::count(it.claims),
            Cell::text(&it.added),
        ];
        if content.texts {
            cells.push(content.ledger.document(&it.id)?.map(|it| it.text).into());
        }
        take(&cells)?;
    }
    Ok(())
}

fn codes(actors: &[Actor]) -> Cell {
    Cell::text(actors.iter().map(|it| it.code.as_str()).collect::<Vec<_>>().join(";"))
}

fn roles(actors: &[Actor]) -> Cell {
    Cell::text(actors.iter().map(|it| it.role.as_str()).collect::<Vec<_>>().join(";"))
}

/// The word that JSON has for an enumeration without fields.
fn word(value: &impl serde::Serialize) -> Cell {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).into()
}
