// Go's WebSocket libraries: `LIBRARY client URL` or `LIBRARY server`, as python_peers.py.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	coder "github.com/coder/websocket"
	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
	"github.com/gorilla/websocket"
)

var texts = []string{"Hello", "", strings.Repeat("m", 10000)}
var subprotocols = []string{"zzz", "chat"}

type found struct {
	Subprotocol string `json:"subprotocol"`
	Compressed  bool   `json:"compressed"`
	Echoed      bool   `json:"echoed"`
	Closed      int    `json:"closed"`
	Refused     int    `json:"refused"`
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func gorillaClient(url string) (saw found) {
	dialer := websocket.Dialer{Subprotocols: subprotocols, EnableCompression: true}
	peer, response, err := dialer.Dial(url+"/echo", nil)
	must(err)
	saw.Compressed = strings.Contains(response.Header.Get("Sec-Websocket-Extensions"), "deflate")
	saw.Subprotocol, saw.Echoed = peer.Subprotocol(), true
	for _, text := range texts {
		must(peer.WriteMessage(websocket.TextMessage, []byte(text)))
		_, back, err := peer.ReadMessage()
		must(err)
		saw.Echoed = saw.Echoed && string(back) == text
	}
	must(peer.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, "")))
	_, _, err = peer.ReadMessage()
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		saw.Closed = closed.Code
	}
	_, response, err = dialer.Dial(url+"/none", nil)
	if err != nil && response != nil {
		saw.Refused = response.StatusCode
	}
	return
}

func coderClient(url string) (saw found) {
	always := context.Background()
	options := &coder.DialOptions{Subprotocols: subprotocols,
		CompressionMode: coder.CompressionContextTakeover}
	peer, response, err := coder.Dial(always, url+"/echo", options)
	must(err)
	saw.Compressed = strings.Contains(response.Header.Get("Sec-Websocket-Extensions"), "deflate")
	saw.Subprotocol, saw.Echoed = peer.Subprotocol(), true
	for _, text := range texts {
		must(peer.Write(always, coder.MessageText, []byte(text)))
		_, back, err := peer.Read(always)
		must(err)
		saw.Echoed = saw.Echoed && string(back) == text
	}
	must(peer.Close(coder.StatusNormalClosure, ""))
	saw.Closed = 1000
	_, response, err = coder.Dial(always, url+"/none", nil)
	if err != nil && response != nil {
		saw.Refused = response.StatusCode
	}
	return
}

// What came together with a head is in a reader of its own.
func withUnread(connection net.Conn, unread *bufio.Reader) io.ReadWriter {
	if unread == nil {
		return connection
	}
	return struct {
		io.Reader
		io.Writer
	}{unread, connection}
}

func gobwasClient(url string) (saw found) {
	dialer := ws.Dialer{Protocols: subprotocols}
	connection, unread, handshake, err := dialer.Dial(context.Background(), url+"/echo")
	must(err)
	peer := withUnread(connection, unread)
	saw.Subprotocol, saw.Echoed = handshake.Protocol, true
	for _, text := range texts {
		must(wsutil.WriteClientText(peer, []byte(text)))
		back, err := wsutil.ReadServerText(peer)
		must(err)
		saw.Echoed = saw.Echoed && string(back) == text
	}
	must(ws.WriteFrame(peer, ws.MaskFrame(ws.NewCloseFrame(ws.NewCloseFrameBody(1000, "")))))
	frame, err := ws.ReadFrame(peer)
	must(err)
	code, _ := ws.ParseCloseFrameData(frame.Payload)
	saw.Closed = int(code)
	_, _, _, err = dialer.Dial(context.Background(), url+"/none")
	var status ws.StatusError
	if errors.As(err, &status) {
		saw.Refused = int(status)
	}
	return
}

func serve(handle http.HandlerFunc) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	must(http.Serve(listener, handle))
}

func gorillaServer() {
	upgrader := websocket.Upgrader{Subprotocols: []string{"chat"}, EnableCompression: true}
	serve(func(w http.ResponseWriter, r *http.Request) {
		peer, err := upgrader.Upgrade(w, r, nil)
		for err == nil {
			var kind int
			var message []byte
			if kind, message, err = peer.ReadMessage(); err == nil {
				err = peer.WriteMessage(kind, message)
			}
		}
	})
}

func coderServer() {
	options := &coder.AcceptOptions{Subprotocols: []string{"chat"},
		CompressionMode: coder.CompressionContextTakeover}
	serve(func(w http.ResponseWriter, r *http.Request) {
		peer, err := coder.Accept(w, r, options)
		for err == nil {
			var kind coder.MessageType
			var message []byte
			if kind, message, err = peer.Read(r.Context()); err == nil {
				err = peer.Write(r.Context(), kind, message)
			}
		}
	})
}

func gobwasServer() {
	upgrader := ws.HTTPUpgrader{Protocol: func(name string) bool { return name == "chat" }}
	serve(func(w http.ResponseWriter, r *http.Request) {
		connection, unread, _, err := upgrader.Upgrade(r, w)
		if connection != nil {
			defer connection.Close()
		}
		if err != nil {
			return
		}
		peer := withUnread(connection, unread.Reader)
		for err == nil {
			var message []byte
			var kind ws.OpCode
			if message, kind, err = wsutil.ReadClientData(peer); err == nil {
				err = wsutil.WriteServerMessage(peer, kind, message)
			}
		}
	})
}

func main() {
	clients := map[string]func(string) found{"gorilla": gorillaClient, "coder": coderClient,
		"gobwas": gobwasClient}
	servers := map[string]func(){"gorilla": gorillaServer, "coder": coderServer,
		"gobwas": gobwasServer}
	if os.Args[2] == "server" {
		servers[os.Args[1]]()
		return
	}
	must(json.NewEncoder(os.Stdout).Encode(clients[os.Args[1]](os.Args[3])))
}
