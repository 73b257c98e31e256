// What an intermediary does with requests and responses that it forwards.
#pragma once

#include "turnout/version.hpp"

#include "turnout/negotiation/relay/changed_lines.hpp"
#include "turnout/negotiation/relay/field_fates.hpp"
#include "turnout/negotiation/relay/forwarded_lines.hpp"
#include "turnout/negotiation/relay/forwarded_request.hpp"
#include "turnout/negotiation/relay/forwarded_response.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/own_lines.hpp"
#include "turnout/negotiation/relay/relayed_offer.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"
#include "turnout/negotiation/relay/removed_fields.hpp"
#include "turnout/negotiation/relay/response_forwarding.hpp"
#include "turnout/negotiation/relay/room.hpp"
