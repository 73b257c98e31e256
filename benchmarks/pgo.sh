#!/bin/sh
# Shows what a profile of its own traffic gives a server: measures its handshake as usual and with a
# profile of the row `mix`, beside the fastest peer in the same two builds.
#
#   sh benchmarks/pgo.sh
set -eu
cd "$(dirname "$0")/.."
export CCACHE_DISABLE=1  # a profile fits only what was compiled here
sh benchmarks/run.sh --check

# build FOLDER FLAG...: with one question, as a server has its handshake in one file. GCC keeps the
# profile of an inline function for one file only; with -fprofile-partial-training, other files that
# have the function are compiled as without a profile.
builds=build-benchmarks/pgo
build() {
  folder=$builds/$1
  shift
  cmake -S . -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS="$*" -DCMAKE_C_FLAGS="$*" \
    -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF -DTURNOUT_BENCHMARKS=ON \
    -DTURNOUT_QUESTIONS=server_handshake "-DTURNOUT_PEERS=picohttpparser;openssl" >/dev/null
  cmake --build "$folder" --parallel "$(nproc)" --target turnout_benchmarks
}

# measure FOLDER OPTION...
measure() {
  folder=$builds/$1
  shift
  "$folder/benchmarks/turnout_benchmarks" "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
}

echo "== Building as usual and with a profile in $builds/"
rm -rf $builds
build usual
build profiled -fprofile-generate
measure profiled --benchmark_filter=mix --benchmark_min_time=0.01
build profiled -fprofile-use -fprofile-partial-training -Wno-missing-profile

for batch in 1 2 3; do
  echo "== Measuring, batch $batch of 3"
  for kind in usual profiled; do
    measure $kind --benchmark_min_time=0.05 --benchmark_repetitions=5 \
      --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
      --benchmark_out=$builds/$kind/batch-$batch.json --benchmark_out_format=json
  done
done
/usr/bin/python3 -B benchmarks/beside.py $builds/usual $builds/profiled
