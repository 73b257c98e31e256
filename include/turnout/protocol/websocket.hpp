// The WebSocket protocol: server, client, URIs, extensions.
#pragma once

#include "turnout/version.hpp"

#include "turnout/protocol/websocket/accept.hpp"
#include "turnout/protocol/websocket/agree.hpp"
#include "turnout/protocol/websocket/begun_accept.hpp"
#include "turnout/protocol/websocket/client.hpp"
#include "turnout/protocol/websocket/deflate.hpp"
#include "turnout/protocol/websocket/deflate_client.hpp"
#include "turnout/protocol/websocket/deflate_parameters.hpp"
#include "turnout/protocol/websocket/deflate_server.hpp"
#include "turnout/protocol/websocket/origin.hpp"
#include "turnout/protocol/websocket/profile.hpp"
#include "turnout/protocol/websocket/server.hpp"
#include "turnout/protocol/websocket/slashed_subprotocol.hpp"
#include "turnout/protocol/websocket/uri.hpp"
#include "turnout/protocol/websocket/written_extensions.hpp"
