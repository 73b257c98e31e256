#!/bin/sh
# Takes the library in as its users do, each in a directory of its own: run.sh [WAY]...
# CXX is the compiler. The ways: copied, two_units, subdirectory, installed, meson; or all.
set -eu
consumers=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$consumers/../.." && pwd)
: "${CXX:=c++}"
export CXX

# Headers copied into a tree, and nothing else.
copied() {
  cp -R "$root/include" .
  $CXX -std=c++20 -Iinclude main.cpp -o consumer
  ./consumer
}

# Two units of one program, in two language modes: no type may differ, nothing be defined twice.
two_units() {
  odr=
  # Only GCC compares the units' types; it knows those of the functions that it keeps.
  if $CXX --version | grep -q 'Free Software Foundation'; then
    odr='-flto -fkeep-inline-functions -Wodr -Werror'
  fi
  $CXX -std=c++20 $odr -I"$root/include" -c main.cpp
  $CXX -std=c++2b $odr -I"$root/include" -c other_unit.cpp
  $CXX $odr main.o other_unit.o -o consumer
  ./consumer
}

subdirectory() {
  ln -s "$root" turnout
  cmake -S . -B build
  cmake --build build
  build/consumer
}

installed() {
  cmake -S "$root" -B turnout -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF
  cmake --install turnout --prefix "$PWD/prefix"
  cmake -S . -B build -DCMAKE_PREFIX_PATH="$PWD/prefix"
  cmake --build build
  build/consumer
}

meson() {
  mkdir subprojects
  ln -s "$root" subprojects/turnout
  command meson setup build --wrap-mode=forcefallback
  command meson compile -C build
  build/consumer
}

there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
[ $# -gt 0 ] || set -- copied two_units subdirectory installed meson
for way in "$@"; do
  echo "== $way"
  mkdir "$there/$way"
  cd "$there/$way"
  cp "$consumers"/*.cpp .
  if [ -d "$consumers/$way" ]; then cp "$consumers/$way"/* .; fi
  $way
done
