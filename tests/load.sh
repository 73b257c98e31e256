#!/bin/sh
# Loads the servers and proxies of examples/: 2,000 connections at once, slow peers, and resets;
# installs what it needs.
#
#   sh tests/load.sh            prints a page, and fails if anything was lost
#   sh tests/load.sh --write    also writes docs/load.md again
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need /usr/include/asio.hpp libasio-dev
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/wslay/wslay.h libwslay-dev
need /usr/include/nghttp2/nghttp2.h libnghttp2-dev
need /usr/include/openssl/ssl.h libssl-dev
need /usr/include/zlib.h zlib1g-dev
install_needed

cmake -S . -B build-load -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build build-load --target websocket_echo_server poll_server asio_coroutines_server relay_proxy \
  reverse_proxy gateway_down gateway_up
/usr/bin/python3 -B tests/load/load.py build-load/examples ${1:+--write docs/load.md}
