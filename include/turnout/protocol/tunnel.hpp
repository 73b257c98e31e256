// Tunnels whose target is in the path of a request: connect-udp, connect-ip,
// connect-tcp; and the capsules that they consist of.
#pragma once

#include "turnout/version.hpp"

#include "turnout/protocol/tunnel/bound_udp.hpp"
#include "turnout/protocol/tunnel/capsule.hpp"
#include "turnout/protocol/tunnel/connect_ethernet.hpp"
#include "turnout/protocol/tunnel/connect_ip.hpp"
#include "turnout/protocol/tunnel/connect_tcp.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/tunnel/datagram.hpp"
#include "turnout/protocol/tunnel/ip_capsules.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/tunnel/masque_host.hpp"
#include "turnout/protocol/tunnel/proxy_template.hpp"
#include "turnout/protocol/tunnel/tcp_capsules.hpp"
#include "turnout/protocol/tunnel/varint.hpp"
