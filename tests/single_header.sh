#!/bin/sh
# Runs the unit tests against the single header that tools/amalgamate.py makes: single_header.sh
# COMPILER. The tests stay as they are: each header that they name only includes the one.
set -eu
cd "$(dirname "$0")/.."
folder=build-single-header
forward=$PWD/$folder/include
mkdir -p "$forward"
python3 -B tools/amalgamate.py "$folder/made.hpp"
python3 -B tools/amalgamate.py | cmp - "$folder/made.hpp"
# A file that stays the same keeps its date, and then nothing is built.
cmp -s "$folder/made.hpp" "$forward/turnout.hpp" || cp "$folder/made.hpp" "$forward/turnout.hpp"

(cd include && find turnout -name '*.hpp') | while read -r header; do
  mkdir -p "$(dirname "$forward/$header")"
  case $header in
    turnout/adapter/*) cmp -s "include/$header" "$forward/$header" || cp "include/$header" "$forward/$header" ;;
    *) [ -e "$forward/$header" ] || printf '#pragma once\n#include <turnout.hpp>\n' >"$forward/$header" ;;
  esac
done

# The folder comes before include/; and since every file has the header already, one from include/
# would be an error. The unit tests have it precompiled, with what most of them include, which takes
# half the time; the few that are optimised read the text.
first=$PWD/$folder/first.hpp
[ -e "$first" ] || printf '#include <turnout.hpp>\n#include "support/precompiled.hpp"\n' >"$first"
if ! [ "$first.gch" -nt "$forward/turnout.hpp" ] || [ tests/support/precompiled.hpp -nt "$first.gch" ]; then
  "$1" -std=gnu++20 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror \
    -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS -I"$forward" -Itests -x c++-header "$first" -o "$first.gch"
fi
cat >"$folder/before.cmake" <<END
include_directories(BEFORE $forward)
add_compile_options("SHELL:-include $forward/turnout.hpp")
cmake_language(DEFER CALL target_compile_options turnout_tests BEFORE PRIVATE "SHELL:-include $first")
END
cmake -S . -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER="$1" -DPython3_EXECUTABLE=/usr/bin/python3 \
  -DTURNOUT_EXAMPLES=OFF \
  -DCMAKE_PROJECT_turnout_INCLUDE="$PWD/$folder/before.cmake"
cmake --build "$folder" --parallel "$(nproc)" --target turnout_tests
ctest --test-dir "$folder" --output-on-failure --no-tests=error --timeout 300 \
  --parallel "$(nproc)" --label-regex unit
