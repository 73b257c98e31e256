#!/bin/sh
# Fuzzes the library, and installs what that needs. Exits with 1 if something was found.
#
#   sh tests/fuzz/run.sh                    all targets, a minute each
#   sh tests/fuzz/run.sh relay_connection 600
#   sh tests/fuzz/run.sh all 10 --engine afl --jobs 2
#   sh tests/fuzz/run.sh all 10 --seed 1 --runs 20000    libFuzzer makes the same inputs each time
#   sh tests/fuzz/run.sh --write            also writes the table into tests/fuzz/README.md
#   sh tests/fuzz/run.sh --list             the names of the targets
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh
. tools/record.sh

wanted=all seconds=60 engine=libfuzzer jobs=1 seed= runs=-1 write=
while [ $# -gt 0 ]; do
  case $1 in
    --engine) engine=$2; shift ;;
    --jobs) jobs=$2; shift ;;
    --seed) seed=$2; shift ;;
    --runs) runs=$2; shift ;;
    --write) write=yes ;;
    --list) wanted=list ;;
    -*) sed -n 's/^# \{0,1\}//; 2,9p' "$0" >&2; exit 2 ;;
    [0-9]*) seconds=$1 ;;
    *) wanted=$1 ;;
  esac
  shift
done

targets=$(cd tests/fuzz && ls *.cpp | sed 's/\.cpp$//' | grep -vx 'main\|seeds')
case $wanted in
  list) echo "$targets"; exit ;;
  all) ;;
  *) echo "$targets" | grep -qx "$wanted" || { echo "$wanted is none of:" $targets >&2; exit 2; }
     targets=$wanted ;;
esac

need cmake cmake
need ninja ninja-build
need clang++ clang
need /usr/include/fmt/format.h libfmt-dev
need /usr/include/nlohmann/json.hpp nlohmann-json3-dev
[ $engine = libfuzzer ] || need afl-fuzz afl++
install_needed
if [ $engine = libfuzzer ]; then
  clang=$(clang++ -dumpversion | cut -d. -f1)
  ls "$(clang++ -print-runtime-dir)"/libclang_rt.fuzzer*.a >/dev/null 2>&1 ||
    need /none "libclang-rt-$clang-dev | libclang-common-$clang-dev"
  install_needed
fi

case $engine in
  libfuzzer) folder=build-fuzz compiler=clang++ coverage=,fuzzer-no-link ;;
  afl) folder=build-fuzz-afl compiler=afl-clang-fast++ coverage= ;;
  *) echo "there are two engines, libfuzzer and afl" >&2; exit 2 ;;
esac
mkdir -p $folder/finds $folder/corpus $folder/logs
AFL_QUIET=1 cmake -S tests/fuzz -B $folder -G Ninja -DCMAKE_CXX_COMPILER=$compiler \
  -DCMAKE_CXX_FLAGS="-O1 -g1 -fsanitize=address,undefined$coverage -fno-sanitize-recover=all" \
  -DTURNOUT_FUZZING_ENGINE=-fsanitize=fuzzer >$folder/configured || { cat $folder/configured; exit 1; }
AFL_QUIET=1 cmake --build $folder --parallel "$(nproc)" \
  --target turnout_fuzz_seeds $(printf 'turnout_fuzz_%s ' $targets)
$folder/seeds tests $folder/seeds_of
for target in $targets; do
  [ -d $folder/seeds_of/$target ] || { echo "tests/fuzz/seeds.cpp has nothing for $target" >&2; exit 2; }
done

# with_libfuzzer TARGET: runs it, and sets what the table says of it.
with_libfuzzer() {
  corpus=$folder/corpus/$1
  if [ -n "$seed" ]; then  # what an earlier run has found would change the inputs
    corpus=$folder/corpus_with_seed/$1
    rm -rf "$corpus"
  fi
  mkdir -p "$corpus"
  $folder/$1 -seed="${seed:-0}" -runs="$runs" -max_total_time="$seconds" -max_len=2048 -timeout=10 \
    -print_final_stats=1 -dict=$folder/seeds_of/dictionary \
    -artifact_prefix=$folder/finds/$1- "$corpus" $folder/seeds_of/$1/ >$folder/logs/$1 2>&1 && finds=0 || finds=1
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' $folder/logs/$1)
  speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' $folder/logs/$1)
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' $folder/logs/$1 | tail -1)
}

# The same with AFL++, which goes on after a find.
with_afl() {
  input=$folder/corpus/$1
  [ -d $input ] && input=- || input=$folder/seeds_of/$1/
  AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
    afl-fuzz -V "$seconds" -i $input -o $folder/corpus/$1 -m none -t 10000 \
    -x $folder/seeds_of/dictionary -- $folder/$1 >$folder/logs/$1 2>&1 || finds=1
  stats=$folder/corpus/$1/default/fuzzer_stats
  executions=$(sed -n 's/^execs_done *: *//p' $stats)
  speed=$(sed -n 's/^execs_per_sec *: *//p' $stats)
  edges=$(sed -n 's/^edges_found *: *//p' $stats)
  for find in $folder/corpus/$1/default/crashes/id* $folder/corpus/$1/default/hangs/id*; do
    [ -e "$find" ] && cp "$find" "$folder/finds/$1-${find##*/}"
  done
  finds=$(ls $folder/finds | grep -c "^$1-" || :)
}

run() {
  with_$engine $1
  printf '%-20s %12s %12s %8s %6s\n' $1 "$executions" "$speed" "$edges" $finds
  [ "$finds" = 0 ] || echo $1 >>$folder/found
  [ -z $write ] || (flock 9; record tests/fuzz/README.md "$1, $engine" $seconds "$executions" "$edges" \
    $finds $(date +%F)) 9>$folder/lock
}

rm -f $folder/found
printf '%-20s %12s %12s %8s %6s\n' target executions 'per second' edges finds
running=0
for target in $targets; do
  run $target &
  running=$((running + 1))
  [ $((running % jobs)) != 0 ] || wait
done
wait
[ -e $folder/found ] || exit 0
for target in $(cat $folder/found); do
  echo "==== $target: what it says is in $folder/logs/$target, and to run it again:"
  ls -t $folder/finds/$target-* 2>/dev/null | sed "s|^|  $folder/$target |" | head -3
done
exit 1
