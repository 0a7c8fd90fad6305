//! Dates in texts, as the claims that hang on them have them.

use hedgerow_codebook::{ClaimLine, Codebook};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};

/// What a visit "that took place" then is dated to; an article of the day given, or of a day unknown.
fn visited(codebook: &Codebook, model: &Model, published: Option<&str>, then: &str) -> String {
    let text = format!("Ghana's president visited Brazil {then}.");
    let mut meta = Meta::default();
    if let Some(day) = published {
        meta = meta.published(day.parse().expect("a date"));
    }
    let claims = Coder::new(codebook, model).code(&Document::new("d", text, meta)).claims;
    let lines: Vec<String> = claims.iter().map(|c| ClaimLine::from(c).to_string()).collect();
    let line = lines.join("; ");
    let date = line.strip_prefix("GHA -> BRA  CONSULT.visit").unwrap_or(&line);
    date.trim_end_matches("!historical-background").trim().to_owned()
}

#[test]
fn days_in_a_row_are_an_interval() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    for (then, date) in [
        ("on October 30 and 31, 2010", "2010-10-30/2010-10-31"),
        ("on January 16-17, 2013", "2013-01-16/2013-01-17"),
        ("on 8 and 9 July 2018", "2018-07-08/2018-07-09"),
        ("from February 27 to March 1, 2002", "2002-02-27/2002-03-01"),
        ("from 27 February to 1 March 2002", "2002-02-27/2002-03-01"),
        ("between December 30 and January 2, 2009", "2008-12-30/2009-01-02"),
        ("from September 15 to 18, 2015", "2015-09-15/2015-09-18"),
        ("in May 2016", "2016-05"),
        ("for three days on May 2, 2016", "2016-05-02/2016-05-04"),
    ] {
        for published in [None, Some("2019-03-04")] {
            assert_eq!(visited(&codebook, &model, published, then), date, "{then}, {published:?}");
        }
    }
}
