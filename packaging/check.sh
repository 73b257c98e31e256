#!/bin/sh
# Builds the packages that can be built here, each with the consumers' server: check.sh [WAY]...
# Started by hand, because Conan comes from Python's package index.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
folder=$root/build-packaging
mkdir -p "$folder"

# The version is stated in files that can't read it from the header.
versions() {
  version=$(tools/version.py)
  for file in packaging/vcpkg/turnout/vcpkg.json packaging/bazel/MODULE.bazel packaging/cpm/CMakeLists.txt \
    README.md; do
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
  if ! command -v bazel >/dev/null || [ ! -d /usr/share/bazel/rules/java ]; then
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

[ $# -gt 0 ] || set -- versions conan vcpkg bazel
for way in "$@"; do
  echo "== $way"
  (set -e; $way)
done
