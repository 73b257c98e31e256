#!/bin/sh
# Builds the page on which the inspector runs in a browser: build-try/index.html, one file that needs no
# server. Installs what it needs, and tests the page if Chromium is there.
#
#   sh docs/try/build.sh
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh

need emcc emscripten
need python3 python3
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
install_needed

build=build-try
mkdir -p $build/include
# Both need headers of their own folder only; the rest of the system's are not for WebAssembly.
for library in fmt nlohmann; do ln -sfn /usr/include/$library $build/include/$library; done
emcc -std=c++20 -Oz -DNDEBUG -DFMT_HEADER_ONLY -fno-rtti -Iinclude -Iexamples/inspect -I$build/include \
  docs/try/inspect.cpp -o $build/inspect.wasm -sSTANDALONE_WASM=1 --no-entry -sALLOW_MEMORY_GROWTH=1 \
  -sEXPORTED_FUNCTIONS=_malloc,_free,_inspect
python3 -B docs/try/fill.py docs/try/page.html $build/inspect.wasm >$build/index.html
[ -z "$(command -v chromium)" ] || python3 -B tests/try/try_test.py $build/index.html
echo "$build/index.html: $(gzip -9c $build/index.html | wc -c) octets with gzip"
