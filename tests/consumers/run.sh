#!/bin/sh
# Takes the library in as its users do, each in a directory of its own: run.sh [WAY]...
# CXX is the compiler. Each way is a function here; without one, all are taken.
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

# The wrong language mode: each header says which one is right, and not a page more.
old_language() {
  for header in $(cd "$root/include" && find turnout -name '*.hpp'); do
    echo "#include <$header>" >old.cpp
    if $CXX -std=c++17 -I"$root/include" -fsyntax-only old.cpp 2>said; then exit 1; fi
    grep -q 'turnout needs C++20' said
    [ "$(wc -l <said)" -le 12 ] || { cat said; exit 1; }
  done
  copied
}

# What is left for compilers without the vectors, builtins and attributes of GNU's.
other_compiler() {
  { grep -rh --exclude-dir=adapter '^#include <' "$root/include/turnout" | grep -v C++20 | sort -u
    echo '#undef __GNUC__'
    cat main.cpp; } >other.cpp
  $CXX -std=c++20 -I"$root/include" other.cpp -o consumer
  ./consumer
}

build_and_run() {
  cmake -S . -B build "$@"
  cmake --build build
  build/consumer
}

# A subproject installs nothing, unless it is told to.
subdirectory() {
  ln -s "$root" turnout
  cmake -S . -B build
  cmake --install build --prefix "$PWD/prefix"
  [ ! -e prefix/include ] && [ ! -e prefix/share ]
  cmake -S . -B build -DTURNOUT_INSTALL=ON
  cmake --install build --prefix "$PWD/prefix"
  [ -e prefix/include/turnout/turnout.hpp ]
  build_and_run
}

# Installs from where the packages of the tests and the examples are not.
install() {
  cmake -S "$root" -B turnout -DCMAKE_DISABLE_FIND_PACKAGE_doctest=ON \
    -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON
  cmake --install turnout --prefix "$PWD/prefix"
}

find_and_run() {
  for version in 0.0 0.2 1.0; do
    if cmake -S . -B other -DCMAKE_PREFIX_PATH="$PWD/prefix" -DWANTED=$version; then exit 1; fi
  done
  build_and_run -DCMAKE_PREFIX_PATH="$PWD/prefix"
}

# Each finds no version but the one that is installed.
installed() {
  install
  find_and_run
}

with_pkg_config() {
  $CXX -std=c++20 $(PKG_CONFIG_PATH=prefix/share/pkgconfig pkg-config --cflags turnout) main.cpp \
    -o consumer
  ./consumer
}

pkg_config() {
  install
  with_pkg_config
}

meson() {
  mkdir subprojects
  ln -s "$root" subprojects/turnout
  command meson setup build --wrap-mode=forcefallback
  command meson compile -C build
  build/consumer
}

meson_installed() {
  command meson setup turnout "$root" --prefix="$PWD/prefix" -Dtests=disabled
  command meson install -C turnout
  cp "$consumers/installed/CMakeLists.txt" .
  with_pkg_config
  find_and_run
}

there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
[ $# -gt 0 ] || set -- copied two_units old_language other_compiler subdirectory installed \
  pkg_config meson meson_installed
for way in "$@"; do
  echo "== $way"
  mkdir "$there/$way"
  cd "$there/$way"
  cp "$consumers"/*.cpp .
  if [ -d "$consumers/$way" ]; then cp "$consumers/$way"/* .; fi
  $way
done
