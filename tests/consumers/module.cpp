// turnout as a module. What is included comes before, which all compilers understand.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

import turnout;

#include "server.hpp"
