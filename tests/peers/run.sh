#!/bin/sh
# Lets our WebSocket server and client meet those of other people, newest versions from the registries
# of their languages; what can't be had is left out.
#
#   sh tests/peers/run.sh            prints a table, and fails if something did not work
#   sh tests/peers/run.sh --write    also writes docs/interop.md again
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/include/asio.hpp libasio-dev
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/wslay/wslay.h libwslay-dev
need /usr/include/zlib.h zlib1g-dev
need node nodejs npm
need javac default-jdk-headless
install_needed

peers=build-peers
mkdir -p $peers
cmake -S . -B $peers/ours -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build $peers/ours --target websocket_echo_server websocket_echo_client

left_out() { echo "$1 can't be had: left out" >&2; }
sources=$PWD/tests/peers
(python3 -m venv $peers/python && $peers/python/bin/pip install --quiet websockets aiohttp httpx-ws) ||
  left_out Python
(npm install --prefix $peers --no-audit --no-fund --silent ws undici && cp tests/peers/node_peers.js $peers) ||
  left_out npm
(rm -rf $peers/go && mkdir $peers/go && cp tests/peers/go/main.go $peers/go && cd $peers/go && go mod init peers &&
  go get github.com/gorilla/websocket github.com/coder/websocket github.com/gobwas/ws &&
  go build -o ../go_peers .) 2>/dev/null || left_out Go
(mkdir -p $peers/rust && cp -r tests/peers/rust/* $peers/rust && cd $peers/rust && cargo build --release --quiet &&
  cp target/release/peers ../rust_peers) || left_out Rust
javac -d $peers "$sources/JavaPeer.java"

python3 -B tests/peers/table.py $peers/ours/examples $peers ${1:+--write docs/interop.md}
