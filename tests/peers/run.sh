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
mkdir -p "$peers/go" "$peers/rust" "$peers/java"
cmake -S . -B "$peers/ours" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build "$peers/ours" --target websocket_echo_server websocket_echo_client docker_attach_server \
  docker_attach_client h2c_server h2c_client relay_proxy reverse_proxy

# What is asked for is in a list of packages, or in the file that its language has for that.
python() {
  python3 -m venv "$peers/python"
  "$peers/python/bin/pip" install --quiet --upgrade websockets wsproto aiohttp httpx-ws
}
npm() { command npm install --prefix "$peers" --no-audit --no-fund --silent ws undici socket.io socket.io-client; }
go() {
  cp tests/peers/go/main.go "$peers/go"
  cd "$peers/go"
  rm -f go.mod go.sum
  command go mod init peers
  command go get github.com/gorilla/websocket github.com/coder/websocket github.com/gobwas/ws
  command go build -o ../go_peers .
}
rust() {
  cp -R tests/peers/rust/* "$peers/rust"
  cargo build --release --quiet --manifest-path "$peers/rust/Cargo.toml"
  cp "$peers/rust/target/release/peers" "$peers/rust_peers"
}
java() {
  mvn --quiet --batch-mode -f tests/peers/java/pom.xml dependency:copy-dependencies -DoutputDirectory="$peers/java/lib"
  javac -cp "$peers/java/lib/*" -d "$peers/java" tests/peers/java/*.java
}
cpp() {
  g++ -std=c++20 -O1 tests/peers/cpp/beast.cpp -o "$peers/beast_peers" -pthread
  g++ -std=c++11 -O1 -w tests/peers/cpp/websocketpp.cpp -o "$peers/websocketpp_peers" -pthread -lz
  gcc -O1 tests/peers/cpp/libwebsockets.c -o "$peers/libwebsockets_peers" -lwebsockets
}
for language in python npm go rust java cpp; do
  (set -e; $language) >"$peers/$language.log" 2>&1 &  # after which `||` does not turn off -e
  wait $! || { tail -n 3 "$peers/$language.log"; echo "$language can't be had"; } >&2
done

/usr/bin/python3 -B tests/peers/table.py "$peers/ours/examples" "$peers" ${1:+--write docs/interop.md}
