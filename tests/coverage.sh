#!/bin/sh
# Counts which lines and branches of include/ the unit tests run, and installs what that needs.
#
#   sh tests/coverage.sh    a quarter of an hour with two processors, and a few minutes the next time
#
# Lines and branches that never run have to be in tests/coverage/known.txt, with a reason.
# Clang counts, because it knows a condition in a template from its instances; GCC counts instances.
# A line that only constant expressions reach has not run: a test has to run it too (CHECK_BOTH).
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need clang++ clang
need /usr/share/doc/libclang-rt-14-dev 'libclang-rt-14-dev | libclang-rt-dev'
need llvm-cov llvm
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need /usr/include/doctest/doctest.h doctest-dev
need /usr/include/fmt/format.h libfmt-dev
install_needed

build=build-coverage
# What is in a precompiled header is not counted.
cmake -S . -B $build -G Ninja -DCMAKE_CXX_COMPILER=clang++ \
  -DCMAKE_CXX_FLAGS='-fprofile-instr-generate -fcoverage-mapping' \
  -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
  -DPython3_EXECUTABLE=/usr/bin/python3 -DTURNOUT_EXAMPLES=OFF
cmake --build $build --parallel "$(nproc)" --target turnout_tests

rm -f $build/*.profraw
LLVM_PROFILE_FILE=$PWD/$build/%4m.profraw ctest --test-dir $build --output-on-failure \
  --no-tests=error --timeout 900 --parallel "$(nproc)" --label-regex unit
llvm-profdata merge $build/*.profraw -o $build/all.profdata
llvm-cov export $build/tests/turnout_tests -object $build/tests/turnout_small_tests \
  -instr-profile=$build/all.profdata -format=text include >$build/coverage.json
/usr/bin/python3 -B tests/coverage/report.py $build/coverage.json
