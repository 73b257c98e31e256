#!/bin/sh
# Scores other people's libraries, newest versions from the registries of their languages, and turnout
# itself with the vectors of this folder. What can't be had is left out.
#
#   sh tests/vectors/scores.sh            prints a table
#   sh tests/vectors/scores.sh --write    also writes docs/scores.md again
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/http_parser.h libhttp-parser-dev
[ -e /usr/include/llhttp.h ] || need /usr/share/llhttp/llhttp.c 'libllhttp-dev | node-llhttp (<< 9)'
need xz xz-utils
need node nodejs npm
install_needed

build=build-vectors
adapters=tests/vectors/adapters
mkdir -p $build
left_out() { echo "$1 can't be had: left out" >&2; }

sh benchmarks/picohttpparser.sh build-benchmarks/fetched/picohttpparser || left_out picohttpparser
cmake -S . -B $build/ours -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF \
  -DTURNOUT_DIFFERENTIAL=ON >/dev/null
cmake --build $build/ours --target turnout_parsers_adapter
g++ -std=c++20 -O2 -Iinclude -Itests tests/vectors/adapter.cpp -lfmt -o $build/turnout_adapter
(python3 -m venv $build/python && $build/python/bin/pip install --quiet aiohttp h11 websockets wsproto) ||
  left_out Python
(cp $adapters/node/package.json $build && npm install --prefix $build --no-audit --no-fund --silent) || left_out npm
(rm -rf $build/go && cp -r $adapters/go $build/go && cd $build/go &&
  go get github.com/gorilla/websocket github.com/coder/websocket github.com/gobwas/ws &&
  go build -o ../go_adapter .) 2>/dev/null || left_out Go
(mkdir -p $build/rust && cp -r $adapters/rust/* $build/rust && cd $build/rust && cargo build --release --quiet &&
  cp target/release/adapter ../rust_adapter) || left_out Rust

python3 -B tests/vectors/scores.py $build "$@"
