// turnout as a folder of headers.
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "server.hpp"
