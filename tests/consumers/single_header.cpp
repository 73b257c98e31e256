// turnout as one file.
#include "turnout.hpp"

#include "server.hpp"
