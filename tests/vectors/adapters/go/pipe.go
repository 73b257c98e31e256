package main

import (
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// end is one end of a connection in memory: the library has it, and the adapter is at the other one.
type end struct {
	mutex   sync.Mutex
	changed *sync.Cond
	input   []byte // what the library has not read
	ended   bool   // whether no more input comes
	output  []byte // what the library has written
	closed  bool   // whether the library has closed
	waiting bool   // whether the library waits for input
	pastEnd bool   // whether a deadline has passed
	alarm   *time.Timer
	onWrite func()
}

func newEnd(input string, ended bool) *end {
	one := &end{input: octets(input), ended: ended}
	one.changed = sync.NewCond(&one.mutex)
	return one
}

// octets are those of a string of JSON, each of whose characters is one.
func octets(text string) []byte {
	all := make([]byte, 0, len(text))
	for _, one := range text {
		all = append(all, byte(one))
	}
	return all
}

// text is the opposite of octets.
func text(all []byte) string {
	runes := make([]rune, len(all))
	for i, one := range all {
		runes[i] = rune(one)
	}
	return string(runes)
}

func (one *end) Read(into []byte) (int, error) {
	one.mutex.Lock()
	defer one.mutex.Unlock()
	for len(one.input) == 0 && !one.ended && !one.closed && !one.pastEnd {
		one.waiting = true
		one.changed.Broadcast()
		one.changed.Wait()
	}
	one.waiting = false
	if one.closed {
		return 0, net.ErrClosed
	}
	if len(one.input) == 0 && one.pastEnd {
		return 0, errDeadline
	}
	if len(one.input) == 0 {
		return 0, io.EOF
	}
	size := copy(into, one.input)
	one.input = one.input[size:]
	return size, nil
}

func (one *end) Write(from []byte) (int, error) {
	one.mutex.Lock()
	defer one.mutex.Unlock()
	if one.closed {
		return 0, net.ErrClosed
	}
	one.output = append(one.output, from...)
	if one.onWrite != nil {
		one.onWrite()
	}
	one.changed.Broadcast()
	return len(from), nil
}

func (one *end) Close() error {
	one.mutex.Lock()
	defer one.mutex.Unlock()
	one.closed = true
	one.changed.Broadcast()
	return nil
}

type deadline struct{ error }

func (deadline) Timeout() bool   { return true }
func (deadline) Temporary() bool { return true }

var errDeadline = deadline{errors.New("the deadline has passed")}

// SetReadDeadline is what net/http takes its own reads back with, and what gorilla waits with.
func (one *end) SetReadDeadline(when time.Time) error {
	one.mutex.Lock()
	defer one.mutex.Unlock()
	if one.alarm != nil {
		one.alarm.Stop()
	}
	one.pastEnd = false
	if when.IsZero() {
		return nil
	}
	one.alarm = time.AfterFunc(time.Until(when), func() {
		one.mutex.Lock()
		defer one.mutex.Unlock()
		one.pastEnd = true
		one.changed.Broadcast()
	})
	return nil
}

func (one *end) SetDeadline(when time.Time) error { return one.SetReadDeadline(when) }
func (one *end) SetWriteDeadline(time.Time) error { return nil }
func (one *end) LocalAddr() net.Addr              { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }
func (one *end) RemoteAddr() net.Addr             { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 81} }
func (one *end) give(more []byte, ended bool) {
	one.input = append(one.input, more...)
	one.ended = one.ended || ended
	one.changed.Broadcast()
}

// settle waits until the library waits for input or has closed, or does nothing for a while: a
// program that has taken the connection over need not read.
func (one *end) settle() {
	seen, quiet := -1, 0
	for quiet < 40 {
		time.Sleep(time.Millisecond)
		one.mutex.Lock()
		quiet++
		if len(one.output) != seen {
			quiet = 0
		}
		if quiet >= 3 && (one.waiting || one.closed) {
			quiet = 40
		}
		seen = len(one.output)
		one.mutex.Unlock()
	}
}

// listener has one connection.
type listener struct {
	one  chan net.Conn
	done chan struct{}
}

func (all *listener) Accept() (net.Conn, error) {
	select {
	case one := <-all.one:
		return one, nil
	case <-all.done:
		return nil, net.ErrClosed
	}
}
func (all *listener) Close() error   { return nil }
func (all *listener) Addr() net.Addr { return &net.TCPAddr{} }
