#!/bin/sh
# Scores other implementations by the cases of tests/vectors: installs the newest versions from their
# package registries into build-adapters/, and prints a line for each. Nothing else needs it.
#
#   sh tests/vectors/adapters/run.sh             all of them
#   sh tests/vectors/adapters/run.sh h11 wsproto some of them
#
# build-adapters/NAME.txt has what each got wrong, build-adapters/NAME.json every answer.
set -eu
cd "$(dirname "$0")/../../.."
build=build-adapters
python_packages='h11 wsproto websockets aiohttp'

python=$build/python/bin/python
if [ ! -x "$python" ]; then
  mkdir -p "$build"
  python3 -m venv "$build/python"
  # shellcheck disable=SC2086
  "$build/python/bin/pip" install --quiet $python_packages
fi

# score NAME VERSION ADAPTER...: plays all cases, and prints what came of those with the level must.
score() {
  name=$1 version=$2
  shift 2
  "$python" -B tests/vectors/score.py --failures 10000 --json "$build/$name.json" "$@" \
    >"$build/$name.txt" 2>"$build/$name.errors" || :
  awk -v name="$name $version" '
    /^(must|should|may|latitude) / { passed += $2; failed += $3; if ($1 == "must") musts = $2 "/" $2 + $3 }
    END { printf "%-24s musts %9s   all %9s\n", name, musts, passed "/" passed + failed }' \
    "$build/$name.txt"
}

for name in ${*:-$python_packages}; do
  version=$("$python" -c "import importlib.metadata as m; print(m.version('$name'))")
  score "$name" "$version" "$python" -B "tests/vectors/adapters/${name}_adapter.py"
done
