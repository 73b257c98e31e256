#!/bin/sh
# Shows a real upgrade end to end: builds the WebSocket echo server, lets a stock client and our own
# connect, and prints the heads as they crossed the wire. Installs what it needs.
#
#   sh examples/run.sh                  the show; exit status 0 only if both clients were echoed
#   sh examples/run.sh serve [PORT]     goes on serving, for a browser (PORT: 8080)
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
need $python python3
need /usr/lib/python3/dist-packages/websockets python3-websockets
install_needed

echo "== Building the examples in $build/"
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF \
  -DTURNOUT_EXAMPLES=ON >/dev/null
cmake --build $build --parallel "$(nproc)"

if [ "${1:-}" = serve ]; then
  exec $build/examples/websocket_echo_server "${2:-8080}"
fi

log=$(mktemp)
$build/examples/websocket_echo_server 0 >"$log" &
server=$!
trap 'kill $server 2>/dev/null || :; wait $server 2>/dev/null || :; rm -f "$log"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# The first line says on which port; the server flushes it before it accepts.
tries=0
until grep -q listening "$log"; do
  kill -0 $server && [ $tries -lt 100 ] || { echo "The server did not start." >&2; exit 1; }
  tries=$((tries + 1))
  sleep 0.1
done
port=$(sed -n 's|^listening on http://.*:\([0-9]*\)/$|\1|p' "$log")
shown=$(wc -l <"$log")
echo "== The server listens on port $port"

# Prints what the server has logged since the last time.
show_server_log() {
  tail -n "+$((shown + 1))" "$log"
  shown=$(wc -l <"$log")
}

echo
echo "== A stock client (python3-websockets); > came in at the server, < went out"
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
echo "== Our own client; > went out at the client, < came in"
$build/examples/websocket_echo_client "$port" "Hello from turnout" "chat, echo" &&
  own=echoed || own="not echoed"

echo
echo "== The stock client was $stock, our own $own."
[ "$stock$own" = echoedechoed ]
