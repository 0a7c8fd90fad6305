//! What is replied to, as pages name it and find it.

use hedgerow_ledger::Ledger;
use hedgerow_people::{People, Subject, SubjectKind};

use crate::app::App;
use crate::page::expect_actor;
use crate::problem::Problem;
use crate::url;

/// What somebody replies to: its names, the first of which is the one that replies are kept under.
#[derive(Debug, Clone)]
pub(crate) struct Talked {
    pub(crate) names: Vec<Subject>,
}

impl Talked {
    pub(crate) fn one(kind: SubjectKind, id: &str) -> Self {
        Self { names: vec![Subject::new(kind, id)] }
    }

    /// A fact, which has the ids of all its claims: whichever of them is its name later.
    pub(crate) fn fact<'a>(id: &'a str, claims: impl IntoIterator<Item = &'a str>) -> Self {
        let all = std::iter::once(id).chain(claims.into_iter().filter(|it| *it != id));
        Self { names: all.map(|it| Subject::new(SubjectKind::Fact, it)).collect() }
    }

    pub(crate) fn first(&self) -> &Subject {
        &self.names[0]
    }
}

/// Where it is shown.
pub(super) fn href(on: &Subject) -> String {
    match on.kind {
        SubjectKind::Fact => url::fact(&on.id),
        SubjectKind::Claim => url::claim(&on.id),
        SubjectKind::Article => url::document(&on.id),
        SubjectKind::Dyad => {
            let (a, b) = on.id.split_once('/').unwrap_or((&on.id, ""));
            url::dyad(a, b)
        }
        SubjectKind::Brief => format!("/briefs/{}", url::part(&on.id)),
    }
}

/// Where it is replied to.
pub(super) fn talk(on: &Subject) -> String {
    format!("/replies/{}", url::part(&on.to_string()))
}

/// Where one reply stands.
pub(super) fn reply(on: &Subject, id: i64) -> String {
    format!("{}#reply-{id}", talk(on))
}

/// What it is called.
pub(super) fn title(on: &Subject) -> String {
    let kind = match on.kind {
        SubjectKind::Fact => "Fact",
        SubjectKind::Claim => "Claim",
        SubjectKind::Article => "Article",
        SubjectKind::Dyad => "Pair",
        SubjectKind::Brief => "Brief",
    };
    format!("{kind} {}", on.id.replace('/', " – "))
}

/// Finds what an address names, if there is such a thing.
pub(super) fn find(
    app: &App,
    ledger: &Ledger,
    people: &People,
    text: &str,
) -> Result<Talked, Problem> {
    let on: Subject = text.parse().map_err(Problem::missing)?;
    let missing = || Problem::missing(format!("there is nothing here called “{on}”"));
    match on.kind {
        SubjectKind::Fact => {
            let fact = ledger.fact(&on.id)?.ok_or_else(missing)?;
            Ok(Talked::fact(&fact.id, fact.members.iter().map(|it| it.claim.as_str())))
        }
        SubjectKind::Claim => {
            let claim = ledger.claim(&on.id)?.ok_or_else(missing)?;
            Ok(Talked::one(on.kind, &claim.claim.id))
        }
        SubjectKind::Article => {
            let document = ledger.document(&on.id)?.ok_or_else(missing)?;
            Ok(Talked::one(on.kind, &document.row.id))
        }
        SubjectKind::Dyad => {
            let (a, b) = on.id.split_once('/').ok_or_else(missing)?;
            for code in [a, b] {
                expect_actor(ledger, code, app.names().knows(code))?;
            }
            Ok(Talked { names: vec![on] })
        }
        SubjectKind::Brief => {
            let id = on.id.parse().map_err(|_| missing())?;
            let brief = people.brief(id)?.filter(|it| it.versions > 0 && it.withdrawn.is_none());
            brief.map(|it| Talked::one(on.kind, &it.id.to_string())).ok_or_else(missing)
        }
    }
}
