# Sourced after tools/install.sh by the scripts that start other people's programs: the packages that several of
# them need, and how they get the rest from the registries of languages.
#
#   have FUNCTION...   calls functions that each build what one language has, into $peers; if one fails, its
#                      programs are left out

need_ours() {  # what most of our examples need
  need g++ g++
  need cmake cmake
  need ninja ninja-build
  need /usr/include/asio.hpp libasio-dev
  need /usr/include/fmt/format.h libfmt-dev
}

need_languages() {
  need /usr/lib/python3/dist-packages/websockets python3-websockets
  need /usr/share/doc/python3-venv python3-venv
  need node nodejs npm
  need javac default-jdk-headless
  need mvn maven
  need /usr/include/boost/beast/version.hpp 'libboost-dev (>= 1.81) | libboost1.81-dev'
  need /usr/include/websocketpp/version.hpp libwebsocketpp-dev
  need /usr/include/zlib.h zlib1g-dev
}

need_peers() {
  need_languages
  need /usr/include/libwebsockets.h libwebsockets-dev
  need /usr/include/wslay/wslay.h libwslay-dev  # for our own WebSocket examples
}

need_proxies() {
  need /usr/lib/python3/dist-packages/websockets python3-websockets
  need nginx nginx-light
  need haproxy haproxy
  need apache2 apache2-bin
  need caddy caddy
  need lighttpd lighttpd
  need nghttpx nghttp2-proxy
}

have() {
  for language; do
    (set -e; $language) >"$peers/$language.log" 2>&1 &  # after which `||` does not turn off -e
    wait $! || { tail -n 3 "$peers/$language.log"; echo "$language can't be had"; } >&2
  done
}
