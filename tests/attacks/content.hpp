// Content that two parties frame differently, or that comes around a switch.
#pragma once

#include <string>

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"

namespace attacks {

inline const std::string posts_foo =
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: Upgrade\r\nUpgrade: "
    "foo/2\r\n\r\n";
inline const std::string posts_chunks =
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

inline const std::string sends_on_chunks =
    "request /\n> POST / HTTP/1.1\n> Host: a\n> Transfer-Encoding: chunked\n> Via: 1.1 p\n>\n";

inline const attack vertx_body{
    "CVE-2018-12541",
    "Eclipse Vert.x",
    "The server kept all content of a WebSocket request in memory before it answered.",
    "turnout examines the request with its head. A WebSocket request can't have content; for "
    "protocols that allow it, each piece is returned as it arrives, and none is kept.",
    "MSG-83 ENG-13",
    {server(plus(asks_websocket, "Content-Length: 4294967296") + "xxxx",
            refused(errc::content_not_allowed)),
     server(
         with(posts_foo, ": 5", ": 4294967296") + "xxxx",
         "decision HTTP/1.1 101 Switching Protocols\ncontent xxxx\n" + closes(errc::incomplete))}};

inline const attack nghttpx_length{
    "CVE-2026-58055",
    "nghttpx",
    "The proxy upgraded a request with Content-Length, and kept the connection to the server: the "
    "server read the content as the next request.",
    "The content is forwarded first, with the framing in the forwarded head; a WebSocket request "
    "with content is forwarded without an offer.",
    "INT-34 INT-18",
    {relay(plus(asks_websocket, "Content-Length: 32") + gets_admin, {found_nothing},
           with(sends_on_websocket, "> Via: 1.1 p\n> Connection: Upgrade\n> Upgrade: websocket\n",
                "> Content-Length: 32\n> Via: 1.1 p\n") +
               shown(gets_admin, "> ") + passes_nothing),
     relay(posts_foo + "hello" + gets_admin, {found_nothing},
           with(with(sends_on_foo, "GET", "POST"), "> Via", "> Content-Length: 5\n> Via") +
               "> hello\n" + passes_nothing + sends_on_admin)}};

inline const attack aiohttp_body{
    "CVE-2026-69243",
    "aiohttp",
    "The server accepted a WebSocket request without reading its content, and then read the "
    "content as another request.",
    "Such a request gets a 400, and the connection closes. With a protocol that allows content, "
    "the new protocol begins after it.",
    "MSG-83 UPG-27 UPG-29",
    {server(plus(asks_websocket, "Content-Length: 32") + gets_admin,
            refused(errc::content_not_allowed)),
     server(posts_foo + "hello" + gets_admin,
            "decision HTTP/1.1 101 Switching Protocols\ncontent hello\nswitched foo\n")}};

inline const attack jetty_extension{
    "CVE-2026-2332",
    "Jetty",
    "The end of a line within a quoted chunk extension ended the chunk's line. Parsers that "
    "handled the quotes saw different chunks and requests.",
    "A CR or LF that does not end the line is an error, even within quotes. A relay forwards no "
    "extension, and writes the line of each chunk itself.",
    "MSG-71 INT-34",
    {server(posts_chunks + "1;a=\"\r\nX\r\n0\r\n\r\n" + gets_admin + "\"\r\n0\r\n\r\n",
            "request /\n" + refused(errc::bad_chunk_extension)),
     relay(posts_chunks + "1;a=\"\r\nX\r\n0\r\n\r\n", {},
           sends_on_chunks + refused_by_relay(errc::bad_chunk_extension) +
               held("1;a=\"\r\nX\r\n0\r\n\r\n")),
     relay(posts_chunks + "1;a=\"b\"\r\nX\r\n0\r\n\r\n", {},
           sends_on_chunks + "> 1\n> X\n> 0\n>\n")}};

inline const attack kestrel_extension{
    "CVE-2025-55315",
    "ASP.NET Core Kestrel",
    "A lone LF in a chunk extension ended the line for one party, and not for the other.",
    "A lone LF is an error, wherever it is.",
    "MSG-71 MSG-02",
    {server(posts_chunks + "1;\nX\r\n0\r\n\r\n", "request /\n" + refused(errc::bare_lf))}};

inline const attack mongoose_1_0{
    "CVE-2026-73256, CVE-2026-2835",
    "Mongoose, Pingora",
    "The server read chunks in HTTP/1.0, where a proxy before it sees another framing.",
    "Transfer-Encoding in HTTP/1.0 is an error, and the connection closes.",
    "MSG-63",
    {server(with(posts_chunks, "1.1", "1.0") + "0\r\n\r\n" + gets_admin,
            refused(errc::transfer_encoding_in_http_1_0)),
     relay(with(posts_chunks, "1.1", "1.0"), {},
           refused_by_relay(errc::transfer_encoding_in_http_1_0) +
               held(with(posts_chunks, "1.1", "1.0"))),
     client(asked_foo, "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "> GET / HTTP/1.1\n" + closes(errc::transfer_encoding_in_http_1_0))}};

inline const attack both_lengths{
    "CVE-2026-73257, CVE-2026-69204",
    "Mongoose, http4s Ember",
    "A request with both Content-Length and Transfer-Encoding was accepted. Parties that choose "
    "differently see different requests.",
    "Both together are an error: the connection closes, and nothing is forwarded.",
    "MSG-58 INT-17",
    {server(plus(posts_chunks, "Content-Length: 5") + "0\r\n\r\n" + gets_admin,
            refused(errc::length_and_transfer_encoding)),
     relay(plus(posts_chunks, "Content-Length: 5"), {},
           refused_by_relay(errc::length_and_transfer_encoding) +
               held(plus(posts_chunks, "Content-Length: 5"))),
     client(asked_foo,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "> GET / HTTP/1.1\n" + closes(errc::length_and_transfer_encoding))}};

inline const attack ember_coding{
    "CVE-2026-69205",
    "http4s Ember",
    "The server searched the value for the coding's name in lower case, so that it did not "
    "recognise Chunked.",
    "Codings are whole tokens, in any case. A request whose last coding is not chunked gets a 400.",
    "GRM-14 GRM-17 MSG-60",
    {server(with(posts_chunks, "chunked", "Chunked") + "1\r\nX\r\n0\r\n\r\n",
            "request /\ncontent X\nresponse\n< 200\nclose\n"),
     server(with(posts_chunks, "chunked", "xchunked") + "1\r\nX\r\n0\r\n\r\n",
            refused(errc::chunked_not_final))}};

inline const attack ember_size{
    "CVE-2026-69216",
    "http4s Ember",
    "The size of a chunk could have a sign, or whitespace around it.",
    "A size is hexadecimal digits, and nothing else.",
    "MSG-70",
    {server(posts_chunks + "+1\r\nX\r\n0\r\n\r\n", "request /\n" + refused(errc::bad_chunk_size)),
     server(posts_chunks + " 1\r\nX\r\n0\r\n\r\n", "request /\n" + refused(errc::bad_chunk_size)),
     server(posts_chunks + "-0\r\n\r\n", "request /\n" + refused(errc::bad_chunk_size))}};

inline const attack undici_lengths{
    "CVE-2026-1525",
    "undici",
    "A message could have several Content-Length fields, and each party chose one of them.",
    "More than one Content-Length is an error, even if all are equal.",
    "MSG-66",
    {server("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            refused(errc::repeated_content_length)),
     client(asked_foo, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "> GET / HTTP/1.1\n" + closes(errc::repeated_content_length))}};

inline group content() {
  return {"Content around the switch",
          {vertx_body, nghttpx_length, aiohttp_body, jetty_extension, kestrel_extension,
           mongoose_1_0, both_lengths, ember_coding, ember_size, undici_lengths}};
}

}  // namespace attacks
