#!/bin/sh
# Lets ours meet other people's programs: clients, servers and proxies, in the newest versions that the
# registries of their languages have, and of Debian. What can't be had is "not run".
#
#   sh tests/peers/run.sh            prints the rows, and fails if something did not work
#   sh tests/peers/run.sh --write    also writes the tables of docs/interop.md again
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh
. tests/peers/setup.sh

need_ours
need_peers
need_proxies
need /usr/include/nghttp2/nghttp2.h libnghttp2-dev
need curl curl
need nghttp nghttp2-client
need chromium chromium
install_needed

peers=$PWD/build-peers
cmake -S . -B "$peers/ours" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build "$peers/ours" --target websocket_echo_server websocket_echo_client docker_attach_server \
  docker_attach_client h2c_server h2c_client relay_proxy reverse_proxy

. tests/peers/build.sh
have python npm go rust java cpp

/usr/bin/python3 -B tests/peers/table.py "$peers/ours/examples" "$peers" ${1:+--write docs/interop.md}
