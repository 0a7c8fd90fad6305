//! From a row to the claim that was written.

use arrow_array::RecordBatch;
use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Actor, Amount, Evidence, Role, Voice, When};
use hedgerow_ledger::{ClaimRow, Rest, word};
use serde::de::Error;

use crate::columns::{Days, Numbers, Texts, Truths, Wholes};

/// The claims of a batch.
pub(crate) struct Claims<'b> {
    json: Texts<'b>,
    id: Texts<'b>,
    doc: Texts<'b>,
    kind: Texts<'b>,
    type_: Texts<'b>,
    mode: Texts<'b>,
    sides: [Texts<'b>; 2],
    symmetric: Truths<'b>,
    days: [Days<'b>; 2],
    precision: Texts<'b>,
    date_text: Texts<'b>,
    amount: Numbers<'b>,
    unit: Texts<'b>,
    currency: Texts<'b>,
    count_of: Texts<'b>,
    qualifier: Texts<'b>,
    amount_text: Texts<'b>,
    cumulative: Truths<'b>,
    modality: Texts<'b>,
    stage: Texts<'b>,
    change: Texts<'b>,
    level: Texts<'b>,
    place: Texts<'b>,
    voice: [Texts<'b>; 2],
    polarity: Wholes<'b>,
    topic: Texts<'b>,
    quote: Texts<'b>,
    cameo: Texts<'b>,
    quad: Wholes<'b>,
    domain: Texts<'b>,
    rule: Texts<'b>,
    confidence: Numbers<'b>,
    offsets: [Wholes<'b>; 4],
    evidence: Texts<'b>,
    title: Texts<'b>,
    outlet: Texts<'b>,
    published: Days<'b>,
    url: Texts<'b>,
    codebook: Texts<'b>,
    more: Texts<'b>,
}

impl<'b> Claims<'b> {
    pub(crate) fn of(batch: &'b RecordBatch) -> Self {
        let texts = |name| Texts::of(batch, name);
        let wholes = |name| Wholes::of(batch, name);
        Self {
            json: texts("json"),
            id: texts("claim_id"),
            doc: texts("doc"),
            kind: texts("kind"),
            type_: texts("type"),
            mode: texts("mode"),
            sides: [texts("actors"), texts("recipients")],
            symmetric: Truths::of(batch, "symmetric"),
            days: ["date_start", "date_end"].map(|name| Days::of(batch, name)),
            precision: texts("precision"),
            date_text: texts("date_text"),
            amount: Numbers::of(batch, "amount"),
            unit: texts("unit"),
            currency: texts("currency"),
            count_of: texts("count_of"),
            qualifier: texts("amount_qualifier"),
            amount_text: texts("amount_text"),
            cumulative: Truths::of(batch, "cumulative"),
            modality: texts("modality"),
            stage: texts("stage"),
            change: texts("change"),
            level: texts("level"),
            place: texts("place"),
            voice: [texts("voice"), texts("voice_name")],
            polarity: wholes("polarity"),
            topic: texts("topic"),
            quote: texts("quote"),
            cameo: texts("cameo"),
            quad: wholes("quad"),
            domain: texts("domain"),
            rule: texts("rule"),
            confidence: Numbers::of(batch, "confidence"),
            offsets: ["evidence_start", "evidence_end", "evidence_bstart", "evidence_bend"]
                .map(wholes),
            evidence: texts("evidence"),
            title: texts("title"),
            outlet: texts("outlet"),
            published: Days::of(batch, "published"),
            url: texts("url"),
            codebook: texts("codebook"),
            more: texts("more"),
        }
    }

    /// A claim and its document.
    pub(crate) fn get(&self, at: usize) -> serde_json::Result<ClaimRow> {
        Ok(ClaimRow {
            // An export of a ledger has the claim whole.
            claim: match self.json.get(at) {
                Some(json) => serde_json::from_str(json)?,
                None => self.claim(at)?,
            },
            title: self.title.own(at),
            outlet: self.outlet.own(at),
            published: self.published.get(at),
            url: self.url.own(at),
        })
    }

    fn claim(&self, at: usize) -> serde_json::Result<Claim> {
        let more = self.more.get(at).map(serde_json::from_str::<Rest>).transpose()?;
        let more = more.unwrap_or_default();
        // Where the names of the parties were left out, their codes are there.
        let side = |told: Option<Vec<Actor>>, codes: &Texts<'_>| {
            told.unwrap_or_else(|| named_by_code(codes.get(at).unwrap_or_default()))
        };
        let or_empty = |texts: &Texts<'_>| texts.own(at).unwrap_or_default();
        let needed = |texts: &Texts<'_>, name| {
            texts.own(at).ok_or_else(|| serde_json::Error::missing_field(name))
        };
        let amount = match self.unit.get(at) {
            Some(unit) => Some(Amount {
                value: self.amount.get(at),
                unit: word(unit)?,
                currency: self.currency.own(at),
                count_of: self.count_of.own(at),
                qualifier: self.qualifier.get(at).map(word).transpose()?.unwrap_or_default(),
                text: or_empty(&self.amount_text),
            }),
            None => None,
        };
        let [start, end] = [0, 1].map(|n| self.days[n].get(at));
        let voice = self.voice[0].own(at);
        let offset = |n: usize| -> serde_json::Result<u32> {
            Ok(fitting(&self.offsets[n], at)?.unwrap_or(0))
        };
        Ok(Claim {
            id: needed(&self.id, "claim_id")?,
            doc: needed(&self.doc, "doc")?,
            kind: word(self.kind.get(at).unwrap_or_default())?,
            type_: needed(&self.type_, "type")?,
            mode: self.mode.own(at),
            actors: side(more.actors, &self.sides[0]),
            recipients: side(more.recipients, &self.sides[1]),
            symmetric: self.symmetric.get(at),
            date: When {
                start,
                end,
                precision: self.precision.get(at).map(word).transpose()?.unwrap_or_default(),
                text: self.date_text.own(at),
            },
            amount,
            more_amounts: more.more_amounts,
            cumulative: self.cumulative.get(at),
            modality: self.modality.get(at).map(word).transpose()?.unwrap_or_default(),
            rank: more.rank,
            place: self.place.own(at),
            attributed_to: voice.map(|code| Voice { code, name: or_empty(&self.voice[1]) }),
            polarity: fitting(&self.polarity, at)?,
            topic: self.topic.own(at),
            quote: self.quote.own(at),
            level: self.level.own(at),
            evidence: Evidence {
                start: offset(0)?,
                end: offset(1)?,
                bstart: offset(2)?,
                bend: offset(3)?,
                text: or_empty(&self.evidence),
            },
            also: more.also,
            rule: self.rule.own(at).unwrap_or_else(|| "imported".to_owned()),
            confidence: self.confidence.get(at),
            codebook: more.codebook.unwrap_or_else(|| or_empty(&self.codebook)),
            cameo: self.cameo.own(at),
            quad: fitting(&self.quad, at)?,
            intensity: more.intensity,
            contexts: more.contexts,
            stage: self.stage.own(at),
            change: self.change.own(at),
            purpose: more.purpose,
            domain: self.domain.own(at).or(more.domain),
            record: more.record,
            in_force: more.in_force,
            recurring: more.recurring,
            ordinal: more.ordinal,
            links: more.links,
            zone: more.zone,
            implied: more.implied,
            antecedents: more.antecedents,
        })
    }
}

/// The number, where there is one; one that is too large for its field is an error.
fn fitting<T: TryFrom<i64>>(column: &Wholes<'_>, at: usize) -> serde_json::Result<Option<T>> {
    let wrong = |number| serde_json::Error::custom(format!("{number} is out of range"));
    column.get(at).map(|it: i64| it.try_into().map_err(|_| wrong(it))).transpose()
}

/// Parties of whom no more than codes are known.
fn named_by_code(codes: &str) -> Vec<Actor> {
    let party = |code: &str| Actor {
        code: code.to_owned(),
        name: code.to_owned(),
        role: Role::default_of(code),
        person: None,
    };
    codes.split(';').filter(|it| !it.is_empty()).map(party).collect()
}
