// All of turnout but the adapters, in layer order.
#pragma once

#include "turnout/version.hpp"

#include "turnout/core/ascii.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"

#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/base64.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/octet.hpp"
#include "turnout/grammar/parameter.hpp"
#include "turnout/grammar/quoted_string.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/value_lines.hpp"

#include "turnout/field/connection.hpp"
#include "turnout/field/content_length.hpp"
#include "turnout/field/expect.hpp"
#include "turnout/field/host.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/field/sec_websocket_protocol.hpp"
#include "turnout/field/sec_websocket_version.hpp"
#include "turnout/field/transfer_encoding.hpp"
#include "turnout/field/upgrade.hpp"

#include "turnout/machine/client.hpp"
#include "turnout/machine/server.hpp"
#include "turnout/machine/transition.hpp"
