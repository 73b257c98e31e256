# Sourced after setup.sh by the scripts that need the peers: the functions that `have` calls, one for each language.

mkdir -p "$peers/go" "$peers/rust" "$peers/java"

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
  rm -rf "$peers/java/lib"  # older versions
  mvn --quiet --batch-mode -f tests/peers/java/pom.xml dependency:copy-dependencies -DoutputDirectory="$peers/java/lib"
  javac -cp "$peers/java/lib/*" -d "$peers/java" tests/peers/java/*.java
}
cpp() {
  # Without NDEBUG, some malformed chunks end Boost.Beast by an assertion.
  g++ -std=c++20 -O1 -DNDEBUG tests/peers/cpp/beast.cpp -o "$peers/beast_peers" -pthread
  g++ -std=c++11 -O1 -w tests/peers/cpp/websocketpp.cpp -o "$peers/websocketpp_peers" -pthread -lz
  gcc -O1 tests/peers/cpp/libwebsockets.c -o "$peers/libwebsockets_peers" -lwebsockets
}
