// turnout as a folder of headers.
#include <turnout/turnout.hpp>

#include "server.hpp"
