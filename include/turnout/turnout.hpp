// All of turnout but the adapters, in layer order.
#pragma once

#include "turnout/version.hpp"

#include "turnout/core/ascii.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"

#include "turnout/machine/client.hpp"
#include "turnout/machine/server.hpp"
#include "turnout/machine/transition.hpp"
