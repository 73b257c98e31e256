#!/bin/sh
# Makes the files of a release in build-release/, and checks them; publishes nothing.
#
#   sh tools/release.sh              the version in include/turnout/version.hpp, whose tag is HEAD
#   sh tools/release.sh --rehearse   the same without a tag, of what is committed
set -eu
cd "$(dirname "$0")/.."
root=$PWD

fail() { echo "release: $*" >&2; exit 1; }

case ${1:-} in
  --rehearse) rehearsal=yes ;;
  '') rehearsal= ;;
  *) sed -n 's/^# \{0,1\}//; 2,5p' "$0" >&2; exit 2 ;;
esac

version=$(python3 -B tools/version.py)
name=turnout-$version
folder=$root/build-release
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT

echo "== Version $version"
[ -z "$(git status --porcelain)" ] || fail 'there are changes that are not committed'
sh packaging/check.sh versions
heading=$(grep -m 1 '^## ' CHANGELOG.md)
echo "$heading" | grep -qE "^## $version, [0-9]{4}-[0-9]{2}-[0-9]{2}\$" ||
  fail "CHANGELOG.md begins with \"$heading\", not \"## $version, YYYY-MM-DD\""
if [ -z "$rehearsal" ]; then
  tagged=$(git rev-parse -q --verify "v$version^{commit}") || fail "there is no tag v$version"
  [ "$tagged" = "$(git rev-parse HEAD)" ] || fail "the tag v$version is another revision than HEAD"
fi

# make FOLDER: the archive and the single header of the clone there.
make() {
  git -C "$1" archive --format=tar --prefix="$name/" HEAD | gzip -n -9 >"$1.tar.gz"
  python3 -B "$1/tools/amalgamate.py" "$1.hpp"
}

echo "== Archive and single header, twice"
git clone -q --no-hardlinks . "$there/one"
git clone -q --no-hardlinks . "$there/two"
make "$there/one"
(umask 077 && TZ=Asia/Tokyo LC_ALL=C make "$there/two")
cmp "$there/one.tar.gz" "$there/two.tar.gz"
cmp "$there/one.hpp" "$there/two.hpp"

echo "== The archive alone"
tar -xzf "$there/one.tar.gz" -C "$there"
python3 -B "$there/$name/tools/amalgamate.py" | cmp - "$there/one.hpp"
sh "$there/$name/tests/consumers/run.sh" >"$there/consumers.log" 2>&1 ||
  { cat "$there/consumers.log"; fail 'the archive does not build alone'; }
grep -E '^==|^HTTP' "$there/consumers.log"

rm -rf "$folder"
mkdir "$folder"
cp "$there/one.tar.gz" "$folder/$name.tar.gz"
cp "$there/one.hpp" "$folder/turnout.hpp"
# What the changelog says of this version.
sed -n "/^## $version,/,/^## /{/^## /!p;}" CHANGELOG.md >"$folder/notes.md"
(cd "$folder" && sha256sum "$name.tar.gz" turnout.hpp >SHA256SUMS && cat SHA256SUMS)
echo "== Made in build-release/"
