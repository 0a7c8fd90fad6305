//! Families of predicates, by what they take; lists are separated by blanks.
//!
//! They follow the lexicon of the codebook: whatever verb it knows should stand here in its syntax.

/// The object is a state, its leader or its body.
pub(super) const TOWARDS: &str = "visit host condemn criticize criticise praise thank back support threaten warn invade \
    attack bomb sanction recognize recognise defy denounce congratulate aid meet invite sue blockade challenge trust \
    welcome defend blame pressure shell slam blast rap hail snub rebuke court woo eye arm fund finance train assist \
    help fight occupy annex shun isolate boycott embargo expel free summon reprimand chide scold berate lambast \
    lambaste castigate decry deplore censure rebuff spurn reassure consult lobby beg mistrust distrust fear respect \
    admire resent value prize cherish treasure face counter contain deter balance rival top trail overtake outpace \
    equip target strike hit raid besiege liberate suspect accuse fault charge oppose resist repay compensate engage \
    cite quote brief notify alert press prod push pardon ban bar shield protect hate envy despise loathe dread offend \
    anger alarm worry upset irk provoke insult mock ignore dismiss assail upbraid admonish vilify deride chastise \
    exhort implore petition caution answer inform probe investigate represent";

/// The object is what a state says, wants or does.
pub(super) const ABOUT_THINGS: &str = "reject dispute contest claim deny dismiss refute rebut protest regret question \
    ignore accept approve endorse welcome back support oppose veto ratify suspend cancel postpone delay halt end \
    extend renew condemn criticize denounce deplore decry lament mull weigh consider study review discuss demand \
    request seek want propose offer block scrap shelve abandon revoke repudiate scorn voice express announce pledge \
    promise plan begin start resume launch lead monitor verify undermine violate breach respect honor honour";

/// What such objects are.
pub(super) const THINGS: &str = "claim request proposal offer plan demand visit policy decision accusation charge \
    allegation statement stance protest bid appeal threat deal agreement treaty pact accord sanction ban embargo \
    tariff drill exercise test strike attack raid pledge promise project programme loan sale talk concern criticism \
    role position move action remark call warning condition term ceasefire resolution report investigation";

/// Verbs with a preposition before the partner.
pub(super) const TOGETHER: &[(&str, &str)] = &[
    ("meet", "with"),
    ("cooperate", "with"),
    ("collaborate", "with"),
    ("trade", "with"),
    ("clash", "with"),
    ("negotiate", "with"),
    ("side", "with"),
    ("consult", "with"),
    ("ally", "with"),
    ("align", "with"),
    ("partner", "with"),
    ("compete", "with"),
    ("deal", "with"),
    ("break", "with"),
    ("spar", "with"),
    ("plead", "with"),
    ("talk", "with"),
    ("talk", "to"),
    ("rely", "on"),
    ("depend", "on"),
    ("lean", "on"),
    ("count", "on"),
    ("spy", "on"),
    ("march", "on"),
    ("fire", "on"),
    ("lean", "towards"),
    ("lean", "toward"),
    ("tilt", "toward"),
    ("tilt", "towards"),
    ("drift", "towards"),
    ("gravitate", "toward"),
    ("hedge", "against"),
    ("balance", "against"),
    ("retaliate", "against"),
    ("protest", "against"),
    ("fight", "against"),
    ("side", "against"),
    ("plot", "against"),
    ("apologize", "to"),
    ("complain", "to"),
    ("object", "to"),
    ("appeal", "to"),
    ("turn", "to"),
    ("look", "to"),
    ("bow", "to"),
    ("yield", "to"),
    ("surrender", "to"),
    ("travel", "to"),
    ("fly", "to"),
    ("head", "to"),
    ("return", "to"),
    ("return", "from"),
    ("withdraw", "from"),
    ("retreat", "from"),
    ("arrive", "in"),
    ("invest", "in"),
    ("intervene", "in"),
    ("meddle", "in"),
    ("interfere", "in"),
    ("depart", "for"),
    ("leave", "for"),
    ("vote", "for"),
    ("vote", "against"),
    ("pull", "from"),
    ("rally", "against"),
    ("demonstrate", "against"),
    ("mediate", "between"),
];

/// Verb, particle, preposition before the partner (none: the partner is the object).
pub(super) const WITH_PARTICLE: &[(&str, &str, &str)] = &[
    ("lash", "out", "at"),
    ("hit", "back", "at"),
    ("hit", "out", "at"),
    ("back", "off", "from"),
    ("pull", "out", "from"),
    ("team", "up", "with"),
    ("fall", "out", "with"),
    ("cosy", "up", "to"),
    ("stand", "up", "to"),
    ("gang", "up", "on"),
    ("call", "out", ""),
    ("cut", "off", ""),
    ("shut", "out", ""),
    ("shrug", "off", ""),
    ("turn", "down", ""),
    ("ward", "off", ""),
];

