#!/bin/sh
# Builds the documentation in build-site/html, to be opened from there: the guide and the other pages,
# and the reference from the docstrings. Installs what it needs; a warning is a failure. The page with the
# inspector is part of it if Emscripten is there.
#
#   sh docs/build.sh
set -eu
cd "$(dirname "$0")/.."
. tools/install.sh

need doxygen doxygen
need dot graphviz
need python3 python3
install_needed

rm -rf build-site
mkdir -p build-site
TURNOUT_VERSION=$(sed -n 's/^#define TURNOUT_VERSION_[A-Z]* //p' include/turnout/version.hpp | paste -sd.)
export TURNOUT_VERSION
TURNOUT_TRY=
if command -v emcc >/dev/null; then
  sh docs/try/build.sh
  TURNOUT_TRY=docs/site/try.dox
else
  echo "the page with the inspector is left out: it needs Emscripten (Debian: emscripten)"
fi
export TURNOUT_TRY
doxygen docs/site/Doxyfile
if [ -s build-site/warnings ]; then
  cat build-site/warnings >&2
  exit 1
fi
# On a narrow screen, which has no list of pages, the name leads back.
sed -i 's|id="projectname">turnout|id="projectname"><a href="index.html">turnout</a>|' build-site/html/*.html
[ -z "$TURNOUT_TRY" ] || cp build-try/index.html build-site/html/try.html
python3 -B docs/site/links.py build-site/html
echo "build-site/html/index.html"
