//! Every example of the codebook holds.

use hedgerow_codebook::Codebook;
use hedgerow_coder::{Coder, prove};
use hedgerow_parse::Model;

#[test]
fn examples_of_the_codebook_hold() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let mut coder = Coder::new(&codebook, &model);
    let (tried, broken) = prove(&codebook, &mut coder, "");
    let report: Vec<String> = broken
        .iter()
        .map(|b| format!("{}\n  {}\n    {}", b.place, b.text, b.errors.join("\n    ")))
        .collect();
    assert!(tried > 200, "only {tried} examples were found");
    assert!(
        broken.is_empty(),
        "{} of {tried} examples do not hold:\n{}",
        broken.len(),
        report.join("\n")
    );
}
