// All protocols, and the fields that only they have. turnout/turnout.hpp has only WebSocket, since
// most programs speak no other protocol, and all of them together take half as long again to
// compile.
#pragma once

#include "turnout/version.hpp"

#include "turnout/field/alpn.hpp"
#include "turnout/field/capsule_protocol.hpp"
#include "turnout/field/http2_settings.hpp"

#include "turnout/protocol/alpn.hpp"
#include "turnout/protocol/docker.hpp"
#include "turnout/protocol/extended_connect.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/kubernetes.hpp"
#include "turnout/protocol/tls.hpp"
#include "turnout/protocol/tunnel.hpp"
#include "turnout/protocol/websocket.hpp"
