# Finds the other libraries that turnout is compared with: what is not installed is not found.
set(TURNOUT_FETCHED "${PROJECT_SOURCE_DIR}/build-benchmarks/fetched" CACHE PATH
    "What picohttpparser.sh and crates.sh got")

find_package(Boost 1.74 CONFIG QUIET)
find_path(WEBSOCKETPP_INCLUDE websocketpp/version.hpp)
find_path(HTTP_PARSER_INCLUDE http_parser.h)
find_library(HTTP_PARSER_LIBRARY http_parser)
find_path(LLHTTP_INCLUDE llhttp.h PATHS /usr/share/include PATH_SUFFIXES llhttp)
find_path(LLHTTP_SOURCES llhttp.c PATHS /usr/share PATH_SUFFIXES llhttp)
find_path(PICOHTTPPARSER_SOURCES picohttpparser.c PATHS ${TURNOUT_FETCHED}/picohttpparser)
find_library(HTTPARSE_LIBRARY turnout_httparse PATHS ${TURNOUT_FETCHED}/crates/target/release)
find_path(UWEBSOCKETS_INCLUDE WebSocketHandshake.h PATHS ${TURNOUT_FETCHED}/uwebsockets)
find_package(OpenSSL 3 QUIET)

# Debian 12 has llhttp as sources, Debian 13 as a library.
if(LLHTTP_SOURCES)
  if(NOT TARGET llhttp)
    enable_language(C)
    add_library(llhttp STATIC ${LLHTTP_SOURCES}/api.c ${LLHTTP_SOURCES}/http.c
                ${LLHTTP_SOURCES}/llhttp.c)
    target_include_directories(llhttp SYSTEM PRIVATE ${LLHTTP_INCLUDE})
  endif()
  set(LLHTTP_LIBRARY llhttp)
else()
  find_library(LLHTTP_LIBRARY llhttp)
endif()

set(PICOHTTPPARSER_ORIGIN "other sources")
if(EXISTS ${PICOHTTPPARSER_SOURCES}/origin)
  file(STRINGS ${PICOHTTPPARSER_SOURCES}/origin PICOHTTPPARSER_ORIGIN)
endif()
