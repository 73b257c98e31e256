#!/bin/sh
# Builds and tests what uses the C interface from other languages: Rust, Go, and a module for Python,
# which is measured beside websockets and wsproto. Needs cargo, go, and the registries of Rust and Python.
set -eu
cd "$(dirname "$0")/.."
build=$PWD/build-bindings
mkdir -p "$build"

echo "== Rust"
CARGO_TARGET_DIR=$build/rust cargo test --quiet --manifest-path packaging/rust/Cargo.toml

echo "== Go"
(cd packaging/go && go vet . && go test .)

echo "== Python"
[ -x "$build/python/bin/python" ] || python3 -m venv "$build/python"
"$build/python/bin/pip" install --quiet setuptools websockets wsproto
(cd packaging/python && "$build/python/bin/python" setup.py --quiet build --build-base "$build/module" \
  install --single-version-externally-managed --record "$build/installed" 2>"$build/log") ||
  { cat "$build/log"; exit 1; }
rm -rf packaging/python/turnout.egg-info
"$build/python/bin/python" packaging/python/compare.py
