#!/bin/sh
# Runs all tests with GCC, and with Clang where it is installed; installs what they need.
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need g++ g++
need cmake cmake
need ninja ninja-build
need meson meson
need /usr/bin/python3 python3
need /usr/include/doctest/doctest.h doctest-dev
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/asio.hpp libasio-dev
need /usr/include/wslay/wslay.h libwslay-dev
need /usr/include/zlib.h zlib1g-dev
need /usr/include/nghttp2/nghttp2.h libnghttp2-dev
need /usr/include/CLI/CLI.hpp libcli11-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
need man man-db
need nghttp nghttp2-client
need nghttpx nghttp2-proxy
need /usr/lib/python3/dist-packages/websockets python3-websockets
need node nodejs npm
need curl curl
need chromium chromium
need javac default-jdk-headless
install_needed

# -O1 without a build type: assertions stay on, and the exhaustive tests don't take minutes.
# The Python is named because the modules installed above are there for the system's own only.
test_with() {
  echo "== $1 in $2/"
  cmake -S . -B "$2" -G Ninja -DCMAKE_CXX_COMPILER="$1" -DCMAKE_CXX_FLAGS=-O1 \
    -DPython3_EXECUTABLE=/usr/bin/python3
  cmake --build "$2" --parallel "$(nproc)"
  ctest --test-dir "$2" --output-on-failure --no-tests=error --timeout 300 --parallel "$(nproc)"
}

if command -v clang++ >/dev/null; then
  test_with clang++ build-clang
fi
test_with g++ build
