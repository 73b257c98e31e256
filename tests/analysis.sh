#!/bin/sh
# Looks for faults with tools that take their time; installs them. None of them may find anything.
#
#   sh tests/analysis.sh             all, in half an hour with two processors
#   sh tests/analysis.sh NAME...     some: tidy, cppcheck, memory, valgrind, threads, odr
#   sh tests/analysis.sh FILE...     clang-tidy on these test files alone
#
# Left out: GCC's -fanalyzer, which GCC says is for C, and reports what can't be with references.
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need /usr/include/doctest/doctest.h doctest-dev
need /usr/include/fmt/format.h libfmt-dev
build=build-analysis

# What clang-tidy looks for is in .clang-tidy.
tidy() {
  need clang-tidy clang-tidy
  install_needed
  [ $# -gt 0 ] || set -- tests/turnout_test.cpp $(find tests/attacks tests/connection tests/handshake \
    tests/protocol -name '*_test.cpp')
  # A file at a time, because all of the headers are looked at with each.
  printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" sh -c 'found=$(clang-tidy --quiet "$1" -- \
    -std=c++20 -Iinclude -Itests 2>/dev/null) || { printf "%s\n" "$found"; exit 1; }' tidy
}

# Its own limit is on the ways through macros, which here are those of compilers.
cppcheck_() {
  need cppcheck cppcheck
  install_needed
  cppcheck --std=c++20 --language=c++ --enable=warning,style,performance,portability --quiet --force \
    --error-exitcode=1 --suppressions-list=tests/cppcheck.txt -Iinclude \
    include/turnout/turnout.hpp include/turnout/protocol.hpp
}

# unit_tests COMPILER FLAG...: builds the unit tests in $into with these flags.
unit_tests() {
  need cmake cmake
  need ninja ninja-build
  install_needed
  compiler=$1
  shift
  cmake -S . -B "$into" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$*" \
    -DPython3_EXECUTABLE=/usr/bin/python3 -DTURNOUT_EXAMPLES=OFF >/dev/null
  cmake --build "$into" --parallel "$(nproc)" --target turnout_tests
}

# Octets that were never written. The compiled parts of the standard library don't mark what they write,
# so tests/memory.txt leaves that library and doctest alone, memcmp() and strlen(), which they call, are not
# looked at, and tests that read files are left out, and the one with an allocator of its own.
memory() {
  need clang++ clang
  into=$build/memory
  export LDFLAGS=-Wl,-z,muldefs
  unit_tests clang++ -O1 -g -fsanitize=memory -fno-sanitize-recover=all -D_GLIBCXX_EXTERN_TEMPLATE=0 \
    -DFMT_HEADER_ONLY "-fsanitize-ignorelist=$PWD/tests/memory.txt"
  unset LDFLAGS
  MSAN_OPTIONS=intercept_memcmp=0:intercept_strlen=0 "$into/tests/turnout_tests" \
    --source-file-exclude='*/adapter/*,*/processor_test*,*/vectors/*,*/stock_clients*,*/no_allocation*'
}

# What goes through the most inputs would take hours here. Valgrind's processor has fewer instructions
# than the one that the system lists, so the test that compares both is left out.
valgrind_() {
  need g++ g++
  need valgrind valgrind
  into=$build/valgrind
  unit_tests g++ -O1 -g
  valgrind --quiet --error-exitcode=1 --leak-check=full "$into/tests/turnout_tests" \
    --source-file-exclude='*/properties/*,*/explore/*,*/guard*,*/processor_test*'
}

# Nothing in the library is shared between threads but one number (kernel/processor.hpp). These programs
# have threads: the probe, and the code of the README.
threads() {
  need clang++ clang
  need cmake cmake
  need ninja ninja-build
  need /usr/include/CLI/CLI.hpp libcli11-dev
  need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
  install_needed
  cmake -S . -B $build/threads -G Ninja -DCMAKE_CXX_COMPILER=clang++ \
    -DCMAKE_CXX_FLAGS='-g1 -fsanitize=thread' -DPython3_EXECUTABLE=/usr/bin/python3 >/dev/null
  cmake --build $build/threads --parallel "$(nproc)" \
    --target turnout_probe poll_server relay_proxy reverse_proxy turnout_readme_test
  ctest --test-dir $build/threads --output-on-failure --no-tests=error \
    --tests-regex '^(probe/own_programs|readme)$'
}

# Every name means the same in both editions of C++, whatever a program's units are compiled as.
odr() {
  need g++ g++
  install_needed
  mkdir -p $build
  for edition in 20 23; do
    for file in turnout connection/server connection/client connection/relay; do
      g++ -std=c++$edition -O1 -flto -c -Iinclude -Itests -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS \
        "tests/${file}_test.cpp" -o "$build/odr-$edition-$(basename $file).o"
    done
  done
  g++ -O1 -flto -Wodr -Wlto-type-mismatch -Werror -c tests/support/main.cpp -o $build/odr-main.o
  g++ -O1 -flto=auto -Wodr -Wlto-type-mismatch -Werror $build/odr-main.o $build/odr-2?-*.o \
    -o $build/odr
  $build/odr
}

case ${1:-} in
  */*) tidy "$@"; exit ;;
esac
[ $# -gt 0 ] || set -- tidy cppcheck memory valgrind threads odr
for name; do
  echo "== $name"
  case $name in
    cppcheck | valgrind) ${name}_ ;;
    *) "$name" ;;
  esac
done
echo "Nothing found."
