#!/bin/sh
# Fetches the sources of picohttpparser into a folder. Debian has no package of them, but two source
# packages contain them: that of the server h2o, which Debian 13 no longer has, and one for Perl.
#
#   sh benchmarks/picohttpparser.sh FOLDER
set -eu
folder=$1
[ ! -e "$folder/picohttpparser.c" ] || exit 0

# apt asks the servers that the machine knows, but keeps all that it gets here.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/servers" "$work/lists/partial" "$folder"
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  [ -f "$list" ] || continue
  sed 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$list" >"$work/servers/${list##*/}"
done
apt() {
  (cd "$work" && LC_ALL=C apt-get -qq -o Dir::Etc::SourceList=/dev/null \
    -o Dir::Etc::SourceParts="$work/servers" -o Dir::State::Lists="$work/lists" \
    -o Dir::Cache="$work" -o APT::Sandbox::User="$(id -un)" "$@") >>"$work/log" 2>&1
}

apt update || :  # some servers may have no sources
for package in h2o libhttp-parser-xs-perl; do
  apt source --tar-only --download-only $package || continue
  archive=$(cd "$work" && echo *.orig.tar.*)
  tar -C "$folder" -xf "$work/$archive" --wildcards --transform='s,.*/,,' '*/picohttpparser/picohttpparser.[ch]'
  echo "${archive%.orig.tar.*}" | tr _ ' ' >"$folder/origin"
  exit
done
cat "$work/log" >&2
exit 1
