// Compiled by cgo.
#include "../c/turnout_c.cpp"
