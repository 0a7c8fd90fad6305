//! What words refer to, when things were said, and what does not count: texts of a few sentences with their claims.

use expect_test::{Expect, expect};
use hedgerow_codebook::{ClaimLine, Codebook};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta, Published};

/// The claim lines of `text`, published then.
fn gives(published: &str, text: &str, expected: &Expect) {
    expected.assert_eq(&lines(published, text));
}

fn lines(published: &str, text: &str) -> String {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let when: Published = published.parse().expect("a date");
    let document = Document::new("d", text, Meta::default().published(when));
    let claims = Coder::new(&codebook, &model).code(&document).claims;
    let lines: Vec<String> = claims.iter().map(|c| ClaimLine::from(c).to_string()).collect();
    lines.join("\n")
}

#[test]
fn descriptions_mean_what_was_named() {
    gives(
        "2018-04-05",
        "Saudi Arabia invited reporters. The United States sold the kingdom 12 helicopters.",
        &expect!["USA -> SAU  flow.equipment  12 helicopter"],
    );
    gives(
        "2015-08-21",
        "North and South Korea exchanged artillery fire yesterday. The South accused the North of firing first.",
        &expect![[r#"
            KOR = PRK  ASSAULT.shell  2015-08-20
            KOR -> PRK  ACCUSE.allege"#]],
    );
    gives(
        "2020-03-01",
        "Mozambique belongs to the African Union. The bloc condemned Mali on Friday.",
        &expect![[r#"
            MOZ -> IGO:AU  tie.membership
            IGO:AU -> MLI  ACCUSE.disapprove  2020-02-28"#]],
    );
}

#[test]
fn offices_mean_who_held_them() {
    gives(
        "2018-04-05",
        "Crown Prince Mohammed bin Salman of Saudi Arabia met Donald Trump in Washington. Later the crown prince visited France.",
        &expect![[r#"
            SAU = USA  CONSULT.meet
            SAU -> FRA  CONSULT.visit"#]],
    );
    gives(
        "2019-06-01",
        "Russian President Vladimir Putin visited Mongolia. His host praised Russia. The guest thanked Mongolia.",
        &expect![[r#"
            RUS -> MNG  CONSULT.visit
            MNG -> RUS  SUPPORT
            RUS -> MNG  SUPPORT"#]],
    );
}

#[test]
fn the_two_are_those_of_the_paragraph() {
    gives(
        "2016-02-01",
        "Peru and Chile held talks in Lima. Chile thanked Peru.\n\nBolivia criticised Brazil. The two countries signed an agreement in January.\n\nThe two countries signed a treaty on Sunday.",
        &expect![[r#"
            PER = CHL  CONSULT.meet
            CHL -> PER  SUPPORT
            BOL -> BRA  ACCUSE.disapprove
            BOL = BRA  SUPPORT.sign  2016-01
            CHL = PER  SUPPORT.sign  2016-01-31"#]],
    );
}

#[test]
fn who_is_quoted_speaks_for_a_state() {
    gives(
        "2021-05-05",
        "Kenyan Foreign Minister Raychelle Omamo spoke on Tuesday. \"We condemn Somalia,\" she said.",
        &expect!["KEN -> SOM  ACCUSE.disapprove"],
    );
    gives(
        "2021-05-05",
        "Norway said on Monday that it condemned Belarus.",
        &expect!["NOR -> BLR  ACCUSE.disapprove  2021-05-03"],
    );
}

#[test]
fn moods_that_are_no_acts_are_told_apart() {
    gives("2021-05-05", "If Iran attacks Israel, prices will rise.", &expect![]);
    gives(
        "2021-05-05",
        "Seoul to send troops to Lebanon.",
        &expect!["KOR -> LBN  flow.personnel  !planned"],
    );
    gives("2021-05-05", "Japan no longer trusts Russia.", &expect!["JPN -> RUS  stance+  !denied"]);
    gives(
        "2021-05-05",
        "Ghana called off its visit to Togo.",
        &expect!["GHA -> TGO  CONSULT.visit  !denied"],
    );
    gives(
        "2021-05-05",
        "The planned visit of the Danish queen to Latvia pleased both.",
        &expect!["DNK -> LVA  CONSULT.visit  !planned"],
    );
}

#[test]
fn a_month_of_publication_dates_no_day() {
    gives(
        "2006-04",
        "Australia gave East Timor two boats on Tuesday.",
        &expect!["AUS -> TLS  flow.equipment  2 boat"],
    );
    gives(
        "2006-04",
        "Australia gave East Timor two boats last year.",
        &expect!["AUS -> TLS  flow.equipment  2 boat  2005"],
    );
}

#[test]
fn a_state_that_is_gone_is_still_named() {
    gives(
        "2012-01-01",
        "In 1979 the Soviet Union invaded Afghanistan.",
        &expect!["SUN -> AFG  ASSAULT.territory  1979  !historical-background"],
    );
}

#[test]
fn names_in_dates_and_names_of_names_are_nobody() {
    gives(
        "2018-03-01",
        "China protested in May against the Japanese patrol.",
        &expect!["CHN -> JPN  ACCUSE.disapprove  2017-05"],
    );
    gives(
        "2018-03-01",
        "The German Foreign Office summoned the Russian ambassador.",
        &expect!["DEU -> RUS  ACCUSE.disapprove"],
    );
}

#[test]
fn an_infinitive_is_an_act_only_under_words_that_say_so() {
    for (words, mood) in [
        ("was forced", ""),
        ("was quick", ""),
        ("was the first state", ""),
        ("is about", "  !planned"),
        ("is determined", "  !planned"),
        ("is bound", "  !expected"),
        ("is free", "  !hypothetical"),
        ("longs", "  !hypothetical"),
        ("has the means", "  !hypothetical"),
        ("was unable", "  !denied"),
        ("has yet", "  !denied"),
    ] {
        let expected = format!("FRA -> LBY  ASSAULT{mood}");
        assert_eq!(
            lines("2014-09-20", &format!("France {words} to attack Libya.")),
            expected,
            "{words}"
        );
    }
    gives(
        "2014-09-20",
        "Turkey rejected reports that it had bombed Kurdish villages in Iraq.",
        &expect!["TUR -> IRQ  ASSAULT.bomb  !denied"],
    );
}

#[test]
fn the_receiver_is_who_it_is_given_to() {
    gives(
        "2014-09-20",
        "The missiles Russia sold Iran were old.",
        &expect!["RUS -> IRN  flow.arms"],
    );
    gives(
        "2014-09-20",
        "Poland said Germany would give it two missile batteries.",
        &expect!["DEU -> POL  flow.arms  2 missile battery  !planned  by POL"],
    );
    gives(
        "2014-09-20",
        "China promised its Lao partners $20 million.",
        &expect!["CHN -> LAO  flow.aid  USD 20e6  !pledged"],
    );
}

#[test]
fn a_tour_lasts_all_its_days() {
    gives(
        "2018-04-05",
        "The Saudi king is coming to the end of a two-week visit to Japan.",
        &expect!["SAU -> JPN  CONSULT.visit  2018-03-23/2018-04-05"],
    );
}

#[test]
fn a_verb_said_once_serves_all_givers() {
    gives(
        "2005-01-06",
        "Germany has pledged 500 million euros to Indonesia, Japan US$500 million and the United States $350 million.",
        &expect![[r#"
            DEU -> IDN  flow.aid  EUR 500e6  !pledged
            JPN -> IDN  flow.aid  USD 500e6  !pledged
            USA -> IDN  flow.aid  USD 350e6  !pledged"#]],
    );
}

#[test]
fn names_that_the_tokeniser_cuts_are_whole() {
    gives(
        "2019-07-10",
        "President Tsai Ing-wen thanked the American government.",
        &expect!["TWN -> USA  SUPPORT"],
    );
}

#[test]
fn a_seat_of_two_means_the_one_that_the_text_is_about() {
    gives(
        "2022-06-12",
        "Brussels asked Algeria to reverse its decision.",
        &expect!["IGO:EU -> DZA  REQUEST.yield"],
    );
    gives(
        "2022-06-12",
        "Belgium closed its embassy in Algiers. Brussels asked Algeria to reverse its decision.",
        &expect![[r#"
            BEL -> DZA  SANCTION.discontinue
            BEL -> DZA  REQUEST.yield"#]],
    );
}

#[test]
fn how_much_it_was_may_be_told_in_the_next_sentence() {
    gives(
        "2022-07-30",
        "Poland signed a contract to buy tanks from South Korea on Friday. The deal is worth $5.8 billion.",
        &expect!["KOR -> POL  flow.arms  USD 5.8e9  !planned"],
    );
    gives(
        "2020-12-18",
        "The European Union introduced new sanctions against Belarus. It covered 17 individuals and 11 firms.",
        &expect!["IGO:EU -> BLR  SANCTION.discontinue  17 individual"],
    );
    gives(
        "2020-12-18",
        "The European Union introduced new sanctions against Belarus. It covered the story at length.",
        &expect!["IGO:EU -> BLR  SANCTION.discontinue"],
    );
}

#[test]
fn who_reacts_to_a_deed_reacts_to_its_doer() {
    for (text, reaction) in [
        (
            "Yemeni missiles hit Oman on Monday. Japan, Canada and Britain condemned the barrage.",
            &expect![[r#"
                YEM/MIL -> OMN  ASSAULT.strike  2015-09-14
                JPN + CAN + GBR -> YEM  ACCUSE.disapprove"#]],
        ),
        (
            "Laos imposed sanctions on Nepal. Bhutan criticised the move.",
            &expect![[r#"
            LAO -> NPL  SANCTION.discontinue
            BTN -> LAO  ACCUSE.disapprove"#]],
        ),
        (
            "Norway and Laos signed an agreement in Oslo. Japan welcomed the deal.",
            &expect![[r#"
            NOR = LAO  SUPPORT.sign
            JPN -> NOR + LAO  SUPPORT"#]],
        ),
        // Whose decision it was is said.
        (
            "Laos imposed sanctions on Nepal. Bhutan criticised the decision of the jury.",
            &expect!["LAO -> NPL  SANCTION.discontinue"],
        ),
    ] {
        gives("2015-09-20", text, reaction);
    }
}

#[test]
fn words_without_a_name_lead_to_one() {
    for (text, expected) in [
        (
            "Mali and Niger argued for years over the border. France called on both to show restraint.",
            &expect![[r#"
                MLI = NER  tie.dispute
                FRA -> MLI + NER  REQUEST"#]],
        ),
        (
            "Gabon's president met the French defence minister. France keeps 900 troops there.",
            &expect![[r#"
                GAB = FRA  CONSULT.meet
                FRA -> GAB  flow.personnel  900 troops"#]],
        ),
        (
            "The two Koreas held talks in Panmunjom on Friday.",
            &expect!["PRK = KOR  CONSULT.meet  2015-09-18"],
        ),
        (
            "Anti-French protests broke out in Niger on Sunday.",
            &expect!["NER -> FRA  PROTEST.demo  2015-09-20"],
        ),
        (
            "The Polish president is in Hanoi on a two-day visit.",
            &expect!["POL -> VNM  CONSULT.visit"],
        ),
        (
            "The pull-out of Danish troops from Iraq was announced.",
            &expect!["DNK/MIL -> IRQ  RETREAT.withdraw"],
        ),
    ] {
        gives("2015-09-20", text, expected);
    }
}

#[test]
fn what_others_do_again_is_told_of_the_same() {
    gives(
        "2015-09-20",
        "Germany expelled four Russian diplomats. Spain did the same on Friday, and Austria will follow suit.",
        &expect![[r#"
            DEU -> RUS  SANCTION.expel  4 diplomat
            ESP -> RUS  SANCTION.expel  2015-09-18
            AUT -> RUS  SANCTION.expel  !planned"#]],
    );
    gives(
        "2015-09-20",
        "Germany expelled four Russian diplomats. The player followed suit.",
        &expect!["DEU -> RUS  SANCTION.expel  4 diplomat"],
    );
    gives(
        "2015-09-20",
        "Egypt offered Ethiopia a truce. Ethiopia rejected it.",
        &expect!["ETH -> EGY  REJECT"],
    );
    gives(
        "2015-09-20",
        "Armed by Iran, the Houthis fired missiles at Saudi Arabia. Oman and Kuwait called for restraint.",
        &expect![[r#"
            IRN -> YEM/REB  flow.arms
            YEM/REB -> SAU  ASSAULT.strike
            OMN + KWT -> YEM + SAU  REQUEST.yield"#]],
    );
}

#[test]
fn a_dateline_says_whom_a_text_is_about() {
    let told = |dateline: &str| {
        format!(
            "{dateline} – Soldiers ousted the president of Honduras on Sunday.\n\n\
             Venezuela halted its oil shipments. The United States froze 16 million dollars of military aid."
        )
    };
    gives(
        "2009-07-02",
        &told("TEGUCIGALPA, Honduras (AP)"),
        &expect![[r#"
        VEN -> HND  SANCTION.discontinue
        USA -> HND  SANCTION.discontinue  USD 16e6"#]],
    );
    // A text from elsewhere says of one mention too little.
    gives("2009-07-02", &told("WASHINGTON (AP)"), &expect![""]);
}
