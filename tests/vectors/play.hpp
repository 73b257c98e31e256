// Plays a case with each part of the library that answers it.
#pragma once

#include <string_view>

#include "vectors/play_client.hpp"
#include "vectors/play_list.hpp"
#include "vectors/play_relay.hpp"
#include "vectors/play_server.hpp"
#include "vectors/read_field.hpp"

namespace vectors {

/// Calls `visit` with the name of each part and a function that plays the case with it, whose
/// octets come in such pieces.
template <class Visit>
void for_each_player(const vector& one, const Visit& visit) {
  if (one.role == "server") {
    visit("server_handshake", [&](pieces come) { return handshake_server::play(one, come); });
    visit("server_connection", [&](pieces come) { return connection_server::play(one, come); });
  } else if (one.role == "client") {
    visit("client_handshake",
          [&](pieces come) { return play_client<handshake_client>(one, come); });
    visit("client_connection",
          [&](pieces come) { return play_client<connection_client>(one, come); });
  } else if (one.role == "relay") {
    // A handshake leaves it to the program whether a CONNECT is allowed.
    if (!one.request.starts_with("CONNECT") || one.setup.contains("connect"))
      visit("relay_handshake", [&](pieces come) { return play_relay<handshake_relay>(one, come); });
    visit("relay_connection", [&](pieces come) { return play_relay<connection_relay>(one, come); });
  } else if (one.role == "h2-server") {
    visit("extended_connect", [&](pieces) { return play_list_server(one); });
  } else if (one.role == "h2-client") {
    visit("extended_connect", [&](pieces) { return play_list_client(one); });
  } else {
    visit("field", [&](pieces) { return read_field(one); });
  }
}

}  // namespace vectors
