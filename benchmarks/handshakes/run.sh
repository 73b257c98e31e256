#!/bin/sh
# Measures how long servers occupy a processor for a WebSocket handshake over loopback.
#
#   sh benchmarks/handshakes/run.sh [SECONDS]     for each server, in each of three rounds; 4 without it
#
# Installs what Debian has, and gets npm's ws, Python's websockets, Go's gorilla and Rust's tungstenite from
# their registries; what can't be had is left out.
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh

need g++ g++
need taskset util-linux
need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/boost/system/error_code.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/websocketpp/version.hpp libwebsocketpp-dev
need /usr/bin/python3 python3
need node nodejs
need npm npm
install_needed

sources=benchmarks/handshakes
build=build-handshakes
mkdir -p $build
for name in generator floor turnout beast; do
  g++ -std=c++20 -O3 -DNDEBUG -Iinclude $sources/$name.cpp -o $build/$name -pthread
done
# Version 0.8.2 does not compile as C++20.
g++ -std=c++17 -O3 -DNDEBUG $sources/websocketpp.cpp -o $build/websocketpp -pthread

left_out() { echo "$1 can't be had: left out" >&2; }
(npm install --prefix $build --no-audit --no-fund --silent ws && cp $sources/ws.js $build) ||
  left_out ws
(python3 -m venv $build/python && $build/python/bin/pip install --quiet websockets) ||
  left_out websockets
(cd $build && rm -rf go && mkdir go && cp ../$sources/gorilla/main.go go && cd go &&
  go mod init handshakes && go get github.com/gorilla/websocket && go build -o ../gorilla .) ||
  left_out gorilla
(mkdir -p $build/cargo && cp -r $sources/tungstenite/* $build/cargo && cd $build/cargo &&
  cargo build --release --quiet && cp target/release/handshakes_tungstenite ../tungstenite) ||
  left_out tungstenite

python3 $sources/run.py $build "$@"
