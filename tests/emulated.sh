#!/bin/sh
# Runs unit tests for another processor under QEMU; installs what they need.
#
#   sh tests/emulated.sh PROCESSOR            aarch64, or s390x, whose highest octet comes first:
#                                             those of what is not the same on all processors
#   sh tests/emulated.sh PROCESSOR FILE...    those in these files, named from the top of the tree
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

processor=${1:?aarch64 or s390x}
shift
compiler=$processor-linux-gnu-g++
need "$compiler" "g++-$processor-linux-gnu"
need "qemu-$processor" qemu-user
need /usr/include/doctest/doctest.h doctest-dev
install_needed

[ $# -gt 0 ] || set -- \
  tests/kernel/*_test.cpp tests/grammar/scan_test.cpp tests/grammar/base64_test.cpp \
  tests/message/head_test.cpp tests/message/line_ends_test.cpp \
  tests/protocol/websocket/accept_test.cpp

build=build-$processor
mkdir -p "$build"
"$compiler" -std=c++20 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror \
  -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS -I include -I tests -static tests/support/main.cpp "$@" \
  -o "$build/turnout_tests"
"qemu-$processor" "$build/turnout_tests"
