// Package turnout is the server's side of HTTP upgrades, without input or output: send, do, drop.
package turnout

// #cgo CPPFLAGS: -I${SRCDIR}/../c -I${SRCDIR}/../../include
// #cgo CXXFLAGS: -std=c++20 -O2 -fno-exceptions -fno-rtti
// #include <stdlib.h>
// #include "turnout.h"
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Need is what to do in a turn, after its output was sent.
type Need int

// What a server does.
const (
	More     Need = iota // read more, and advance again
	Request              // look at the request; answer it, or advance to get its content first
	Decision             // answer the offer, or advance to decline it
	Connect              // not asked for: CONNECT is refused
	Content              // use Content
	Response             // the request is complete: respond, and call Responded
	Switched             // speak Protocol, whose first octets are Rest
	Close                // close the connection
)

// Error says why something failed.
type Error struct {
	Name, Text string // such as bare_lf, and one sentence
	At         int    // which octet of the input; with no_space, how many octets of output it takes
}

func (e *Error) Error() string { return fmt.Sprintf("%s (at octet %d)", e.Text, e.At) }

// Turn is one turn: send Output, do what Need says, drop Used octets of the input.
type Turn struct {
	Need                                    Need
	Output                                  []byte
	Used                                    int
	Why                                     *Error
	Method, Target, Content, Protocol, Rest []byte
}

// Terms are what a server wants of a WebSocket.
type Terms struct {
	Subprotocols []string // that the server speaks, at most 16
	Deflate      bool     // whether messages may be compressed
}

// Server is one connection on the server's side, up to the switch. Its memory is C's, so that no
// pointer to it moves; it is freed with the Server.
type Server struct {
	list   *C.turnout_protocols
	server *C.turnout_server
	turn   *C.turnout_server_turn
	in     []byte // C's
	out    []byte // C's
}

// New makes a server's connection that speaks WebSocket. A head of more than capacity octets is
// refused.
func New(capacity int) *Server {
	s := &Server{
		list:   (*C.turnout_protocols)(C.malloc(C.sizeof_turnout_protocols)),
		server: (*C.turnout_server)(C.malloc(C.sizeof_turnout_server)),
		turn:   (*C.turnout_server_turn)(C.calloc(1, C.sizeof_turnout_server_turn)),
		in:     unsafe.Slice((*byte)(C.malloc(C.size_t(capacity))), capacity),
		out:    unsafe.Slice((*byte)(C.malloc(4096)), 4096),
	}
	C.turnout_protocols_init(s.list)
	C.turnout_protocols_add_websocket(s.list)
	C.turnout_server_init(s.server, s.list, C.size_t(capacity))
	runtime.SetFinalizer(s, func(s *Server) {
		for _, one := range []unsafe.Pointer{unsafe.Pointer(s.list), unsafe.Pointer(s.server),
			unsafe.Pointer(s.turn), unsafe.Pointer(&s.in[0]), unsafe.Pointer(&s.out[0])} {
			C.free(one)
		}
	})
	return s
}

// Advance takes one step, from all octets that were read and not dropped, at most the capacity. The
// turn holds copies.
func (s *Server) Advance(unread []byte) Turn {
	defer runtime.KeepAlive(s) // or its memory might be freed meanwhile
	size := copy(s.in, unread)
	C.turnout_server_advance(s.server, chars(s.in), C.size_t(size), chars(s.out),
		C.size_t(len(s.out)), s.turn)
	t := s.turn
	return Turn{Need(t.need), octets(t.output), int(t.used), failure(t.why), octets(t.method),
		octets(t.target), octets(t.content), octets(t.protocol), octets(t.rest)}
}

// Field is the value of the first line of a field of the last turn's head, and whether it is there.
func (s *Server) Field(name string) (string, bool) {
	defer runtime.KeepAlive(s)
	of := C.CString(name)
	defer C.free(unsafe.Pointer(of))
	var value C.turnout_text
	found := C.turnout_server_field(s.turn, of, &value)
	return string(octets(value)), found != 0
}

// Answer answers the last turn's decision: the 101, or the refusal that the fault asks for.
func (s *Server) Answer(terms Terms) ([]byte, error) {
	names := make([]*C.char, len(terms.Subprotocols))
	for i, one := range terms.Subprotocols {
		names[i] = C.CString(one)
		defer C.free(unsafe.Pointer(names[i]))
	}
	wanted := (*C.turnout_terms)(C.calloc(1, C.sizeof_turnout_terms))
	defer C.free(unsafe.Pointer(wanted))
	if len(names) > 0 {
		list := C.malloc(C.size_t(len(names)) * C.size_t(unsafe.Sizeof(names[0])))
		defer C.free(list)
		copy(unsafe.Slice((**C.char)(list), len(names)), names)
		wanted.subprotocols, wanted.subprotocol_count = (**C.char)(list), C.size_t(len(names))
	}
	if terms.Deflate {
		wanted.deflate = 1
	}
	return s.write(func(text *C.turnout_text) C.turnout_error {
		return C.turnout_server_answer(s.server, s.turn, wanted, chars(s.out),
			C.size_t(len(s.out)), text)
	})
}

// Refuse writes a final response of 300 to 599 to whatever waits for one.
func (s *Server) Refuse(status int) ([]byte, error) {
	return s.write(func(text *C.turnout_text) C.turnout_error {
		return C.turnout_server_refuse(s.server, C.int(status), chars(s.out), C.size_t(len(s.out)),
			text)
	})
}

// Responded says that the caller has sent a response of its own, and whether that said close.
func (s *Server) Responded(close bool) error {
	defer runtime.KeepAlive(s)
	var says C.int
	if close {
		says = 1
	}
	if why := failure(C.turnout_server_responded(s.server, says)); why != nil {
		return why
	}
	return nil
}

func (s *Server) write(call func(*C.turnout_text) C.turnout_error) ([]byte, error) {
	defer runtime.KeepAlive(s)
	var text C.turnout_text
	if why := failure(call(&text)); why != nil {
		return nil, why
	}
	return octets(text), nil
}

func chars(all []byte) *C.char { return (*C.char)(unsafe.Pointer(&all[0])) }

func octets(text C.turnout_text) []byte {
	if text.size == 0 {
		return nil
	}
	return C.GoBytes(unsafe.Pointer(text.octets), C.int(text.size))
}

func failure(e C.turnout_error) *Error {
	if e.code == 0 {
		return nil
	}
	return &Error{string(octets(C.turnout_error_name(e.code))),
		string(octets(C.turnout_explain(e.code))), int(e.at)}
}
