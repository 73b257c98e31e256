// Extended CONNECT of HTTP/2 and HTTP/3, to and from HTTP/1.1.
#pragma once

#include "turnout/version.hpp"

#include "turnout/protocol/extended_connect/connect.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/from_http_1.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/refusal.hpp"
#include "turnout/protocol/extended_connect/request.hpp"
#include "turnout/protocol/extended_connect/response.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/extended_connect/to_http_1_request.hpp"
#include "turnout/protocol/extended_connect/to_http_1_response.hpp"
