#!/bin/sh
# How long it takes in a bare Debian to "my server answered 101", with the compiler's installation:
# newcomer.sh [SUITE [WAY]...]. Each way begins with a root of its own, without even a compiler, and fails
# after two minutes. Started by hand and as root; needs debootstrap and a machine with little else to do.
set -eu
cd "$(dirname "$0")/.."
folder=$PWD/build-newcomer
suite=${1:-bookworm}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- copied single_header cmake meson
limit=120
mkdir -p "$folder"

if [ ! -e "$folder/$suite.made" ]; then
  echo "== A bare $suite"
  rm -rf "$folder/$suite"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$folder/$suite" "$mirror" >"$folder/log"
  touch "$folder/$suite.made"
fi
# A release has the single header as a file.
python3 -B tools/amalgamate.py "$folder/turnout.hpp"

# What a newcomer types, in a folder with a server's source and with turnout as it was unpacked.
copied='
apt-get install -y g++
cp -R turnout/include .
g++ -std=c++20 -Iinclude main.cpp -o server
sh answers.sh ./server'
single_header='
apt-get install -y g++
g++ -std=c++20 single_header.cpp -o server
sh answers.sh ./server'
cmake='
apt-get install -y g++ cmake
cmake -S . -B build
cmake --build build
sh answers.sh build/consumer'
meson='
apt-get install -y g++ meson
mkdir subprojects
mv turnout subprojects
meson setup build
meson compile -C build
sh answers.sh build/consumer'

slow=
for way; do
  root=$folder/newcomer
  rm -rf "$root"
  cp -a "$folder/$suite" "$root"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  mkdir -p "$root/root/mine/turnout"
  cp -R CMakeLists.txt meson* include packaging tools LICENSE "$root/root/mine/turnout"
  cp tests/consumers/*.?pp tests/consumers/answers.sh tests/consumers/meson/meson.build \
    tests/consumers/subdirectory/CMakeLists.txt "$folder/turnout.hpp" "$root/root/mine"
  eval "commands=\$$way"
  start=$(date +%s)
  chroot "$root" env -i PATH="$PATH" LC_ALL=C DEBIAN_FRONTEND=noninteractive \
    sh -euc "cd /root/mine; apt-get update; $commands" >"$folder/$way.log" 2>&1 ||
    { tail -n 20 "$folder/$way.log"; exit 1; }
  seconds=$(($(date +%s) - start))
  echo "$way: $(tail -n 1 "$folder/$way.log"), after $seconds s"
  [ $seconds -le $limit ] || slow="$slow $way"
done
rm -rf "$folder/newcomer"
[ -z "$slow" ] || { echo "more than $limit s:$slow" >&2; exit 1; }
