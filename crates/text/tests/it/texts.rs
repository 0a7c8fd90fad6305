//! Zones of pages written for these tests.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use hedgerow_text::{Document, Meta};

/// One line a zone: kind, and the first and last words of what it covers.
pub(crate) fn show(doc: &Document) -> String {
    let mut out = String::new();
    for zone in &doc.zones {
        let said = zone.span.of(&doc.text).replace('\n', "⏎");
        let n = said.chars().count();
        let said = if n > 70 {
            let head: String = said.chars().take(40).collect();
            let tail: String = said.chars().skip(n - 26).collect();
            format!("{head} … {tail}")
        } else {
            said
        };
        writeln!(out, "{:<12} {said}", zone.kind.as_str()).unwrap();
    }
    out
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(&Document::new("x", text, Meta::default())));
}

#[test]
fn a_news_page_with_everything_around_it() {
    check(
        "Skip to content\nHome\nNews\nWorld\nAsia\nOpinion\nSubscribe\n\nHome > World > Asia\n\n\
         Japan hands six patrol boats to Vietnam\n\nThe ships are to watch the waters off Da Nang, both sides say\n\n\
         By Jane Doe\nPublished: 20 September 2015, 10:14 GMT\n\nShare\nTweet\nEmail\n\n\
         HANOI, Sept. 20 (Lotus Wire) -- Japan handed over six patrol boats to Vietnam on Sunday, the foreign ministry said.\n\n\
         Photo: A patrol boat off Da Nang / Lotus Wire\n\n\
         \"We thank the people of Japan,\" the minister told reporters.\n\nAdvertisement\n\n\
         What comes next\n\nTokyo will train the crews until 2017.\n\n\
         Related articles\n\nVietnam buys radars from Israel\nJapan and the Philippines to hold drill\n\n\
         A second batch of boats is expected in the spring, according to the ministry.\n\n\
         (Reporting by Jane Doe; Editing by John Smith)\n\nTags: Japan, Vietnam, coast guard\n\n\
         Sign up for our newsletter to get the news of the day in your inbox.\n\n\
         3 Comments\n\nTom says:\n\nI think that Japan should have given them sixty boats, not six of them.\n\n\
         © 2015 Mekong Courier. All rights reserved.\n",
        &expect![[r#"
            boilerplate  Skip to content
            boilerplate  Home
            boilerplate  News
            boilerplate  World
            boilerplate  Asia
            boilerplate  Opinion
            boilerplate  Subscribe
            boilerplate  Home > World > Asia
            headline     Japan hands six patrol boats to Vietnam
            body         The ships are to watch the waters off Da Nang, both sides say
            byline       By Jane Doe
            byline       Published: 20 September 2015, 10:14 GMT
            boilerplate  Share
            boilerplate  Tweet
            boilerplate  Email
            dateline     HANOI, Sept. 20 (Lotus Wire) --
            body         Japan handed over six patrol boats to Vi … the foreign ministry said.
            boilerplate  Photo: A patrol boat off Da Nang / Lotus Wire
            body         "We thank the people of Japan," the minister told reporters.
            boilerplate  Advertisement
            heading      What comes next
            body         Tokyo will train the crews until 2017.
            boilerplate  Related articles
            boilerplate  Vietnam buys radars from Israel
            boilerplate  Japan and the Philippines to hold drill
            body         A second batch of boats is expected in t … according to the ministry.
            boilerplate  (Reporting by Jane Doe; Editing by John Smith)
            boilerplate  Tags: Japan, Vietnam, coast guard
            boilerplate  Sign up for our newsletter to get the news of the day in your inbox.
            boilerplate  3 Comments
            boilerplate  Tom says:
            boilerplate  I think that Japan should have given the … ty boats, not six of them.
            boilerplate  © 2015 Mekong Courier. All rights reserved.
        "#]],
    );
}

#[test]
fn a_text_broken_at_the_margin() {
    check(
        "Talks on the islands to go on in May\n\n\
         TOKYO — Japan and Russia agreed on Tuesday to go on with talks about the\n\
         four islands that both of them claim, and to let former residents visit\n\
         the graves of their families there. The foreign ministers met in Tokyo.\n\
         It was their third meeting this year.\n\n\
         Old Quarrels\n\
         Russia has held the islands since 1945. Japan calls them its Northern\n\
         Territories, and has never signed a peace treaty.\n\
         The next round is to be held in Moscow in May, the Russian minister told\n\
         reporters after the meeting.\n",
        &expect![[r#"
            headline     Talks on the islands to go on in May
            dateline     TOKYO —
            body         Japan and Russia agreed on Tuesday to go … r third meeting this year.
            heading      Old Quarrels
            body         Russia has held the islands since 1945.  … ver signed a peace treaty.
            body         The next round is to be held in Moscow i … porters after the meeting.
        "#]],
    );
}

#[test]
fn a_text_with_a_paragraph_on_each_line() {
    check(
        "Aid to rise\nAustralia will give East Timor more aid for its farmers.\nMore than $40 million is to be spent this year.\n\
         The ambassador said so on Friday.\nFood and Water\nWells will be drilled in four districts.\nThe work is to take two years.\n",
        &expect![[r#"
            headline     Aid to rise
            body         Australia will give East Timor more aid for its farmers.
            body         More than $40 million is to be spent this year.
            body         The ambassador said so on Friday.
            heading      Food and Water
            body         Wells will be drilled in four districts.
            body         The work is to take two years.
        "#]],
    );
}

#[test]
fn markdown_with_front_matter() {
    check(
        "---\ntitle: Canberra and Dili sign\noutlet: Timor Ledger\npublished: 2018-03-06\n---\n\n# Canberra and Dili sign\n\n\
         Australia and East Timor signed a treaty on their sea border in New York on Tuesday.\n\n\
         ## What it says\n\n- The two states share the gas of Greater Sunrise.\n- East Timor gets at least 70 percent.\n\n\
         > \"It is a landmark,\" the mediator said.\n\nAfterwards\n----------\n\nParliament in Dili is to vote in May.\n\n---\n\n![a map](map.png)\n",
        &expect![[r#"
            front-matter ---⏎title: Canberra and Dili sign⏎outlet … ⏎published: 2018-03-06⏎---
            headline     Canberra and Dili sign
            body         Australia and East Timor signed a treaty … er in New York on Tuesday.
            heading      What it says
            body         The two states share the gas of Greater Sunrise.
            body         East Timor gets at least 70 percent.
            body         "It is a landmark," the mediator said.
            heading      Afterwards
            body         Parliament in Dili is to vote in May.
            boilerplate  ---
            boilerplate  ![a map](map.png)
        "#]],
    );
}

#[test]
fn sentences_alone_are_body() {
    check(
        "Vietnam's General Secretary Nguyen Phu Trong visited Japan last week.",
        &expect![[r#"
            body         Vietnam's General Secretary Nguyen Phu Trong visited Japan last week.
        "#]],
    );
    check(
        "Moscow threatens Kyiv.",
        &expect![[r#"
        headline     Moscow threatens Kyiv.
    "#]],
    );
    check(
        "Who will win the race for the Arctic?\n\nRussia has the ships, and China has the money.",
        &expect![[r#"
        headline     Who will win the race for the Arctic?
        body         Russia has the ships, and China has the money.
    "#]],
    );
    check(
        "Menu\nHome\nNews\nLog in",
        &expect![[r#"
        boilerplate  Menu
        boilerplate  Home
        boilerplate  News
        boilerplate  Log in
    "#]],
    );
    check("", &expect![[r#""#]]);
}

#[test]
fn a_given_title_names_the_headline() {
    let meta = Meta { title: Some("Boats for Hanoi".to_owned()), ..Meta::default() };
    let text = "World\n\nThe Mekong Courier, your paper since 1990\n\nBoats for Hanoi\n\nJapan has given Vietnam six boats.";
    expect![[r#"
        boilerplate  World
        boilerplate  The Mekong Courier, your paper since 1990
        headline     Boats for Hanoi
        body         Japan has given Vietnam six boats.
    "#]]
    .assert_eq(&show(&Document::new("x", text, meta)));
}

#[test]
fn front_matter_is_read_and_its_dates_are_checked() {
    let meta = Meta::from_front_matter("---\ntitle: A\npublished: 2018-03-06\n---\nText.").unwrap();
    assert_eq!(meta.published, Some(jiff::civil::date(2018, 3, 6)));
    let wrong = Meta::from_front_matter("---\npublished: March 6\n---\nText.").unwrap_err();
    assert_eq!(wrong.to_string(), "`published: March 6` is no date; write YYYY-MM-DD");
}

#[test]
fn long_lines_do_not_take_long() {
    let text = "word ".repeat(1 << 20) + &"Home\n".repeat(1 << 16) + &"a - b – ".repeat(1 << 16);
    let doc = Document::new("x", text, Meta::default());
    assert!(!doc.zones.is_empty());
}
