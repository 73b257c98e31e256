#!/bin/sh
# Tries the recipes of docs/recipes.md with the proxies that Debian has; installs them.
#
#   sh tests/proxies/run.sh            fails if one does not do what the page says
#   sh tests/proxies/run.sh --write    writes the table of the page again
set -eu
cd "$(dirname "$0")/../.."
. tools/install.sh
. tests/peers/setup.sh

need_ours
need_proxies
install_needed

cmake -S . -B build-proxies -G Ninja -DCMAKE_BUILD_TYPE=Release -DTURNOUT_TESTS=OFF >/dev/null
cmake --build build-proxies --target poll_server relay_proxy reverse_proxy
/usr/bin/python3 -B tests/proxies/proxies.py build-proxies/examples "$@"
