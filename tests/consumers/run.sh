#!/bin/sh
# Takes the library in as its users do, each in a directory of its own: run.sh [WAY]...
# CXX is the compiler, MODULE_CXX the one for modules. Each way is a function here; without one, all
# are taken.
set -eu
consumers=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$consumers/../.." && pwd)
: "${CXX:=c++}" "${MODULE_CXX:=clang++-19}"
export CXX
minor=$("$root/tools/version.py" | cut -d. -f1,2)

answers() { sh "$consumers/answers.sh" "$@"; }

# Headers copied into a tree, and nothing else.
copied() {
  cp -R "$root/include" .
  $CXX -std=c++20 -Iinclude main.cpp -o consumer
  answers ./consumer
}

# One file. Including it together with the separate headers is a compile error.
single_header() {
  "$root/tools/amalgamate.py" turnout.hpp
  $CXX -std=c++20 single_header.cpp -o consumer
  answers ./consumer
  if $CXX -std=c++20 -I"$root/include" -include turnout/version.hpp single_header.cpp \
    -fsyntax-only 2>said; then exit 1; fi
  grep -q 'turnout is included twice' said
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
  answers ./consumer
}

# The wrong language mode: each header says which one is right, and not a page more.
old_language() {
  for header in $(cd "$root/include" && find turnout -name '*.hpp'); do
    echo "#include <$header>" >old.cpp
    if $CXX -std=c++17 -I"$root/include" -fsyntax-only old.cpp 2>said; then exit 1; fi
    grep -q 'turnout needs C++20' said
    [ "$(wc -l <said)" -le 12 ] || { cat said; exit 1; }
  done
}

# What is left for compilers without the vectors, builtins and attributes of GNU's.
other_compiler() {
  { grep -rh --exclude-dir=adapter '^#include <' "$root/include/turnout" server.hpp | grep -v C++20 |
      sort -u
    echo '#undef __GNUC__'
    cat main.cpp; } >other.cpp
  $CXX -std=c++20 -I"$root/include" other.cpp -o consumer
  answers ./consumer
}

# The module, in one compiler's own commands.
module() {
  $MODULE_CXX -std=c++20 -I"$root/include" --precompile "$root/packaging/turnout.cppm" -o turnout.pcm
  $MODULE_CXX -std=c++20 -fmodule-file=turnout=turnout.pcm module.cpp turnout.pcm -o consumer
  answers ./consumer
}

build_and_run() {
  cmake -S . -B build "$@"
  cmake --build build
  answers build/consumer
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

# A git repository of the tree as it is now, with what is not committed.
make_repository() {
  mkdir repository
  cp -R "$root/CMakeLists.txt" "$root"/meson* "$root/include" "$root/packaging" "$root/tools" repository
  git -C repository init -q
  git -C repository add .
  git -C repository -c user.name=consumer -c user.email= commit -q -m 'As it is'
  git -C repository tag v1
}

fetch_content() {
  make_repository
  build_and_run
}

# Installs from where the packages of the tests and the examples are not.
install() {
  cmake -S "$root" -B turnout -DCMAKE_DISABLE_FIND_PACKAGE_doctest=ON \
    -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON
  cmake --install turnout --prefix "$PWD/${1:-prefix}"
}

# Each finds no version but the one that is installed.
find_and_run() {
  for other in 0.0 "$minor.9" 1.0; do
    if cmake -S . -B other -DCMAKE_PREFIX_PATH="$PWD/prefix" -DWANTED="$other"; then exit 1; fi
  done
  build_and_run -DCMAKE_PREFIX_PATH="$PWD/prefix" -DWANTED="$minor"
}

# The prefix may move after the installation.
installed() {
  install first
  build_and_run -DCMAKE_PREFIX_PATH="$PWD/first" -DWANTED="$minor"
  mv first prefix
  rm -r build
  find_and_run
}

with_pkg_config() {
  $CXX -std=c++20 $(PKG_CONFIG_PATH=prefix/share/pkgconfig pkg-config --cflags turnout) main.cpp \
    -o consumer
  answers ./consumer
}

pkg_config() {
  install
  with_pkg_config
}

# The subproject that a wrap file fetches.
meson() {
  make_repository
  sed -i "s|@repository@|file://$PWD/repository|" subprojects/turnout.wrap
  command meson setup build --wrap-mode=forcefallback
  command meson compile -C build
  answers build/consumer
}

# What Meson installs, for all that ask for it; CMake installs the same files.
meson_installed() {
  command meson setup turnout "$root" --prefix="$PWD/prefix" -Dtests=disabled
  command meson install -C turnout
  with_pkg_config
  cp "$consumers/meson/meson.build" .
  PKG_CONFIG_PATH=prefix/share/pkgconfig command meson setup with-meson --wrap-mode=nofallback
  command meson compile -C with-meson
  answers with-meson/consumer
  cp "$consumers/installed/CMakeLists.txt" .
  find_and_run
  rm -r turnout
  install from-cmake
  (cd prefix && find . -type f | sort) >files
  (cd from-cmake && find . -type f | sort) | diff files -
  diff -r prefix/include from-cmake/include
}

there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
[ $# -gt 0 ] || set -- copied single_header two_units old_language other_compiler module subdirectory \
  fetch_content installed pkg_config meson meson_installed
for way in "$@"; do
  echo "== $way"
  mkdir "$there/$way"
  cd "$there/$way"
  cp "$consumers"/*.?pp .
  if [ -d "$consumers/$way" ]; then cp -R "$consumers/$way"/* .; fi
  $way
done
