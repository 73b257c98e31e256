#!/bin/sh
# Compares what turnout and other parsers read; installs what it needs.
#
#   sh tests/differential/run.sh            fails if no rule explains a difference
#   sh tests/differential/run.sh --write    also writes docs/differences.md again
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh

build=build-differential

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/http_parser.h libhttp-parser-dev
[ -e /usr/include/llhttp.h ] || need /usr/share/llhttp/llhttp.c 'libllhttp-dev | node-llhttp (<< 9)'
need xz xz-utils
install_needed
sh benchmarks/picohttpparser.sh build-benchmarks/fetched/picohttpparser ||
  echo "picohttpparser can't be had: left out"

cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF \
  -DTURNOUT_DIFFERENTIAL=ON >/dev/null
cmake --build $build
$build/tests/differential/turnout_differential tests/vectors >$build/differences.md
if [ "${1:-}" = --write ]; then cp $build/differences.md docs/differences.md; fi
sed -n '3p' $build/differences.md
