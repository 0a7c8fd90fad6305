//! Rows on their way from a file into a ledger.

use rustc_hash::FxHashMap;

use super::Variable;

/// A code, name or label of this batch; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TermId(pub(super) u32);

impl TermId {
    /// Nothing.
    pub const NONE: Self = Self(0);
}

/// A variable of this batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariableId(pub(super) u32);

/// Rows that were read and are not kept yet. Memory stays bounded because whoever fills it has it kept now and then.
#[derive(Debug, Default)]
pub struct Batch {
    terms: FxHashMap<Box<str>, u32>,
    /// Terms that the ledger has not been asked for, in order of their numbers.
    pub(super) fresh: Vec<Box<str>>,
    pub(super) variables: Vec<Variable>,
    variable_ids: FxHashMap<Box<str>, u32>,
    /// First and last year by variable, since they were last taken.
    years: Vec<Option<(i16, i16)>>,
    pub(super) dyads: Vec<Dyad>,
    pub(super) states: Vec<State>,
    pub(super) spells: Vec<NewSpell>,
    pub(super) roll_calls: Vec<RollCall>,
    pub(super) votes: Vec<(i64, TermId, u8)>,
    pub(super) events: Vec<Event>,
    pub(super) mentions: Vec<Mention>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Dyad {
    pub(super) variable: VariableId,
    pub(super) a: TermId,
    pub(super) b: TermId,
    pub(super) year: i16,
    pub(super) value: f64,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) variable: VariableId,
    pub(super) who: TermId,
    pub(super) year: i16,
    pub(super) value: f64,
}

/// Something that holds from one day to another.
#[derive(Debug, Clone)]
pub struct NewSpell {
    /// What kind of thing.
    pub variable: VariableId,
    /// Number of the row in its file, or of the thing in it.
    pub row: i64,
    /// The first state.
    pub a: TermId,
    /// The second, where there are two.
    pub b: TermId,
    /// `2015`, `2015-09` or `2015-09-20`.
    pub start: Option<String>,
    /// Last day, in the same form; nothing where it is open or unknown.
    pub until: Option<String>,
    /// Name of the leader, agreement or weapon.
    pub label: String,
    /// A quantity, in the unit of the variable.
    pub value: Option<f64>,
    /// What else the source says, as a JSON object.
    pub detail: String,
}

/// A roll call of the General Assembly.
#[derive(Debug, Clone)]
pub struct RollCall {
    /// Its number in the data set.
    pub rcid: i64,
    /// Session of the General Assembly.
    pub session: i16,
    /// Day, `2015-09-20`.
    pub day: Option<String>,
    /// Number of the resolution.
    pub resolution: Option<String>,
    /// Whether the United States call it important.
    pub important: Option<bool>,
    /// What it was about.
    pub about: Option<String>,
}

/// An event of another coder between two states.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// State that acts.
    pub actor: TermId,
    /// State acted upon.
    pub recipient: TermId,
    /// Day as a number, 20150920.
    pub day: u32,
    /// The source's own number of the event.
    pub id: i64,
    /// CAMEO code, or PLOVER type and mode.
    pub code: TermId,
    /// Quad class, 1 to 4; 0 where the source has none.
    pub quad: u8,
    /// Goldstein value or intensity; NaN where the source has none.
    pub score: f64,
    /// Name of the actor as the source has it.
    pub actor_name: TermId,
    /// Sectors of the actor.
    pub actor_sector: TermId,
    /// Name of the recipient.
    pub recipient_name: TermId,
    /// Sectors of the recipient.
    pub recipient_sector: TermId,
    /// Who printed it.
    pub publisher: TermId,
    /// Number of the story; 0 where the source has none.
    pub story: i64,
}

/// One mention of a GDELT event in one document.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Number of the event.
    pub event: i64,
    /// When it was seen, 20150920143000.
    pub seen: i64,
    /// Address of the document.
    pub document: String,
    /// Sentence in it, from 1.
    pub sentence: i64,
    /// Who printed it.
    pub publisher: TermId,
    /// How sure GDELT is, 10 to 100.
    pub confidence: Option<u8>,
    /// Offset of the actor, recipient and action in the document, in GDELT's count; -1 where it is not there.
    pub places: [i64; 3],
}

impl Batch {
    /// The number of a text, which stays the same until [`Batch::forget_terms`].
    pub fn term(&mut self, text: &str) -> TermId {
        if text.is_empty() {
            return TermId::NONE;
        }
        if let Some(&id) = self.terms.get(text) {
            return TermId(id);
        }
        let id = self.terms.len() as u32 + 1;
        self.terms.insert(text.into(), id);
        self.fresh.push(text.into());
        TermId(id)
    }

    /// The number of a variable.
    pub fn variable(&mut self, variable: Variable) -> VariableId {
        if let Some(&id) = self.variable_ids.get(variable.name.as_str()) {
            return VariableId(id);
        }
        let id = self.variables.len() as u32;
        self.variable_ids.insert(variable.name.as_str().into(), id);
        self.variables.push(variable);
        self.years.push(None);
        VariableId(id)
    }

    /// A value of a pair in a year.
    pub fn dyad(&mut self, variable: VariableId, a: TermId, b: TermId, year: i16, value: f64) {
        self.cover(variable, year);
        self.dyads.push(Dyad { variable, a, b, year, value });
    }

    /// A value of a state in a year.
    pub fn state(&mut self, variable: VariableId, state: TermId, year: i16, value: f64) {
        self.cover(variable, year);
        self.states.push(State { variable, who: state, year, value });
    }

    /// Something that holds for a time.
    pub fn spell(&mut self, spell: NewSpell) {
        self.spells.push(spell);
    }

    /// A roll call.
    pub fn roll_call(&mut self, call: RollCall) {
        self.roll_calls.push(call);
    }

    /// A vote: 1 yes, 2 abstention, 3 no, 8 absent, 9 not a member.
    pub fn vote(&mut self, rcid: i64, state: TermId, vote: u8) {
        self.votes.push((rcid, state, vote));
    }

    /// An event.
    pub fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    /// A mention.
    pub fn mention(&mut self, mention: Mention) {
        self.mentions.push(mention);
    }

    /// The source speaks of this year: a value that it lacks there may mean none.
    pub fn cover(&mut self, variable: VariableId, year: i16) {
        if let Some(years) = self.years.get_mut(variable.0 as usize) {
            let (from, to) = years.unwrap_or((year, year));
            *years = Some((from.min(year), to.max(year)));
        }
    }

    /// The years of each variable since they were last taken.
    pub fn take_years(&mut self) -> Vec<(String, i16, i16)> {
        let names = self.variables.iter().map(|it| it.name.clone());
        let years = self.years.iter_mut().map(Option::take);
        names.zip(years).filter_map(|(name, years)| years.map(|(a, b)| (name, a, b))).collect()
    }

    /// Number of rows that wait to be kept.
    pub fn len(&self) -> usize {
        self.dyads.len()
            + self.states.len()
            + self.spells.len()
            + self.roll_calls.len()
            + self.votes.len()
            + self.events.len()
            + self.mentions.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of different texts.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// Drops every row, as a trial run does.
    pub fn clear_rows(&mut self) {
        self.dyads.clear();
        self.states.clear();
        self.spells.clear();
        self.roll_calls.clear();
        self.votes.clear();
        self.events.clear();
        self.mentions.clear();
        self.fresh.clear();
    }

    /// Forgets the numbers of texts: for files with more different texts than memory should hold. No row may be waiting.
    pub fn forget_terms(&mut self) {
        self.terms.clear();
        self.fresh.clear();
    }
}
