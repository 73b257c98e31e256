// Gateways between HTTP/1.1 and extended CONNECT of HTTP/2 and HTTP/3.
#pragma once

#include "turnout/version.hpp"

#include "turnout/connection/gateway/forwarded_request.hpp"
#include "turnout/connection/gateway/framed_content.hpp"
#include "turnout/connection/gateway/from_http_1.hpp"
#include "turnout/connection/gateway/from_http_1_driver.hpp"
#include "turnout/connection/gateway/position.hpp"
#include "turnout/connection/gateway/to_http_1.hpp"
#include "turnout/connection/gateway/to_http_1_driver.hpp"
#include "turnout/connection/gateway/turn.hpp"
#include "turnout/connection/gateway/upgrade.hpp"
