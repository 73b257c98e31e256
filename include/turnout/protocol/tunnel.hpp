// Tunnels whose target is in the path of a request: connect-udp, connect-ip, connect-tcp.
#pragma once

#include "turnout/version.hpp"

#include "turnout/protocol/tunnel/connect_ip.hpp"
#include "turnout/protocol/tunnel/connect_tcp.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/tunnel/masque_host.hpp"
