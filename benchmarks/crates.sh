#!/bin/sh
# Gets two peers that Debian does not have from Rust's package registry: httparse, and uWebSockets,
# whose C++ is in a crate that binds it to Rust. run.sh does not need them, and measures them from then on.
set -eu
cd "$(dirname "$0")/.."
fetched=build-benchmarks/fetched
crate=$fetched/crates

mkdir -p $crate $fetched/uwebsockets
cp benchmarks/peers/crates/* $crate
cargo build --release --manifest-path $crate/Cargo.toml

machine=$(rustc -vV | sed -n 's/^host: //p')
manifest=$(cargo metadata --format-version 1 --all-features --filter-platform "$machine" \
  --manifest-path $crate/Cargo.toml | grep -o '"[^"]*/libuwebsockets-sys-[^"]*/Cargo.toml"' | head -n 1 | tr -d '"')
cp "${manifest%/*}"/uWebSockets/src/*.h $fetched/uwebsockets
