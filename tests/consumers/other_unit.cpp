// A second unit with the whole library: linking it to the first shows what is not inline.
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>
