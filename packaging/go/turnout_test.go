package turnout

import (
	"bytes"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
)

const asks = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
	"Sec-WebSocket-Protocol: chat\r\n\r\n"

func TestAWebSocketSwitches(t *testing.T) {
	server := New(4096)
	unread := []byte(asks + "\x81\x02hi")
	turn := server.Advance(unread)
	if turn.Need != Decision || string(turn.Target) != "/chat" {
		t.Fatal(turn)
	}
	if value, found := server.Field("HOST"); !found || value != "a" {
		t.Fatal(value, found)
	}
	answer, err := server.Answer(Terms{Subprotocols: []string{"chat"}})
	if err != nil || !bytes.Contains(answer, []byte("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) ||
		!bytes.Contains(answer, []byte("Sec-WebSocket-Protocol: chat\r\n")) {
		t.Fatal(string(answer), err)
	}
	turn = server.Advance(unread[turn.Used:])
	if turn.Need != Switched || string(turn.Rest) != "\x81\x02hi" {
		t.Fatal(turn)
	}
}

func TestAnOrdinaryRequest(t *testing.T) {
	server := New(4096)
	unread := []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	turn := server.Advance(unread)
	if turn.Need != Request {
		t.Fatal(turn)
	}
	turn = server.Advance(unread[turn.Used:])
	if turn.Need != Response {
		t.Fatal(turn)
	}
	if err := server.Responded(false); err != nil {
		t.Fatal(err)
	}
	if err := server.Responded(false); err == nil || err.(*Error).Name != "out_of_turn" {
		t.Fatal(err)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	turn := New(4096).Advance([]byte("GET / HTTP/1.1\n"))
	if turn.Need != Close || turn.Why == nil || turn.Why.Name != "bare_lf" || turn.Why.At != 14 {
		t.Fatal(turn)
	}
}

// The collector runs all the time; what it frees too early is the next server's.
func TestAServerLivesDuringItsCalls(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	var all sync.WaitGroup
	for server := 0; server < 8; server++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := 0; i < 2000; i++ {
				target := "/" + strings.Repeat(string(rune('a'+i%26)), 1500)
				turn := New(4096).Advance([]byte("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
				if string(turn.Method) != "GET" || string(turn.Target) != target {
					t.Errorf("%q %q", turn.Method, turn.Target)
					return
				}
			}
		}()
	}
	all.Wait()
}
