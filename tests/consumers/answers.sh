#!/bin/sh
# Starts the server of server.hpp, asks it for a WebSocket, and fails unless it answers 101:
# answers.sh PROGRAM
set -eu
answers=$(mktemp -d)
trap 'rm -rf "$answers"' EXIT
"$1" >"$answers/port" &
until [ -s "$answers/port" ]; do
  kill -0 $!
  sleep 0.05
done
bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"; printf "%s\r\n" "$@" "" >&3; cat <&3' \
  "$(cat "$answers/port")" 'GET / HTTP/1.1' 'Host: localhost' 'Connection: Upgrade' \
  'Upgrade: websocket' 'Sec-WebSocket-Version: 13' 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' \
  >"$answers/answer"
wait $!
grep 'HTTP/1.1 101 Switching Protocols' "$answers/answer"
grep -q 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=' "$answers/answer"
