#!/bin/sh
# Builds and runs the unit tests for other machines, compilers and editions of C++; installs what that
# needs, and prints what passed and how long it took.
#
#   sh tests/machines.sh                     everything: about an hour with two processors
#   sh tests/machines.sh [--quick] NAME...   some; quick: only tests of what differs between processors
#   sh tests/machines.sh --write NAME...     also writes what passed into docs/machines.md
#
# The names are those of the functions below, with hyphens. All emulated machines run the whole tests.
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh
. tools/record.sh

quick=
write=
case ${1:-} in
  --quick) quick=yes; shift ;;
  --write) write=yes; shift ;;
esac
build=build-machines
warnings='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror'

# The files of unit tests, or those of what is not the same on all processors.
test_files() {
  if [ -n "$quick" ]; then
    ls tests/kernel/*_test.cpp tests/grammar/scan_test.cpp tests/grammar/base64_test.cpp \
      tests/message/head_test.cpp tests/message/line_ends_test.cpp \
      tests/protocol/websocket/accept_test.cpp
  else
    find tests -name '*_test.cpp' ! -path 'tests/interop/*' ! -path 'tests/consumers/*' \
      ! -path 'tests/fuzz/*' ! -path 'tests/probe/*' ! -path 'tests/readme/*' \
      ! -path 'tests/vectors/*' ! -path 'tests/work/*' \
      ! -path tests/adapter/googletest_test.cpp | sort
  fi
}

# link_tests COMPILER FLAG...: builds the tests in $into, with the flags of $last after the objects.
# Doctest and fmt are headers alone here, apart from those of this machine. Only tests that go through
# many inputs are optimised: the others compile in half the time without that.
link_tests() {
  need /usr/include/doctest/doctest.h doctest-dev
  need /usr/include/fmt/format.h libfmt-dev
  install_needed
  mkdir -p $build/include "$into"
  "$@" --version | head -n 1 >"$into.compiler"
  ln -sfn /usr/include/doctest /usr/include/fmt $build/include
  rm -f "$into"/*.o
  compile="$* $warnings -c -DFMT_HEADER_ONLY -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS -Iinclude -Itests
    -Iexamples -isystem $build/include"
  $compile tests/support/main.cpp -o "$into/main.o"
  test_files | grep -v "${without:-^$}" | xargs -P "$(nproc)" -I FILE sh -c '
    case FILE in
      tests/explore/* | tests/properties/*) level=-O1 ;;
      *) level=-O0 ;;
    esac
    ${CMAKE_CXX_COMPILER_LAUNCHER:-} $1 $level -include turnout/adapter/doctest.hpp FILE \
      -o "$2/$(echo FILE | tr / _).o" && exit
    echo "FILE does not compile" >&2
    exit 255' sh "$compile" "$into"
  "$@" "$into"/*.o ${last:-} -o "$into/tests"
}

# emulated PROCESSOR [NAME-OF-QEMU]: runs all unit tests under QEMU.
emulated() {
  need "$1-g++" "g++-$(echo "$1" | tr _ -)"
  need "qemu-$2" qemu-user
  install_needed
  last=-static link_tests "$1-g++" -std=c++20
  "qemu-$2" "$into/tests"
}

aarch64() { emulated aarch64-linux-gnu aarch64; }
s390x() { emulated s390x-linux-gnu s390x; }  # the highest octet comes first
armhf() { emulated arm-linux-gnueabihf arm; }
i386() { emulated i686-linux-gnu i386; }
riscv64() { emulated riscv64-linux-gnu riscv64; }

mingw() {
  need x86_64-w64-mingw32-g++-posix g++-mingw-w64-x86-64-posix
  need /usr/lib/wine/wine64 wine64
  install_needed
  last=-static link_tests x86_64-w64-mingw32-g++-posix -std=c++20
  WINEDEBUG=-all WINEPREFIX=$PWD/$build/wine /usr/lib/wine/wine64 "$into/tests.exe"
}

# The oldest compiler there is a promise for, against another form of the headers.
gcc_11() {
  need g++-11 g++-11
  need cmake cmake
  need ninja ninja-build
  need /usr/include/doctest/doctest.h doctest-dev
  need /usr/include/fmt/format.h libfmt-dev
  install_needed
  sh tests/single_header.sh g++-11
}

# The newest compiler of Debian 12.
newest_clang() {
  need clang++-19 clang-19
  need /usr/lib/llvm-19/lib/libc++.a libc++-19-dev
  need /usr/lib/llvm-19/lib/libc++abi.a libc++abi-19-dev
  install_needed
  link_tests clang++-19 "$@"
  "$into/tests"
}

clang_19() { newest_clang -std=c++20; }
libcxx() { newest_clang -std=c++20 -stdlib=libc++; }
cxx26() { newest_clang -std=c++2c; }

cxx23() {
  need g++ g++
  install_needed
  link_tests g++ -std=c++23
  "$into/tests"
}

# All warnings that Clang has, but these:
everything_but() {
  echo -Wno-c++98-compat -Wno-c++98-compat-pedantic  # C++20 is the least that is needed
  echo -Wno-c++20-compat -Wno-pre-c++20-compat-pedantic
  echo -Wno-padded               # sizes are tested where they matter
  echo -Wno-unsafe-buffer-usage  # there is nothing else in headers without a library below them
  echo -Wno-switch-default       # contradicts -Wcovered-switch-default, which stays
  echo -Wno-switch-enum          # some switches are about a few of many names
  echo -Wno-documentation-unknown-command  # takes the \r of an example for one
  echo -Wno-unused-macros        # those for compilers are used in other headers
}

weverything() {
  need clang++-19 clang-19
  install_needed
  find include/turnout -name '*.hpp' ! -path '*/adapter/*' | sort | xargs -n 8 -P "$(nproc)" \
    clang++-19 -std=c++20 -Iinclude -Weverything -Werror -Wno-pragma-once-outside-header \
    $(everything_but) -fsyntax-only -x c++
}

# All headers, with the flags of kernels, which leave the vectors alone, and more. GCC's sanitizers change
# what is constant. That each compiles alone does not depend on the machine: headers.sh.
headers() {
  need g++ g++
  need g++-11 g++-11
  need i686-linux-gnu-g++ g++-i686-linux-gnu
  need x86_64-w64-mingw32-g++-posix g++-mingw-w64-x86-64-posix
  install_needed
  for way in 'g++ -fsanitize=address,undefined' 'g++ -mno-sse' 'g++ -mgeneral-regs-only' \
    'i686-linux-gnu-g++' 'i686-linux-gnu-g++ -msse2' x86_64-w64-mingw32-g++-posix g++-11; do
    echo "$way"
    (cd include && find turnout -name '*.hpp' ! -path '*/adapter/*' | sed 's/.*/#include <&>/') |
      $way -std=c++20 $warnings -Iinclude -fsyntax-only -x c++ -
  done
}

