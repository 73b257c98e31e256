#!/bin/sh
# Tries servers, clients and intermediaries with turnout-probe: newest versions from the registries of their
# languages, and of Debian. What can't be had is left out.
#
#   sh tests/scores/scores.sh            prints the tables
#   sh tests/scores/scores.sh --write    also writes the live part of docs/scores.md, and its chart
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh
. tests/peers/setup.sh

need_ours
need_peers
need_proxies
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
need /usr/include/CLI/CLI.hpp libcli11-dev
need /usr/include/openssl/ssl.h libssl-dev
need /usr/share/perl5/Mojolicious.pm libmojolicious-perl
need squid squid
need varnishd varnish
install_needed

peers=$PWD/build-peers
scored=$PWD/tests/scores/programs
mkdir -p "$peers/scored-go" "$peers/scored-rust" "$peers/scored-java"
cmake -S . -B "$peers/ours" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build "$peers/ours" --target turnout_probe websocket_echo_server websocket_echo_client poll_server \
  relay_proxy reverse_proxy

. tests/peers/build.sh
more_python() {
  "$peers/python/bin/pip" install --quiet --upgrade uvicorn hypercorn daphne granian tornado autobahn \
    websocket-client
}
more_npm() {
  command npm install --prefix "$peers" --no-audit --no-fund --silent ws undici socket.io faye-websocket \
    http-proxy http-proxy-3 node@latest
}
more_go() {
  cp "$scored/go/main.go" "$peers/scored-go"
  cd "$peers/scored-go"
  rm -f go.mod go.sum
  command go mod init scored
  command go get github.com/fasthttp/websocket github.com/lxzan/gws github.com/valyala/fasthttp golang.org/x/net/websocket
  command go build -o ../scored_go .
}
more_rust() {
  cp -R "$scored/rust/." "$peers/scored-rust"
  cargo build --release --quiet --manifest-path "$peers/scored-rust/Cargo.toml"
  cp "$peers/scored-rust/target/release/scored" "$peers/scored_rust"
}
more_java() {
  rm -rf "$peers/scored-java/lib"  # older versions
  mvn --quiet --batch-mode -f "$scored/java/pom.xml" dependency:copy-dependencies \
    -DoutputDirectory="$peers/scored-java/lib"
  javac -cp "$peers/scored-java/lib/*:$peers/java/lib/*:$peers/java" -d "$peers/scored-java" "$scored"/java/*.java
}
have python more_python npm more_npm go more_go rust more_rust java more_java cpp

/usr/bin/python3 -B tests/scores/measure.py "$peers"
/usr/bin/python3 -B tests/scores/page.py "$@"
