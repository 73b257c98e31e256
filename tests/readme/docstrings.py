"""Prints the examples of all docstrings as test cases: docstrings.py FOLDER

An example is a block of cpp between fences in a docstring: the body of a function, in which each `assert`
is checked.
"""
import pathlib
import re
import sys

# Each of these has an example; others may have one.
MAIN = """adapter/error_code connection/client connection/gateway/from_http_1 connection/gateway/to_http_1
connection/relay connection/server core/errc_name core/explain core/result core/writer
field/alpn field/capsule_protocol field/connection field/content_length field/expect field/host
field/http2_settings field/max_forwards field/name field/proxy_status field/sec_websocket_extensions
field/sec_websocket_key field/sec_websocket_protocol field/sec_websocket_version field/transfer_encoding
field/upgrade grammar/authority grammar/base64 grammar/list grammar/quoted_string grammar/structured_item
grammar/structured_list grammar/uri_template grammar/uri_variable grammar/value_lines
handshake/client handshake/relay handshake/server_received machine/transition
message/content message/field_line message/framing message/head message/http_version message/limits
message/method message/reason_phrase message/request_line message/request_target message/status_line
negotiation/advertised negotiation/advertisement negotiation/examine_request negotiation/facts
negotiation/hop_by_hop negotiation/incremental negotiation/offer negotiation/persistence negotiation/profile
negotiation/proposal negotiation/read_facts negotiation/refusal negotiation/relay/forwarded_request
negotiation/status_fields negotiation/switching negotiation/tunnel negotiation/tunnel_request
protocol/alpn protocol/de_facto/remote_desktop protocol/de_facto/remoting protocol/docker
protocol/extended_connect/connect protocol/extended_connect/refusal protocol/extended_connect/request
protocol/extended_connect/response protocol/extended_connect/rules protocol/extended_connect/to_http_1_request
protocol/h2c protocol/kubernetes protocol/tls protocol/tunnel/bound_udp protocol/tunnel/capsule
protocol/tunnel/connect_ethernet protocol/tunnel/connect_ip protocol/tunnel/connect_udp
protocol/tunnel/datagram protocol/tunnel/ip_capsules protocol/tunnel/proxy_template protocol/tunnel/varint
protocol/websocket/accept protocol/websocket/agree protocol/websocket/client protocol/websocket/deflate
protocol/websocket/deflate_client protocol/websocket/deflate_server protocol/websocket/origin
protocol/websocket/server protocol/websocket/uri protocol/websocket/written_extensions""".split()

BLOCK = re.compile(r"(?m)^( *///)\n */// ```cpp\n((?:\1.*\n)*?)\1 ```\n(?! *///)")
FENCE = re.compile(r"(?m)^ *//.*```")
TOP = """// The examples of the docstrings, as they are there.
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include <turnout/adapter/error_code.hpp>
#include <turnout/connection/gateway.hpp>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

#include <doctest/doctest.h>

#undef assert
#define assert(...) CHECK((__VA_ARGS__))
"""


def test_case(name, text, block):
    """An example as a test case. The compiler and doctest say where its lines are in the header."""
    line = text.count("\n", 0, block.start(2)) + 1
    code = re.sub(rf"(?m)^{block[1]} ?", "  ", block[2])
    return f'TEST_CASE("{name}") {{\n#line {line} "turnout/{name}.hpp"\n{code}}}\n'


folder = pathlib.Path(sys.argv[1])
cases, having = [], set()
for header in sorted(folder.rglob("*.hpp")):
    text = header.read_text(encoding="utf-8")
    name = header.relative_to(folder).with_suffix("").as_posix()
    blocks = list(BLOCK.finditer(text))
    if len(FENCE.findall(text)) != 2 * len(blocks):
        sys.exit(f"{header}: an example is a block of cpp, after an empty line at the end of a docstring")
    having |= {name} if blocks else set()
    cases += [test_case(name, text, block) for block in blocks]
if missing := [name for name in MAIN if name not in having]:
    sys.exit(f"{folder}: no example in a docstring of {missing}")
print(TOP, *cases, sep="\n", end="")
