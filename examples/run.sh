#!/bin/sh
# Shows real upgrades end to end: builds the WebSocket echo server, the one that plays a Docker
# daemon and the one that speaks HTTP/2, lets stock clients and our own connect to each, and one
# through our proxy, and prints the heads as they crossed the wire; then the inspector, over one that
# fails. Installs what it needs.
#
#   sh examples/run.sh                  all of it; exit status 0 only if everything worked
#   sh examples/run.sh serve [PORT]     keeps a server running, for a browser (PORT: 8080)
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

python=/usr/bin/python3
build=build-examples

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/include/fmt/core.h libfmt-dev
need /usr/include/asio.hpp libasio-dev
need /usr/include/wslay/wslay.h libwslay-dev
need /usr/include/zlib.h zlib1g-dev
need /usr/include/nghttp2/nghttp2.h libnghttp2-dev
need /usr/include/CLI/CLI.hpp libcli11-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
need /usr/include/openssl/ssl.h libssl-dev
need nghttp nghttp2-client
need $python python3
need /usr/lib/python3/dist-packages/websockets python3-websockets
need curl curl
install_needed

echo "== Building the examples in $build/"
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF \
  -DTURNOUT_EXAMPLES=ON >/dev/null
cmake --build $build --parallel "$(nproc)" --target websocket_echo_server websocket_echo_client \
  relay_proxy docker_attach_server docker_attach_client h2c_server h2c_client turnout_inspect

if [ "${1:-}" = serve ]; then
  exec $build/examples/websocket_echo_server "${2:-8080}"
fi

logs=$(mktemp -d)
running=
stop_all() {
  for one in $running; do kill "$one" && wait "$one"; done 2>/dev/null || :
  running=
}
trap 'stop_all; rm -rf "$logs"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# start PROGRAM [ARGUMENT]: sets its log, and the port, of which the first line tells; a program
# flushes that before it accepts.
start() {
  log=$logs/$1
  $build/examples/$1 0 ${2:+"$2"} >"$log" &
  running="$running $!"
  tries=0
  until grep -q listening "$log"; do
    kill -0 $! && [ $tries -lt 100 ] || { echo "$1 did not start." >&2; exit 1; }
    tries=$((tries + 1))
    sleep 0.1
  done
  port=$(sed -n 's|^listening on http://.*:\([0-9]*\)/$|\1|p' "$log")
  echo
  echo "== $1 listens on port $port"
}

# A server in the place of what ran before.
start_server() {
  stop_all
  start "$1"
  server_log=$log
  shown=$(wc -l <"$server_log")
}

# Prints what the server has logged since the last time.
show_server_log() {
  tail -n "+$((shown + 1))" "$server_log"
  shown=$(wc -l <"$server_log")
}

start_server websocket_echo_server
echo
echo "== A stock client (python3-websockets), whose messages are compressed; > came in at the server,"
echo "== < went out"
said=$($python - "$port" <<'PYTHON'
import asyncio, sys, websockets

async def talk():
    address = f"ws://127.0.0.1:{sys.argv[1]}/echo"
    async with websockets.connect(address, subprotocols=["echo"]) as socket:
        await socket.send("Hello from python3-websockets")
        echo = await asyncio.wait_for(socket.recv(), timeout=10)
        print(f"echoed: {echo}")
        return echo == "Hello from python3-websockets"

sys.exit(0 if asyncio.run(talk()) else 1)
PYTHON
) && stock=echoed || stock="not echoed"
show_server_log
echo "$said"

echo
echo "== Our own client, whose messages are compressed too; > went out at the client, < came in"
$build/examples/websocket_echo_client "$port" "Hello from turnout" "chat, echo" \
  "permessage-deflate; client_max_window_bits" &&
  own=echoed || own="not echoed"
show_server_log >/dev/null

start relay_proxy "$port"
echo
echo "== Our own client through that proxy, and then what the server got of the request"
timeout 10 $build/examples/websocket_echo_client "$port" "Hello through a proxy" "chat, echo" &&
  relayed=echoed || relayed="not echoed"
show_server_log | grep -E '^> (GET|Connection|Upgrade|Via)'

start_server docker_attach_server
echo
if docker --version 2>/dev/null | grep -q '^Docker version'; then
  echo "== The Docker command line: echo hello | docker attach box"
  config=$(mktemp -d)
  back=$(echo hello | timeout 10 env -u DOCKER_CONTEXT DOCKER_CONFIG="$config" \
    docker --host "tcp://127.0.0.1:$port" attach box) || :
  rm -rf "$config"
  wanted=HELLO
else
  echo "== curl, whose offer is declined, since there is no Docker command line"
  back=$(curl -sS --max-time 10 -H 'Connection: Upgrade' -H 'Upgrade: tcp' \
    -H 'Expect: 100-continue' --data hello "http://127.0.0.1:$port/echo") || :
  wanted=hello
fi
show_server_log | grep -E 'HTTP/1|Upgrade|Content-Type|Expect'
echo "back: $back"
[ "$back" = $wanted ] && attached=answered || attached="not answered"

echo
echo "== Our own client, whose content waits for a 100; > went out at the client, < came in"
timeout 10 $build/examples/docker_attach_client "$port" "Hello from turnout
" /exec/echo/start '{"Detach":false,"Tty":false}' &&
  own_attached=answered || own_attached="not answered"

start_server h2c_server
echo
echo "== curl, nghttp and our own client, which ask in HTTP/1.1 for HTTP/2"
url=http://127.0.0.1:$port/
h2c=answered
show_page() {
  "$@" | grep -Fx "This page came over HTTP/2, by upgrade from HTTP/1.1." || h2c="not answered"
}
show_page curl -sS --max-time 10 --http2 "$url"
show_page nghttp --timeout=10s --upgrade "$url"
show_page timeout 10 $build/examples/h2c_client "$port"

echo
echo "== What is wrong with a request that came through a proxy: turnout-inspect"
status=0
$build/examples/turnout-inspect --paste request <<'REQUEST' || status=$?
GET /live HTTP/1.1
Host: backend:8080
X-Forwarded-For: 203.0.113.7
Upgrade: websocket
Connection: close
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Sec-WebSocket-Version: 13
REQUEST
# The request is sound, and switches nothing.
[ $status = 4 ] && inspected=explained || inspected="not explained"

echo
echo "== WebSocket: the stock client was $stock, our own $own, through our proxy $relayed."
echo "== Docker: the stock client was $attached, our own $own_attached."
echo "== h2c: all three were $h2c."
echo "== The inspector: the request was $inspected."
[ "$stock$own$relayed$attached$own_attached$h2c$inspected" = \
  echoedechoedechoedansweredansweredansweredexplained ]
