//! The table of claims: the columns of the ledger's view `claims`, one claim a row.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::Actor;
use hedgerow_ledger::{COLUMNS, ClaimRow, rest};
use hedgerow_measure::coded::in_dollars;
use serde_json::Value;

use crate::cell::{Cell, Column, Table, Type, schema_of};

const fn code(name: &'static str) -> Column {
    Column { name, kind: Type::Code }
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Type::Text }
}

const fn day(name: &'static str) -> Column {
    Column { name, kind: Type::Day }
}

const fn whole(name: &'static str) -> Column {
    Column { name, kind: Type::Whole }
}

const fn number(name: &'static str) -> Column {
    Column { name, kind: Type::Number }
}

const fn truth(name: &'static str) -> Column {
    Column { name, kind: Type::Truth }
}

/// The columns of claims, in order. Names and meaning are those of the view `claims` (`docs/ledger.md`); `domain` and
/// `dollars` are added, and `more` holds whatever of the claim has no column, the names, roles and persons of its parties included.
pub const CLAIMS: [Column; 50] = [
    text("claim_id"),
    text("doc"),
    code("kind"),
    code("type"),
    code("mode"),
    code("actors"),
    code("recipients"),
    truth("symmetric"),
    day("date_start"),
    day("date_end"),
    code("precision"),
    text("date_text"),
    number("amount"),
    code("unit"),
    code("currency"),
    code("count_of"),
    code("amount_qualifier"),
    text("amount_text"),
    number("dollars"),
    truth("cumulative"),
    code("modality"),
    code("stage"),
    code("change"),
    code("level"),
    whole("rank"),
    text("place"),
    code("voice"),
    text("voice_name"),
    whole("polarity"),
    text("topic"),
    text("quote"),
    code("cameo"),
    whole("quad"),
    code("domain"),
    code("rule"),
    number("confidence"),
    whole("evidence_start"),
    whole("evidence_end"),
    whole("evidence_bstart"),
    whole("evidence_bend"),
    text("evidence"),
    text("title"),
    code("outlet"),
    day("published"),
    text("url"),
    code("codebook"),
    code("model"),
    text("fact"),
    code("stand"),
    text("more"),
];

/// A claim to be written.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a> {
    /// The claim and its document.
    pub row: &'a ClaimRow,
    /// Version of the model that read the text.
    pub model: &'a str,
    /// Id of its fact, where facts were made.
    pub fact: Option<&'a str>,
    /// How it stands to the other claims of its fact: `agrees`, `differs`, `denies`.
    pub stand: Option<&'a str>,
}

/// The schema of claims; with `plain`, codes are text.
pub fn schema(plain: bool) -> SchemaRef {
    schema_of(&CLAIMS, plain)
}

/// Claims as a batch of Arrow; with `plain`, codes are text.
///
/// # Errors
/// Where the batch is too long for Arrow (2 GiB of one column's text).
pub fn batch<'a>(
    claims: impl IntoIterator<Item = Coded<'a>>,
    plain: bool,
) -> Result<RecordBatch, ArrowError> {
    let mut table = Table::new(&CLAIMS, plain);
    for it in claims {
        table.row(cells(it));
    }
    table.finish()
}

fn cells(it: Coded<'_>) -> [Cell<'_>; 50] {
    let (row, claim) = (it.row, &it.row.claim);
    let amount = claim.amount.as_ref();
    let voice = claim.attributed_to.as_ref();
    let evidence = &claim.evidence;
    [
        Cell::text(&claim.id),
        Cell::text(&claim.doc),
        Cell::text(claim.kind.as_str()),
        Cell::text(&claim.type_),
        Cell::some(claim.mode.as_deref()),
        codes(&claim.actors),
        codes(&claim.recipients),
        Cell::Truth(claim.symmetric),
        Cell::day(claim.date.start),
        Cell::day(claim.date.end),
        word(&claim.date.precision),
        Cell::some(claim.date.text.as_deref()),
        amount.and_then(|it| it.value).map_or(Cell::Empty, Cell::Number),
        Cell::some(amount.map(|it| it.unit.as_str())),
        Cell::some(amount.and_then(|it| it.currency.as_deref())),
        Cell::some(amount.and_then(|it| it.count_of.as_deref())),
        amount.map_or(Cell::Empty, |it| word(&it.qualifier)),
        Cell::some(amount.map(|it| it.text.as_str())),
        in_dollars(claim).map_or(Cell::Empty, Cell::Number),
        Cell::Truth(claim.cumulative),
        Cell::text(claim.modality.as_str()),
        Cell::some(claim.stage.as_deref()),
        Cell::some(claim.change.as_deref()),
        Cell::some(claim.level.as_deref()),
        claim.rank.as_ref().map_or(Cell::Empty, |it| Cell::whole(it.value)),
        Cell::some(claim.place.as_deref()),
        Cell::some(voice.map(|it| it.code.as_str())),
        Cell::some(voice.map(|it| it.name.as_str())),
        claim.polarity.map_or(Cell::Empty, Cell::whole),
        Cell::some(claim.topic.as_deref()),
        Cell::some(claim.quote.as_deref()),
        Cell::some(claim.cameo.as_deref()),
        claim.quad.map_or(Cell::Empty, Cell::whole),
        Cell::some(claim.domain.as_deref()),
        Cell::text(&claim.rule),
        claim.confidence.map_or(Cell::Empty, Cell::Number),
        Cell::whole(evidence.start),
        Cell::whole(evidence.end),
        Cell::whole(evidence.bstart),
        Cell::whole(evidence.bend),
        Cell::text(&evidence.text),
        Cell::some(row.title.as_deref()),
        Cell::some(row.outlet.as_deref()),
        Cell::day(row.published),
        Cell::some(row.url.as_deref()),
        Cell::text(&claim.codebook),
        Cell::text(it.model),
        Cell::some(it.fact),
        Cell::some(it.stand),
        more(claim).map_or(Cell::Empty, |it| Cell::Text(it.into())),
    ]
}

/// `VNM;JPN`.
fn codes(parties: &[Actor]) -> Cell<'_> {
    match parties {
        [] => Cell::Empty,
        [one] => Cell::text(&one.code),
        several => {
            let codes: Vec<&str> = several.iter().map(|it| it.code.as_str()).collect();
            Cell::Text(codes.join(";").into())
        }
    }
}

/// The word that JSON has for an enumeration without fields.
fn word<'a>(value: &impl serde::Serialize) -> Cell<'a> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Cell::Text(word.into()),
        _ => Cell::Empty,
    }
}

/// What has no column of its own, as JSON. Of parties there are codes in columns; who they are else is kept here.
fn more(claim: &Claim) -> Option<String> {
    let parties = |it: &&str| matches!(*it, "actors" | "recipients");
    let kept = COLUMNS.into_iter().filter(|it| !parties(it)).chain(["domain"]);
    let fields = rest(claim, kept).ok()?;
    (!fields.is_empty()).then(|| Value::Object(fields).to_string())
}
