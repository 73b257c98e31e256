#!/bin/sh
# Runs unit tests for AArch64 under QEMU, on a machine of any kind; installs what they need.
#
#   sh tests/aarch64.sh            those of what is not the same on all processors
#   sh tests/aarch64.sh FILE...    those in these files, named from the top of the tree
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
need qemu-aarch64 qemu-user
need /usr/include/doctest/doctest.h doctest-dev
install_needed

[ $# -gt 0 ] || set -- \
  tests/core/processor_test.cpp tests/core/words_test.cpp \
  tests/grammar/kernel*_test.cpp tests/grammar/scan_test.cpp tests/grammar/base64*_test.cpp \
  tests/message/head_test.cpp tests/protocol/sha1_test.cpp tests/protocol/websocket_accept*_test.cpp \
  tests/protocol/websocket_digest_test.cpp

mkdir -p build-aarch64
aarch64-linux-gnu-g++ -std=c++20 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion \
  -Wshadow -Werror -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS -I include -I tests -static \
  tests/support/main.cpp "$@" -o build-aarch64/turnout_tests
qemu-aarch64 build-aarch64/turnout_tests
