#!/bin/sh
# Runs the tests, and installs what they need.
#
#   sh tests/run.sh            all tests with GCC, and with Clang too if it is installed
#   sh tests/run.sh --quick    unit tests and house rules with GCC alone: some minutes
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

case ${1:-} in
  --quick) quick=yes ;;
  '') quick= ;;
  *) sed -n 's/^# \{0,1\}//; 2,5p' "$0" >&2; exit 2 ;;
esac

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need /usr/include/doctest/doctest.h doctest-dev
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
if [ -z "$quick" ]; then
  need meson meson
  need pkg-config pkgconf
  need /usr/include/asio.hpp libasio-dev
  need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
  [ -e /usr/include/llhttp.h ] || need /usr/share/llhttp/llhttp.c 'libllhttp-dev | node-llhttp (<< 9)'
  need /usr/include/wslay/wslay.h libwslay-dev
  need /usr/include/zlib.h zlib1g-dev
  need /usr/include/nghttp2/nghttp2.h libnghttp2-dev
  need /usr/include/CLI/CLI.hpp libcli11-dev
  need /usr/include/openssl/ssl.h libssl-dev
  need man man-db
  need nghttp nghttp2-client
  need nghttpx nghttp2-proxy
  need /usr/lib/python3/dist-packages/websockets python3-websockets
  need node nodejs npm
  need tinyproxy tinyproxy-bin
  need curl curl
  need chromium chromium
  need javac default-jdk-headless
fi
install_needed

# Some tests mostly wait, so one more runs than there are processors.
tests_at_once=$(($(nproc) + 1))

# test_with COMPILER FOLDER FLAG: builds there, and tests. There is no build type: assertions stay on.
# With -O1 GCC warns about more. Clang takes half the time without; the longest tests set it themselves.
# The Python is named because the modules installed above are there for the system's own only.
test_with() {
  echo "== $1 in $2/"
  mkdir -p "$2"
  cmake -S . -B "$2" -G Ninja -DCMAKE_CXX_COMPILER="$1" -DCMAKE_CXX_FLAGS="$3" \
    -DPython3_EXECUTABLE=/usr/bin/python3 ${quick:+-DTURNOUT_EXAMPLES=OFF} >"$2/configured" ||
    { cat "$2/configured"; exit 1; }
  cmake --build "$2" --parallel "$(nproc)" ${quick:+--target turnout_tests turnout_pages}
  ctest --test-dir "$2" --output-on-failure --no-tests=error --timeout 300 \
    --parallel $tests_at_once ${quick:+--label-regex unit|rules}
}

if [ -n "$quick" ]; then
  test_with g++ build-quick -O1
  echo "== Passed. Skipped: Clang, and all but the unit tests and the house rules"
  exit
fi

if command -v clang++ >/dev/null; then
  test_with clang++ build-clang -O0
  with='GCC and Clang'
else
  with='GCC; there is no Clang (Debian: clang)'
fi
test_with g++ build -O1
echo "== Passed with $with"
grep 'left out' build/configured || :