# No file is read here: tests/support/no_files.hpp.
wasm() { webassembly; }
wasm_simd() { webassembly -msimd128; }  # with the kernel of vectors

# webassembly [FLAG]...
webassembly() {
  need clang++-19 clang-19
  need wasm-ld-19 lld-19
  need /usr/include/wasm32-wasi/stdio.h wasi-libc
  need /usr/lib/wasm32-wasi/libc++.a 'libc++-19-dev-wasm32, libc++abi-19-dev-wasm32'
  need /usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a \
    libclang-rt-19-dev-wasm32
  need node nodejs
  install_needed
  without=properties/stock_clients_test
  last='-lwasi-emulated-signal -Wl,-z,stack-size=1048576' \
    link_tests clang++-19 --target=wasm32-wasi -std=c++20 -fno-exceptions -D_WASI_EMULATED_SIGNAL \
    -include tests/support/no_files.hpp \
    -DDOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS -DDOCTEST_CONFIG_NO_POSIX_SIGNALS "$@"
  node --no-warnings --experimental-wasi-unstable-preview1 -e '
    const { WASI } = require("wasi"), wasi = new WASI({ version: "preview1", args: ["tests"], preopens: { "/": "/" } });
    const program = new WebAssembly.Module(require("fs").readFileSync(process.argv[1]));
    const imports = { wasi_snapshot_preview1: wasi.wasiImport };
    process.exit(wasi.start(new WebAssembly.Instance(program, imports)));' "$into/tests"
}

# musl runs; what is for Windows and macOS is only linked. Zig takes its time, so these are the tests of
# --quick, but the one that asks the compiler's library about the processor: Zig's own can't tell.
zig() {
  quick=yes
  without=kernel/processor_test
  need /usr/share/doc/python3-venv python3-venv
  install_needed
  [ -d $build/zig-python ] || /usr/bin/python3 -m venv $build/zig-python
  $build/zig-python/bin/pip install --quiet 'ziglang==0.13.0'
  for target in x86_64-linux-musl x86_64-windows-gnu aarch64-macos; do
    echo "$target"
    into=$build/zig-$target
    link_tests $build/zig-python/bin/python -m ziglang c++ -target $target -std=c++20
  done
  $build/zig-x86_64-linux-musl/tests
}

# How much flash and stack a WebSocket server takes.
arm_none_eabi() {
  need arm-none-eabi-g++ 'gcc-arm-none-eabi, libstdc++-arm-none-eabi-newlib'
  install_needed
  /usr/bin/python3 benchmarks/footprint.py --check sizes
}

[ $# -gt 0 ] || set -- headers gcc-11 cxx23 clang-19 libcxx cxx26 weverything aarch64 s390x armhf i386 \
  riscv64 mingw wasm wasm-simd zig arm-none-eabi
mkdir -p $build
failed=
table=
for name; do
  echo "== $name"
  into=$build/$name
  begun=$(date +%s)
  # Not as the condition of an if, where the shell would go on after a failure.
  set +e
  (set -e; "$(echo "$name" | tr - _)") >$build/$name.log 2>&1
  [ $? = 0 ] && says=passed || { says=FAILED; failed=yes; tail -n 30 $build/$name.log | cut -c 1-300; }
  set -e
  tests=$(grep -aoE 'test cases: *[0-9]+' $build/$name.log | tail -n 1 | tr -s ' ' || :)
  if [ "$write$says" = yespassed ] && [ -n "$tests" ]; then
    record docs/machines.md "$name" "$(cat "$into.compiler")" "${tests#*: }" "$(date +%F)"
  fi
  table="$table$(printf '%-14s %-7s %5d s   %s' "$name" $says $(($(date +%s) - begun)) "$tests")
"
done
printf '\n%s' "$table"
[ -z "$failed" ]
