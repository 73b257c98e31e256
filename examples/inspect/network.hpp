// Handshakes over connections: one that is made, and those that pass.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "recorded.hpp"
#include "url.hpp"

/// Sends a request to a server, and reads the responses up to the one that decides.
///
/// Throws std::exception if nobody can be reached.
///
/// Takes     trusts_any: whether a certificate that nobody vouches for will do
recorded perform(const url& to, std::string_view request, bool trusts_any);

/// Listens on a port of this machine, passes everything on to another one, and changes nothing.
///
/// Throws std::exception if nobody can listen there.
///
/// Takes     see: gets each handshake once it has ended; false if none is to be awaited any more
void pass_on(std::uint16_t port, const url& to, const std::function<bool(const recorded&)>& see);
