#!/bin/sh
# Builds what a release consists of into dist/: the program with completions, man pages and licences as one archive, and the wheel.
#
#   packaging/release.sh [TARGET]      a target of rustc; x86_64-unknown-linux-musl gives a program that runs on any Linux
#
# For macOS and Windows run it there (Windows: in Git Bash). Nothing is sent anywhere.
set -eu
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
target=${1:-$host}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
most=$((60 * 1024 * 1024))

if ! rustc --print target-libdir --target "$target" >/dev/null 2>&1 || [ ! -d "$(rustc --print target-libdir --target "$target")" ]; then
    echo "release: the target $target is not installed; rustup target add $target" >&2
    exit 2
fi

cargo build --release --locked -p hedgerow --target "$target"
program=target/$target/release/hedgerow
[ -f "$program" ] || program=$program.exe

name=hedgerow-$version-$target
rm -rf "dist/$name"
mkdir -p "dist/$name/completions" "dist/$name/man"
cp "$program" "dist/$name/"
strip "dist/$name/$(basename "$program")" 2>/dev/null || true
size=$(wc -c <"dist/$name/$(basename "$program")")
if [ "$size" -gt "$most" ]; then
    echo "release: the program has $size bytes, more than $most" >&2
    exit 1
fi

# What runs here writes its own completions and pages; for another machine's program ours does.
own=$program
if [ "$target" != "$host" ] && ! "$program" --version >/dev/null 2>&1; then
    cargo build --release --locked -p hedgerow
    own=target/release/hedgerow
fi
for shell in bash zsh fish elvish powershell; do
    "$own" completions "$shell" >"dist/$name/completions/hedgerow.$shell"
done
"$own" completions --man "dist/$name/man"
cp README.md CHANGELOG.md CITATION.cff NOTICE LICENSE-APACHE LICENSE-MIT crates/model-en/LICENSE packaging/hedgerow.service "dist/$name/" 2>/dev/null ||
    cp README.md CHANGELOG.md CITATION.cff NOTICE LICENSE-APACHE LICENSE-MIT "dist/$name/"
tar -C dist -czf "dist/$name.tar.gz" "$name"

if command -v maturin >/dev/null 2>&1 && [ "$target" = "$host" ]; then
    maturin build --release --out dist
else
    echo "release: no wheel (maturin is not installed, or the target is another machine's)" >&2
fi
(cd dist && sha256sum ./*.tar.gz ./*.whl 2>/dev/null >SHA256SUMS || true)
echo "dist/$name.tar.gz: the program has $size bytes"
