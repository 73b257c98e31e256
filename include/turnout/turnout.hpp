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

#include "turnout/machine/client.hpp"
#include "turnout/machine/server.hpp"
#include "turnout/machine/transition.hpp"
