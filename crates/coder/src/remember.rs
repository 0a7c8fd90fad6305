//! What a sentence leaves in memory.

use hedgerow_codebook::Codebook;
use hedgerow_codebook::claim::{Kind, Role};
use hedgerow_parse::Rel;
use hedgerow_text::Span;

use crate::deed::Deed;
use crate::fit::Fit;
use crate::memory::{Memory, Named};
use crate::mention::{Entity, Identity, Mention};
use crate::party::Party;
use crate::tree::{Ix, Tree};

/// Keeps what the next sentences may refer to.
pub(crate) fn remember<'c>(
    memory: &mut Memory<'c>,
    codebook: &Codebook,
    index: usize,
    tree: &Tree<'_>,
    mentions: &[Mention<'c>],
    people: Vec<(Identity<'c>, Span, Ix)>,
    fits: &[Fit<'c>],
) {
    let subject = |i: Ix| tree.is_in_subject(i);
    // "the Chinese carmaker"
    let describes = |m: &Mention<'c>| {
        let noun =
            tree.head(m.head).filter(|_| matches!(tree.rel(m.head), Rel::Amod | Rel::Compound));
        let demonym = matches!(&m.what, Entity::Actor(identity) if identity.demonym);
        demonym
            && noun.is_some_and(|noun| {
                codebook.lexicon.is(tree.lemma(noun), "private")
                    || codebook.alone.is(tree.lemma(noun), "firm")
                    || codebook.gazetteer.organ_noun(tree.lemma(noun)) == Some(Role::Bus)
            })
    };
    for mention in mentions {
        if let Entity::Actor(identity) = &mention.what {
            let span = tree.cover(mention.first, mention.last);
            if let Some(person) = identity.person.as_deref() {
                memory.introduce(person, &words_beside(tree, mention.first, mention.last));
            }
            let named = Named {
                identity: identity.clone(),
                span,
                sentence: index,
                subject: subject(mention.head),
                describes: describes(mention),
            };
            memory.add(named);
        }
    }
    for (identity, span, head) in people {
        memory.add(Named {
            identity,
            span,
            sentence: index,
            subject: subject(head),
            describes: false,
        });
    }
    for fit in fits {
        memory.add_deed(Deed::of(fit, index));
        let named = |party: &Party<'c>| Named::of(party, index);
        match (&fit.actors[..], &fit.recipients[..]) {
            ([one, other], _) if fit.symmetric => memory.add_pair(named(one), named(other)),
            ([one], [other]) if !fit.symmetric => {
                memory.add_pair(named(one), named(other));
                if fit.sense.what.mode.as_deref() == Some("visit") {
                    let whole = |party: &Party<'c>| Named {
                        identity: party.identity.clone(),
                        ..named(party)
                    };
                    memory.add_visit(whole(one), whole(other));
                }
                if fit.sense.what.kind == Kind::Flow {
                    memory.add_flow(&fit.sense.what.type_, named(one), named(other));
                }
            }
            _ => {}
        }
    }
}

/// The words right before and after a name, in small letters.
fn words_beside(tree: &Tree<'_>, first: Ix, last: Ix) -> String {
    const NEAR: usize = 7;
    let before = first.saturating_sub(NEAR)..first;
    let after = last + 1..(last + 1 + NEAR).min(tree.len());
    let words: Vec<String> = before.chain(after).map(|i| tree.word(i).to_lowercase()).collect();
    words.join(" ")
}