/// A state is held to be something, after *as*.
pub(super) const TAKEN_AS: &str = "regard see view treat describe perceive portray recognise recognize cast brand \
    label hail identify";
/// A state is called something, without *as*.
pub(super) const CALLED: &str = "call name label brand deem consider declare dub";
/// What it is called.
pub(super) const CALLINGS: &[(&str, &str)] = &[
    ("reliable", "partner"),
    ("reliable", "friend"),
    ("key", "ally"),
    ("close", "friend"),
    ("strategic", "rival"),
    ("serious", "threat"),
    ("trusted", "ally"),
    ("potential", "enemy"),
    ("natural", "partner"),
    ("important", "market"),
    ("major", "competitor"),
    ("good", "neighbor"),
    ("terrorist", "state"),
    ("hostile", "power"),
    ("honest", "broker"),
];

/// Verb, preposition, whether an act of the other follows (in the gerund) or a thing.
pub(super) const HOLDING: &[(&str, &str)] = &[
    ("accuse", "of"),
    ("suspect", "of"),
    ("blame", "for"),
    ("thank", "for"),
    ("praise", "for"),
    ("criticize", "for"),
    ("condemn", "for"),
    ("fault", "for"),
    ("rebuke", "for"),
    ("reward", "for"),
    ("punish", "for"),
    ("ban", "from"),
    ("bar", "from"),
    ("prevent", "from"),
    ("stop", "from"),
    ("deter", "from"),
    ("warn", "against"),
    ("caution", "against"),
];
/// Verb, preposition, kinds of things: the other, then a thing.
pub(super) const OVER: &[(&str, &str)] = &[
    ("press", "over"),
    ("pressure", "over"),
    ("warn", "over"),
    ("warn", "about"),
    ("slam", "over"),
    ("criticize", "over"),
    ("sue", "over"),
    ("sanction", "over"),
    ("summon", "over"),
    ("threaten", "with"),
    ("charge", "with"),
    ("confront", "over"),
    ("back", "over"),
    ("support", "in"),
    ("challenge", "over"),
    ("consult", "on"),
    ("lobby", "for"),
    ("remind", "of"),
    ("inform", "of"),
    ("assure", "of"),
];
/// Verb and preposition before what is threatened.
pub(super) const MENACING: &[(&str, &str)] = &[
    ("warn", "of"),
    ("warn", "of"),
    ("threaten", "with"),
    ("threaten", "with"),
    ("punish", "with"),
    ("hit", "with"),
    ("confront", "with"),
];
/// What is threatened: words before the noun, and the noun.
pub(super) const MENACES: &[(&str, &str)] = &[
    ("serious", "consequences"),
    ("grave", "consequences"),
    ("strong", "response"),
    ("firm", "response"),
    ("", "retaliation"),
    ("", "destruction"),
    ("", "war"),
    ("", "sanctions"),
    ("", "tariffs"),
    ("military", "action"),
    ("economic", "sanctions"),
    ("new", "tariffs"),
    ("", "invasion"),
    ("", "reprisals"),
];
/// Nouns with an infinitive or a clause.
pub(super) const UNDERTAKINGS: &str = "demand request plea call appeal offer threat decision plan pledge promise \
    refusal proposal bid attempt effort willingness order agreement invitation warning vow";
/// Those that can have a clause.
pub(super) const STATEMENTS: &str = "demand request claim report threat pledge promise warning proposal fear belief \
    accusation charge allegation statement";

/// What is given, before its receiver.
pub(super) const GIVING_TO: &str = "pledge provide supply deliver donate transfer export extend give grant offer send \
    sell lend lease ship cede commit allocate promise gift award present pay";
/// The receiver, then what is given.
pub(super) const GIVING_WITH: &str = "provide supply present equip arm furnish reward help";

/// What a state itself will or will not do, in the infinitive.
pub(super) const PROMISING: &str = "agree pledge promise vow refuse threaten plan decide offer seek decline want hope \
    intend aim move rush prepare begin start continue fail manage try attempt wish need swear undertake expect hurry";
/// Adjectives with an infinitive.
pub(super) const INCLINED: &str =
    "ready willing eager keen unwilling likely unlikely reluctant set due able unable";
/// Passives with an infinitive.
pub(super) const EXPECTED: &str =
    "expect schedule set force ask urge tell order allow poise prepare invite slate";
/// The other is told to do something and is an indirect object, since it is spoken to.
pub(super) const TELLING: &str = "ask urge tell allow advise";
/// The other is made or asked to do something.
pub(super) const URGING: &str = "press invite order help force encourage pressure push want lobby prod beg persuade \
    expect compel instruct challenge implore exhort petition authorize enable";
