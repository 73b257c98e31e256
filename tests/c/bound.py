"""packaging/c/turnout.h for ctypes."""
import ctypes
import os
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint, c_uint64


class Text(Structure):
    _fields_ = [("octets", ctypes.c_void_p), ("size", c_size_t)]

    def __bytes__(self):
        return ctypes.string_at(self.octets, self.size) if self.size else b""


class Error(Structure):
    _fields_ = [("code", c_int), ("at", c_size_t)]


def opaque(words):
    return type("Opaque", (Structure,), {"_fields_": [("opaque", c_uint64 * words)]})


Protocols, Server, Client, Relay, Facts = map(opaque, [160, 20, 48, 40, 104])


class ServerTurn(Structure):
    _fields_ = [("need", c_int), ("output", Text), ("used", c_size_t), ("why", Error),
                ("method", Text), ("target", Text), ("content", Text), ("protocol", Text),
                ("rest", Text), ("opaque", c_uint64 * 150)]


class ClientTurn(Structure):
    _fields_ = [("need", c_int), ("output", Text), ("used", c_size_t), ("why", Error),
                ("status", c_int), ("content", Text), ("rest", Text), ("opaque", c_uint64 * 130)]


class RelayTurn(Structure):
    _fields_ = [("need", c_int), ("to_client", Text * 3), ("to_server", Text * 3),
                ("used", c_size_t), ("why", Error), ("idle", c_int), ("method", Text),
                ("target", Text), ("protocol", Text), ("opaque", c_uint64 * 180)]


class Terms(Structure):
    _fields_ = [("origins", POINTER(c_char_p)), ("origin_count", c_size_t),
                ("subprotocols", POINTER(c_char_p)), ("subprotocol_count", c_size_t),
                ("deflate", c_int)]


class Request(Structure):
    _fields_ = [("target", c_char_p), ("host", c_char_p), ("origin", c_char_p),
                ("subprotocols", c_char_p), ("nonce", ctypes.c_ubyte * 16)]


library = ctypes.CDLL(os.environ["TURNOUT_C"])
octets, size = ctypes.c_void_p, c_size_t
for name, result, arguments in [
        ("error_name", Text, [c_int]), ("explain", Text, [c_int]), ("section", Text, [c_int]),
        ("status", c_int, [c_int]),
        ("protocols_init", None, [POINTER(Protocols)]),
        ("protocols_add_websocket", c_int, [POINTER(Protocols)]),
        ("protocols_add", c_int, [POINTER(Protocols), c_char_p, c_uint, c_int]),
        ("server_init", None, [POINTER(Server), POINTER(Protocols), size]),
        ("server_advance", None, [POINTER(Server), octets, size, octets, size, POINTER(ServerTurn)]),
        ("server_end", None,
         [POINTER(Server), c_int, octets, size, octets, size, POINTER(ServerTurn)]),
        ("server_field", c_int, [POINTER(ServerTurn), c_char_p, POINTER(Text)]),
        ("server_answer", Error,
         [POINTER(Server), POINTER(ServerTurn), POINTER(Terms), octets, size, POINTER(Text)]),
        ("server_refuse", Error, [POINTER(Server), c_int, octets, size, POINTER(Text)]),
        ("server_responded", Error, [POINTER(Server), c_int]),
        ("server_connection_line", Text, [POINTER(Server)]),
        ("client_init", Error, [POINTER(Client), POINTER(Request), size]),
        ("client_advance", None, [POINTER(Client), octets, size, octets, size, POINTER(ClientTurn)]),
        ("client_end", None,
         [POINTER(Client), c_int, octets, size, octets, size, POINTER(ClientTurn)]),
        ("client_field", c_int, [POINTER(ClientTurn), c_char_p, POINTER(Text)]),
        ("relay_init", None, [POINTER(Relay), POINTER(Protocols), c_char_p, size]),
        ("relay_advance", None,
         [POINTER(Relay), c_int, octets, size, octets, size, POINTER(RelayTurn)]),
        ("relay_end", None,
         [POINTER(Relay), c_int, c_int, octets, size, octets, size, POINTER(RelayTurn)]),
        ("relay_forward", Error, [POINTER(Relay), POINTER(RelayTurn), octets, size, POINTER(Text)]),
        ("relay_refuse", Error, [POINTER(Relay), c_int, octets, size, POINTER(Text)]),
        ("facts_init", None, [POINTER(Facts), octets, size, c_int]),
        ("facts_see", None, [POINTER(Facts), octets, size, octets, size]),
        ("facts_open_websocket", Error,
         [POINTER(Facts), POINTER(Terms), octets, size, POINTER(Text)])]:
    function = getattr(library, "turnout_" + name)
    function.restype, function.argtypes = result, arguments
    globals()[name] = function


class Buffer:
    """Octets that came and were not dropped. Views into them are good until take() and drop()."""

    def __init__(self, capacity=16384):
        self.memory, self.size = ctypes.create_string_buffer(capacity), 0
        self.capacity = capacity

    def take(self, more):
        ctypes.memmove(ctypes.addressof(self.memory) + self.size, more, len(more))
        self.size += len(more)

    def drop(self, used):
        rest = self.memory.raw[used:self.size]
        ctypes.memmove(self.memory, rest, len(rest))
        self.size -= used

    def __bytes__(self):
        return self.memory.raw[:self.size]


def strings(*texts):
    """A list of strings for Terms, and how many."""
    return (c_char_p * len(texts))(*texts), len(texts)
