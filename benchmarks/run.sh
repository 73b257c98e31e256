#!/bin/sh
# Measures turnout beside Boost.Beast and prints a table; installs what it needs.
#
#   sh benchmarks/run.sh [OPTION]...     options of Google Benchmark, such as
#                                        --benchmark_filter=request_head
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

build=build-benchmarks

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need /usr/include/benchmark/benchmark.h libbenchmark-dev
need /usr/include/fmt/core.h libfmt-dev
need /usr/include/boost/beast/version.hpp libboost1.81-dev
install_needed

# No flags but those of Release: -O3, and no instructions that not every machine has.
echo "== Building the benchmarks in $build/"
cmake -S . -B $build -G Ninja -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS= \
  -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF -DTURNOUT_BENCHMARKS=ON >/dev/null
cmake --build $build --parallel "$(nproc)"

# Interleaved, so that a busy moment of the machine meets all rows.
echo "== Measuring"
$build/benchmarks/turnout_benchmarks --benchmark_min_time=0.1 --benchmark_repetitions=9 \
  --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
  --benchmark_out=$build/benchmarks.json --benchmark_out_format=json "$@" >$build/benchmarks.log 2>&1 ||
  { cat $build/benchmarks.log >&2; exit 1; }
/usr/bin/python3 benchmarks/table.py $build/benchmarks.json
