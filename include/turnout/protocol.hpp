// All protocols, and the fields that only they have. A program that speaks a few protocols includes
// their headers and turnout/turnout.hpp: all of them take almost as long to compile as that does.
#pragma once

#include "turnout/version.hpp"

#include "turnout/field/alpn.hpp"
#include "turnout/field/capsule_protocol.hpp"
#include "turnout/field/http2_settings.hpp"
#include "turnout/field/proxy_status.hpp"

#include "turnout/negotiation/incremental.hpp"
#include "turnout/negotiation/status_fields.hpp"

#include "turnout/protocol/alpn.hpp"
#include "turnout/protocol/de_facto.hpp"
#include "turnout/protocol/docker.hpp"
#include "turnout/protocol/extended_connect.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/kubernetes.hpp"
#include "turnout/protocol/tls.hpp"
#include "turnout/protocol/tunnel.hpp"
#include "turnout/protocol/websocket.hpp"

#include "turnout/connection/gateway.hpp"
