#!/bin/sh
# Looks through the library, and the tests that use most of it, with clang-tidy and cppcheck; installs both.
#
#   sh tests/analysis.sh              takes ten minutes with two processors
#   sh tests/analysis.sh FILE...      clang-tidy on these test files alone
#
# What clang-tidy looks for is in .clang-tidy; neither may find anything.
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need clang-tidy clang-tidy
need cppcheck cppcheck
need /usr/include/doctest/doctest.h doctest-dev
need /usr/include/fmt/format.h libfmt-dev
install_needed

echo "== clang-tidy"
if [ $# = 0 ]; then
  tidied=$(find tests/turnout_test.cpp tests/attacks tests/connection tests/handshake tests/protocol -name '*_test.cpp')
else
  tidied=$*
fi
# A file at a time, because all of the headers are looked at with each.
printf '%s\n' $tidied | xargs -n 1 -P "$(nproc)" sh -c 'found=$(clang-tidy --quiet "$1" -- \
  -std=c++20 -Iinclude -Itests 2>/dev/null) || { printf "%s\n" "$found"; exit 1; }' tidy
[ $# = 0 ] || exit 0

echo "== cppcheck"
# Its own limit is on the ways through macros, which here are those of compilers.
cppcheck --std=c++20 --language=c++ --enable=warning,style,performance,portability --quiet --force \
  --error-exitcode=1 --suppressions-list=tests/cppcheck.txt -Iinclude \
  include/turnout/turnout.hpp include/turnout/protocol.hpp
echo "Nothing found."
