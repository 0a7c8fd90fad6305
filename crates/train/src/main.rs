//! `hedgerow-train train …` and `hedgerow-train score …`; `hedgerow-train generate …`; `cargo xtask` calls this program.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((command, rest)) if command == "score" => hedgerow_train::score_cli(rest),
        Some((command, rest)) if command == "train" => hedgerow_train::train_cli(rest),
        Some((command, rest)) if command == "generate" => hedgerow_train::generate_cli(rest),
        Some((command, rest)) if command == "annotate" => hedgerow_train::annotate_cli(rest),
        _ => Err("usage: hedgerow-train train|score|annotate|generate …".into()),
    }
}
