#!/bin/sh
# Builds the packages that can be built here, each with the consumers' server: check.sh [WAY]...
# Started by hand, because Conan comes from Python's package index.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
folder=$root/build-packaging
mkdir -p "$folder"

# True if there is such a program; the ways have the names of theirs.
is_there() { (unset -f "$1"; command -v "$1") >/dev/null; }

# The version is stated in files that can't read it from the header.
versions() {
  version=$(tools/version.py)
  for file in packaging/vcpkg/turnout/vcpkg.json packaging/bazel/MODULE.bazel packaging/cpm/CMakeLists.txt \
    packaging/python/setup.py packaging/rust/Cargo.toml README.md; do
    grep -qE "[\"v]$version[\")]" "$file" || { echo "$file: not $version"; exit 1; }
  done
}

conan() {
  [ -x "$folder/venv/bin/conan" ] ||
    { python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install -q 'conan>=2,<3'; }
  export CONAN_HOME="$folder/conan"
  "$folder/venv/bin/conan" profile detect --force
  "$folder/venv/bin/conan" create packaging/conan --no-remote -s compiler.cppstd=20 \
    -c tools.cmake.cmake_layout:test_folder="$folder/conan-test"
}

vcpkg() {
  rm -rf "$folder"/vcpkg*
  cmake -DCURRENT_PACKAGES_DIR="$folder/vcpkg" -P packaging/vcpkg/stand_in.cmake
  [ -f "$folder/vcpkg/share/turnout/LICENSE" ] && [ -f "$folder/vcpkg/share/turnout/usage" ]
  mkdir "$folder/vcpkg-consumer"
  cp tests/consumers/*.?pp tests/consumers/installed/CMakeLists.txt "$folder/vcpkg-consumer"
  cmake -S "$folder/vcpkg-consumer" -B "$folder/vcpkg-consumer/build" \
    -DCMAKE_PREFIX_PATH="$folder/vcpkg"
  cmake --build "$folder/vcpkg-consumer/build"
  sh tests/consumers/answers.sh "$folder/vcpkg-consumer/build/consumer"
}

# Debian's Bazel is too old for MODULE.bazel, so a WORKSPACE takes its place, and the rules of C++ that
# it would fetch are those that are built in.
bazel() {
  if ! is_there bazel || [ ! -d /usr/share/bazel/rules/java ]; then
    echo 'skipped: no Bazel (Debian: bazel-bootstrap bazel-rules-java bazel-rules-proto)'
    return
  fi
  rm -rf "$folder/bazel"
  mkdir -p "$folder/bazel/turnout"
  cp -R include packaging/bazel/* "$folder/bazel/turnout"
  cp tests/consumers/*.hpp tests/consumers/main.cpp "$folder/bazel"
  cd "$folder/bazel"
  touch turnout/WORKSPACE
  echo 'local_repository(name = "turnout", path = "turnout")' >WORKSPACE
  cat >BUILD <<'END'
cc_binary(name = "consumer", srcs = ["main.cpp", "server.hpp"], deps = ["@turnout//:turnout"])
END
  mkdir -p rules_cc/cc
  touch rules_cc/WORKSPACE rules_cc/cc/BUILD
  for rule in cc_binary cc_library cc_toolchain cc_toolchain_suite; do
    printf 'def %s(**given):\n    native.%s(**given)\n\n' $rule $rule
  done >rules_cc/cc/defs.bzl
  printf 'turnout\nrules_cc\n' >.bazelignore
  command bazel --batch --output_user_root="$folder/bazel-output" build --cxxopt=-std=c++20 \
    --override_repository=rules_cc="$folder/bazel/rules_cc" \
    --override_repository=rules_java=/usr/share/bazel/rules/java \
    --override_repository=rules_proto=/usr/share/bazel/rules/proto //:consumer
  sh "$root/tests/consumers/answers.sh" bazel-bin/consumer
}

xmake() {
  is_there xmake || { echo 'skipped: no xmake (Debian 13: xmake)'; return; }
  rm -rf "$folder/xmake"
  mkdir -p "$folder/xmake/turnout"
  cp -R packaging/xmake/xmake.lua tests/consumers/*.hpp tests/consumers/main.cpp "$folder/xmake"
  cp -R include "$folder/xmake/turnout"
  cd "$folder/xmake"
  XMAKE_ROOT=y command xmake --yes
  sh "$root/tests/consumers/answers.sh" "$(find build -type f -name consumer)"
}

# The lines of packaging/README.md.
cmake_module() {
  echo 'cmake_minimum_required(VERSION 3.28)' >"$folder/new_enough.cmake"
  if ! is_there "${MODULE_CXX:=clang++-19}" || ! cmake -P "$folder/new_enough.cmake" 2>/dev/null; then
    echo 'skipped: no CMake 3.28 or no Clang that knows modules (Debian 13: cmake ninja-build clang-19 clang-tools-19)'
    return
  fi
  rm -rf "$folder/module"
  mkdir -p "$folder/module/turnout"
  cp tests/consumers/*.hpp tests/consumers/module.cpp "$folder/module"
  cp -R CMakeLists.txt include packaging tools LICENSE "$folder/module/turnout"
  cd "$folder/module"
  { printf 'cmake_minimum_required(VERSION 3.28)\nproject(consumer LANGUAGES CXX)\nadd_subdirectory(turnout)\n'
    sed -n '/^```cmake/,/^```/{/^```/!p;}' "$root/packaging/README.md"
    printf 'add_executable(consumer module.cpp)\ntarget_link_libraries(consumer PRIVATE turnout_module)\n'
  } >CMakeLists.txt
  cmake -S . -B build -G Ninja -DCMAKE_CXX_COMPILER="$MODULE_CXX"
  cmake --build build
  sh "$root/tests/consumers/answers.sh" build/consumer
}

[ $# -gt 0 ] || set -- versions conan vcpkg bazel xmake cmake_module
for way in "$@"; do
  echo "== $way"
  (set -e; $way)
done
