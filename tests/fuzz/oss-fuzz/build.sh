#!/bin/sh
# Builds all targets as OSS-Fuzz wants them: programs, seeds, a dictionary and options in $OUT.
#
#   CXX=clang++ CXXFLAGS=... LIB_FUZZING_ENGINE=-fsanitize=fuzzer OUT=FOLDER sh tests/fuzz/oss-fuzz/build.sh
set -eu
cd "${SRC:+$SRC/turnout}"
work=${WORK:-build-oss-fuzz}

cmake -S tests/fuzz -B "$work" -G Ninja -DTURNOUT_FUZZING_ENGINE="$LIB_FUZZING_ENGINE"
cmake --build "$work"
"$work/seeds" tests "$work/seeds_of"
for source in tests/fuzz/*.cpp; do
  target=$(basename "$source" .cpp)
  [ -d "$work/seeds_of/$target" ] && [ -x "$work/$target" ] || continue
  cp "$work/$target" "$OUT/"
  cp "$work/seeds_of/dictionary" "$OUT/$target.dict"
  printf '[libfuzzer]\nmax_len = 2048\n' >"$OUT/$target.options"
  zip -qj "$OUT/${target}_seed_corpus.zip" -r "$work/seeds_of/$target/"
done