/// Verbs of saying and thinking with a clause.
pub(super) const SAYING: &str = "say announce claim insist deny confirm report warn state argue declare note add hint \
    suggest signal acknowledge admit concede stress think believe fear hope complain pledge promise vow predict agree";
/// Verbs with a clause in the bare form.
pub(super) const DEMANDING: &str = "demand insist propose request recommend";

/// A verb with a thing as object and a state behind a preposition: verb, thing, preposition, whether the phrase
/// belongs to the verb. Things that end in *s* have no singular here.
pub(super) const ACTS: &[(&str, &str, &str, bool)] = &[
    ("sign", "agreement", "with", false),
    ("sign", "treaty", "with", false),
    ("sign", "deal", "with", false),
    ("sign", "pact", "with", false),
    ("ink", "accord", "with", false),
    ("seal", "pact", "with", false),
    ("reach", "deal", "with", false),
    ("conclude", "treaty", "with", false),
    ("sign", "memorandum", "with", false),
    ("impose", "sanctions", "on", true),
    ("impose", "tariffs", "on", true),
    ("slap", "tariffs", "on", true),
    ("lift", "embargo", "on", false),
    ("ease", "sanctions", "against", false),
    ("lift", "sanctions", "against", false),
    ("tighten", "embargo", "against", false),
    ("cut", "ties", "with", false),
    ("sever", "relations", "with", false),
    ("break", "ties", "with", false),
    ("suspend", "relations", "with", false),
    ("downgrade", "ties", "with", false),
    ("upgrade", "ties", "with", false),
    ("elevate", "relations", "with", false),
    ("establish", "relations", "with", false),
    ("restore", "ties", "with", false),
    ("mend", "ties", "with", false),
    ("build", "ties", "with", false),
    ("deepen", "ties", "with", false),
    ("boost", "ties", "with", false),
    ("strengthen", "cooperation", "with", false),
    ("share", "intelligence", "with", true),
    ("expand", "trade", "with", false),
    ("hold", "talks", "with", false),
    ("open", "talks", "with", false),
    ("resume", "talks", "with", false),
    ("suspend", "talks", "with", false),
    ("break", "talks", "with", false),
    ("hold", "exercise", "with", false),
    ("stage", "drills", "with", false),
    ("conduct", "drills", "with", false),
    ("launch", "strikes", "against", false),
    ("launch", "attack", "on", false),
    ("launch", "offensive", "against", false),
    ("declare", "war", "on", true),
    ("wage", "war", "against", false),
    ("send", "troops", "to", true),
    ("send", "envoy", "to", true),
    ("send", "aid", "to", true),
    ("deploy", "troops", "to", true),
    ("withdraw", "forces", "from", true),
    ("pull", "troops", "from", true),
    ("recall", "ambassador", "from", true),
    ("expel", "diplomats", "from", true),
    ("lodge", "protest", "with", false),
    ("file", "complaint", "against", false),
    ("file", "lawsuit", "against", false),
    ("provide", "assistance", "to", true),
    ("extend", "loans", "to", true),
    ("export", "rice", "to", true),
    ("import", "oil", "from", true),
    ("buy", "jets", "from", true),
    ("buy", "gas", "from", true),
    ("order", "submarines", "from", true),
    ("sell", "submarines", "to", true),
    ("supply", "weapons", "to", true),
    ("deploy", "missiles", "near", true),
    ("accept", "apology", "from", true),
    ("reject", "claims", "by", false),
    ("seize", "islands", "from", true),
    ("ratify", "pact", "with", false),
    ("break", "ceasefire", "with", false),
    ("pay", "visit", "to", true),
    ("cancel", "visit", "to", false),
    ("postpone", "visit", "to", false),
    ("make", "visit", "to", true),
    ("voice", "support", "for", false),
    ("express", "concern", "over", false),
    ("express", "confidence", "in", false),
    ("close", "embassy", "in", false),
    ("reopen", "embassy", "in", false),
    ("open", "consulate", "in", false),
    ("close", "border", "with", false),
    ("close", "airspace", "to", true),
    ("put", "pressure", "on", true),
    ("keep", "pressure", "on", true),
    ("offer", "condolences", "to", true),
    ("hand", "note", "to", true),
    ("maintain", "balance", "between", false),
    ("host", "summit", "with", false),
    ("issue", "ultimatum", "to", true),
    ("demand", "apology", "from", true),
    ("seek", "help", "from", true),
    ("forgive", "debt", "of", false),
    ("freeze", "assets", "of", false),
    ("release", "prisoners", "from", false),
    ("have", "relations", "with", false),
    ("have", "ties", "with", false),
    ("enjoy", "relations", "with", false),
    ("maintain", "relations", "with", false),
    ("have", "dispute", "with", false),
    ("share", "border", "with", false),
    ("have", "interests", "in", true),
    ("issue", "warning", "to", true),
    ("fear", "attack", "by", false),
];
