// What every consumer builds: the whole library included, and its version printed.
#include <turnout/turnout.hpp>

#include <cstdio>

int main() {
  std::printf("turnout %d.%d.%d\n", TURNOUT_VERSION_MAJOR, TURNOUT_VERSION_MINOR,
              TURNOUT_VERSION_PATCH);
}
