#!/bin/sh
# Compiles the library for other compilers and machines, without a warning; installs what it needs.
# The unit tests run with GCC 11, and under QEMU for what is not the same on all processors.
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need g++ g++
need g++-11 g++-11
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need /usr/include/doctest/doctest.h doctest-dev
need /usr/include/fmt/format.h libfmt-dev
need i686-linux-gnu-g++ g++-i686-linux-gnu
need x86_64-w64-mingw32-g++-posix g++-mingw-w64-x86-64-posix
install_needed

# The flags are those of kernels, which leave the vectors alone.
for way in 'g++ -mno-sse' 'g++ -mgeneral-regs-only' 'i686-linux-gnu-g++' \
  'i686-linux-gnu-g++ -msse2' x86_64-w64-mingw32-g++-posix g++-11; do
  echo "== Every header alone: $way"
  sh tests/headers.sh $way
done

echo "== Unit tests: g++-11"
cmake -S . -B build-gcc-11 -G Ninja -DCMAKE_CXX_COMPILER=g++-11 -DCMAKE_CXX_FLAGS=-O1 \
  -DPython3_EXECUTABLE=/usr/bin/python3 -DTURNOUT_EXAMPLES=OFF
cmake --build build-gcc-11 --parallel "$(nproc)" --target turnout_tests
ctest --test-dir build-gcc-11 --output-on-failure --no-tests=error --timeout 300 \
  --parallel "$(nproc)" --label-regex unit

for processor in aarch64 s390x; do
  echo "== Unit tests: $processor"
  sh tests/emulated.sh $processor
done
