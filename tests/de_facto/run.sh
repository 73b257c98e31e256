#!/bin/sh
# Lets the profiles of protocol/de_facto.hpp meet the programs that speak these protocols: CUPS, Tailscale's
# control client, its DERP client and server, and the clients of Artemis and JBoss Remoting. By hand, since
# the downloads are large. What can't be had is "not run".
#
#   sh tests/de_facto/run.sh      prints a line for each conversation, and fails if one did not switch
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh

need g++ g++
need cupsd cups-daemon
need ipptool cups-ipp-utils
need go golang-go
need javac default-jdk-headless
need mvn maven
install_needed

work=$PWD/build-de-facto
mkdir -p "$work/go" "$work/java" "$work/cups/ssl" "$work/cups/spool"
g++ -std=c++20 -O1 -Iinclude tests/de_facto/ours.cpp -o "$work/ours"
failed=0

# expect NAME TEXT: the last line of the log has TEXT.
expect() {
  if tail -n 1 "$work/log" | grep -q "$2"; then
    echo "$1: $(tail -n 1 "$work/log")"
  else
    echo "$1: FAILED: $(tail -n 1 "$work/log")"
    failed=1
  fi
}

"$work/ours" accept >"$work/log" &
ours=$!
cups= derp=
trap 'kill $ours $cups $derp 2>/dev/null || true' EXIT
sleep 1
port=$(grep -o '[0-9]*/$' "$work/log" | tr -d /)

# CUPS: its client asks for TLS, and its server names all its versions.
ipptool -E -T 4 "ipp://127.0.0.1:$port/ipp/print" get-printer-attributes.test >/dev/null 2>&1 || true
expect "CUPS client" '^TLS/1.2 switched, then 16 03'
cat >"$work/cups/cupsd.conf" <<END
Listen 127.0.0.1:18631
DefaultEncryption IfRequested
<Location />
  Order allow,deny
  Allow all
</Location>
END
cat >"$work/cups/cups-files.conf" <<END
ServerRoot $work/cups
RequestRoot $work/cups/spool
TempDir $work/cups/spool
CacheDir $work/cups/spool
StateDir $work/cups
ErrorLog $work/cups/error_log
AccessLog $work/cups/access_log
ServerKeychain ssl
END
chmod -R a+rwX "$work/cups"
cupsd -f -c "$work/cups/cupsd.conf" -s "$work/cups/cups-files.conf" >/dev/null 2>&1 &
cups=$!
sleep 3
"$work/ours" ask TLS/1.2 18631 >>"$work/log" || true
expect "CUPS server" '^TLS/1.2 switched'

# Tailscale: the client of the control protocol and of DERP, and a DERP server. 1.84 needs Go 1.24.
go_peers() {
  cp tests/de_facto/go/main.go "$work/go"
  cd "$work/go"
  rm -f go.mod go.sum
  go mod init peers
  go get tailscale.com@v1.84.0
  go mod tidy
  go build -o ../go_peers .
}
if (go_peers) >"$work/go.log" 2>&1; then
  "$work/go_peers" control-client "$port" >/dev/null 2>&1 || true
  expect "Tailscale control client" '^tailscale-control-protocol switched'
  "$work/go_peers" derp-client "$port" >/dev/null 2>&1 || true
  expect "Tailscale DERP client" '^DERP switched'
  "$work/go_peers" derp-server >"$work/derp" 2>/dev/null &
  derp=$!
  sleep 2
  "$work/ours" ask DERP "$(cat "$work/derp")" >>"$work/log" || true
  expect "Tailscale DERP server" '^DERP switched, then 01 00 00 00'
else
  echo "Tailscale: not run: $(tail -n 1 "$work/go.log")"
fi

# Java: both clients check the accept value of the 101 with their own GUID. Artemis then sends its name;
# JBoss Remoting waits for the server's greeting.
java_peers() {
  mvn --quiet --batch-mode -f tests/de_facto/java/pom.xml dependency:copy-dependencies -DoutputDirectory="$work/java/lib"
  javac -cp "$work/java/lib/*" -d "$work/java" tests/de_facto/java/RemotingPeers.java
}
if (java_peers) >"$work/java.log" 2>&1; then
  java -cp "$work/java/lib/*:$work/java" RemotingPeers artemis "$port" >/dev/null 2>&1 || true
  expect "Artemis client" '^activemq-remoting switched, then 41 52 54 45 4d 49 53'
  java -cp "$work/java/lib/*:$work/java" RemotingPeers jboss "$port" >"$work/jboss" 2>&1 || true
  expect "JBoss Remoting client" '^jboss-remoting switched'
  grep -q WAITING "$work/jboss" || { echo "JBoss Remoting client: FAILED: it did not accept the 101"; failed=1; }
else
  echo "Java: not run: $(tail -n 1 "$work/java.log")"
fi
exit "$failed"
