#!/bin/sh
# Lets ours meet other people's programs: clients, servers and proxies, in the newest versions that the
# registries of their languages have, and of Debian. What can't be had is "not run".
#
#   sh tests/peers/run.sh            prints the rows, and fails if something did not work
#   sh tests/peers/run.sh --write    also writes the tables of docs/interop.md again
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
need /usr/include/nghttp2/nghttp2.h libnghttp2-dev
need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/websocketpp/version.hpp libwebsocketpp-dev
need /usr/include/libwebsockets.h libwebsockets-dev
need /usr/lib/python3/dist-packages/websockets python3-websockets
need node nodejs npm
need javac default-jdk-headless
need mvn maven
need curl curl
need nghttp nghttp2-client
need chromium chromium
need nginx nginx-light
need haproxy haproxy
need apache2 apache2-bin
need caddy caddy
need lighttpd lighttpd
need nghttpx nghttp2-proxy
install_needed

peers=$PWD/build-peers
cmake -S . -B "$peers/ours" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build "$peers/ours" --target websocket_echo_server websocket_echo_client docker_attach_server \
  docker_attach_client h2c_server h2c_client relay_proxy reverse_proxy

. tests/peers/build.sh
have python npm go rust java cpp

/usr/bin/python3 -B tests/peers/table.py "$peers/ours/examples" "$peers" ${1:+--write docs/interop.md}
