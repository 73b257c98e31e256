#!/bin/sh
# Scores other people's libraries, newest versions from the registries of their languages, and turnout
# itself with the vectors of this folder. What can't be had is left out.
#
#   sh tests/vectors/scores.sh            prints a table
#   sh tests/vectors/scores.sh --write    also writes docs/scores.md again
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh
. tests/peers/setup.sh

need g++ g++
need cmake cmake
need ninja ninja-build
need_languages
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
need /usr/include/http_parser.h libhttp-parser-dev
[ -e /usr/include/llhttp.h ] || need /usr/share/llhttp/llhttp.c 'libllhttp-dev | node-llhttp (<< 9)'
need xz xz-utils
install_needed

peers=$PWD/build-vectors  # where `have` puts what it says
adapters=$PWD/tests/vectors/adapters
mkdir -p "$peers/go" "$peers/rust" "$peers/java"

ours() {
  cmake -S . -B "$peers/ours" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF \
    -DTURNOUT_DIFFERENTIAL=ON
  cmake --build "$peers/ours" --target turnout_parsers_adapter
  g++ -std=c++20 -O2 -Iinclude -Itests tests/vectors/adapter.cpp -lfmt -o "$peers/turnout_adapter"
}
picohttpparser() { sh benchmarks/picohttpparser.sh build-benchmarks/fetched/picohttpparser; }
websocketpp() { g++ -std=c++17 -O1 -w "$adapters/websocketpp.cpp" -o "$peers/websocketpp_adapter" -pthread -lz; }
python() {
  python3 -m venv "$peers/python"
  "$peers/python/bin/pip" install --quiet --upgrade aiohttp h11 websockets wsproto
}
npm() {
  cp "$adapters/node/package.json" "$peers"
  command npm install --prefix "$peers" --no-audit --no-fund --silent
}
go() {
  cp "$adapters"/go/* "$peers/go"
  cd "$peers/go"
  command go get github.com/gorilla/websocket github.com/coder/websocket github.com/gobwas/ws
  command go build -o ../go_adapter .
}
rust() {
  cp -R "$adapters"/rust/* "$peers/rust"
  cargo build --release --quiet --manifest-path "$peers/rust/Cargo.toml"
  cp "$peers/rust/target/release/adapter" "$peers/rust_adapter"
}
java() {
  rm -rf "$peers/java/lib"  # older versions
  mvn --quiet --batch-mode -f "$adapters/java/pom.xml" dependency:copy-dependencies -DoutputDirectory="$peers/java/lib"
  javac -cp "$peers/java/lib/*" -d "$peers/java" "$adapters"/java/*.java
}
have picohttpparser ours websocketpp python npm go rust java

python3 -B tests/vectors/scores.py "$peers" "$@"
