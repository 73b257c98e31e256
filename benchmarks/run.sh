#!/bin/sh
# Measures turnout beside its peers and prints a table; installs what it needs.
#
#   sh benchmarks/run.sh [OPTION]...     options of Google Benchmark, such as
#                                        --benchmark_filter=request_head
#   sh benchmarks/run.sh --chart         also draws benchmarks/chart.svg again
#   sh benchmarks/run.sh --check         only asks all libraries once, and compares their answers
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

build=build-benchmarks
program=$build/benchmarks/turnout_benchmarks
results=$build/results
chart=
case ${1:-} in --check) check=yes ;; --chart) check= chart=yes; shift ;; *) check= ;; esac

need g++ g++
need cmake cmake
need ninja ninja-build
need /usr/bin/python3 python3
need valgrind valgrind
need /usr/include/benchmark/benchmark.h libbenchmark-dev
need /usr/include/fmt/core.h libfmt-dev
# The peers.
need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
need /usr/include/websocketpp/version.hpp libwebsocketpp-dev
need /usr/include/http_parser.h libhttp-parser-dev
need /usr/share/llhttp/llhttp.c node-llhttp
need /usr/include/h2o.h libh2o-evloop-dev
need /usr/include/openssl/evp.h libssl-dev
install_needed

# No flags but those of Release: -O3, and no instructions that not every machine has.
echo "== Building the benchmarks in $build/"
cmake -S . -B $build -G Ninja -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS= \
  -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF -DTURNOUT_BENCHMARKS=ON >/dev/null
cmake --build $build --parallel "$(nproc)"
if [ -n "$check" ]; then
  exec ctest --test-dir $build --output-on-failure --no-tests=error
fi

# Interleaved, so that a busy moment of the machine meets all rows; in several batches, since where
# a program lies in memory differs from one run to the next.
mkdir -p $results
rm -f $results/*
processor=$(sed -n '/^model name/{s/^[^:]*: *//; s/(R)//g; s/[,=]/ /g; p; q}' /proc/cpuinfo)
for batch in 1 2 3; do
  echo "== Measuring, batch $batch of 3"
  $program --benchmark_min_time=0.05 --benchmark_repetitions=5 \
    --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
    --benchmark_context=processor="${processor:-$(uname -m)}" \
    --benchmark_out=$results/batch-$batch.json --benchmark_out_format=json "$@" \
    >$build/benchmarks.log 2>&1 || { cat $build/benchmarks.log >&2; exit 1; }
done
echo "== Counting"
/usr/bin/python3 -B benchmarks/count.py $program $results/counts.json

/usr/bin/python3 -B benchmarks/table.py $results
[ $# -gt 0 ] || /usr/bin/python3 -B benchmarks/sizes.py
[ -z "$chart" ] || /usr/bin/python3 -B benchmarks/chart.py $results benchmarks/chart.svg
