#!/bin/sh
# Compiles each header alone, but the adapters, which need the libraries that they are for:
# headers.sh COMPILER [FLAG]...
set -eu
cd "$(dirname "$0")/../include"
find turnout -name '*.hpp' ! -path '*/adapter/*' | sort | xargs -P "$(nproc)" -I HEADER sh -c '
  header=$1
  shift
  echo "#include <$header>" | "$@" -std=c++20 -I. -fsyntax-only -x c++ - && exit
  echo "$header does not compile alone with $*" >&2
  exit 1' sh HEADER "$@" -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror
