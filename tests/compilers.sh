#!/bin/sh
# Compiles the library for other compilers and machines, without a warning; installs what it needs.
# The unit tests run with GCC 11 against the single header, and under QEMU for what is not the same
# on all processors.
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

# The same tests as everywhere, with another compiler and against another form of the headers.
echo "== Unit tests: g++-11, against the single header"
sh tests/single_header.sh g++-11

for processor in aarch64 s390x; do
  echo "== Unit tests: $processor"
  sh tests/emulated.sh $processor
done
