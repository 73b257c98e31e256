// The version of the library, for the preprocessor: three numbers (semantic versioning).
// The build files read it from here, so that it is written down once.
#pragma once

#define TURNOUT_VERSION_MAJOR 0
#define TURNOUT_VERSION_MINOR 1
#define TURNOUT_VERSION_PATCH 0
