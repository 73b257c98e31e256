#!/bin/sh
# Measures turnout beside its peers and prints a table; installs what it needs.
#
#   sh benchmarks/run.sh [OPTION]...     options of Google Benchmark, such as
#                                        --benchmark_filter=request_head
#   sh benchmarks/run.sh --chart         also draws benchmarks/chart.svg again
#   sh benchmarks/run.sh --count         only counts what does not depend on the machine and its load
#   sh benchmarks/run.sh --check         only asks all libraries once, and compares their answers
#
# LAYOUTS says in how many random orders of all functions the program is measured; 5 without it.
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

build=build-benchmarks
program=$build/benchmarks/turnout_benchmarks
results=$build/results
layouts=${LAYOUTS:-5}
only=
chart=
case ${1:-} in --check | --count) only=$1 ;; --chart) chart=yes; shift ;; esac

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need /usr/include/valgrind/callgrind.h valgrind
need /usr/include/benchmark/benchmark.h libbenchmark-dev
need /usr/include/fmt/core.h libfmt-dev
# The peers.
need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/websocketpp/version.hpp libwebsocketpp-dev
need /usr/include/http_parser.h libhttp-parser-dev
[ -e /usr/include/llhttp.h ] || need /usr/share/llhttp/llhttp.c 'libllhttp-dev | node-llhttp (<< 9)'
need xz xz-utils
need /usr/include/openssl/evp.h libssl-dev
[ -n "$only" ] || need ld.lld lld
install_needed
sh benchmarks/picohttpparser.sh $build/fetched/picohttpparser || echo "picohttpparser can't be had: left out"

# build LAYOUT: with no flags but those of Release: -O3, and no instructions that not every machine has.
build() {
  cmake -S . -B $build -G Ninja -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS= \
    -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF -DTURNOUT_BENCHMARKS=ON \
    -DTURNOUT_LAYOUT="$1" >/dev/null
  cmake --build $build --parallel "$(nproc)"
}

echo "== Building the benchmarks in $build/"
build ""
if [ "$only" = --check ]; then
  exec ctest --test-dir $build --output-on-failure --no-tests=error
fi

mkdir -p $results
rm -f $results/*
echo "== Counting"
/usr/bin/python3 -B benchmarks/count.py $program $results/counts.json
if [ "$only" = --count ]; then
  exec /usr/bin/python3 -B benchmarks/table.py $results
fi

# Each batch has another layout. In a batch, repetitions of all rows are mixed, so that a busy moment
# of the machine meets all of them.
processor=$(sed -n '/^model name/{s/^[^:]*: *//; s/(R)//g; s/[,=]/ /g; p; q}' /proc/cpuinfo)
for layout in $(seq "$layouts"); do
  echo "== Measuring, layout $layout of $layouts"
  build "$layout" >/dev/null
  $program --benchmark_min_time=0.05 --benchmark_repetitions=3 \
    --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
    --benchmark_context=processor="${processor:-$(uname -m)}" \
    --benchmark_out=$results/batch-$layout.json --benchmark_out_format=json "$@" \
    >$build/benchmarks.log 2>&1 || { cat $build/benchmarks.log >&2; exit 1; }
done

/usr/bin/python3 -B benchmarks/table.py $results
[ $# -gt 0 ] || /usr/bin/python3 -B benchmarks/sizes.py
[ -z "$chart" ] || /usr/bin/python3 -B benchmarks/chart.py $results benchmarks/chart.svg
