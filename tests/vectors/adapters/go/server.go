package main

import (
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/coder/websocket"
	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsflate"
	gorilla "github.com/gorilla/websocket"
)

// choose is the first protocol in Upgrade that is spoken, as a program would look for it.
func choose(request *http.Request, spoken []string) string {
	hasOption := false
	for _, line := range request.Header["Connection"] {
		for _, option := range members(line) {
			hasOption = hasOption || strings.EqualFold(option, "upgrade")
		}
	}
	if !hasOption || !request.ProtoAtLeast(1, 1) {
		return ""
	}
	for _, line := range request.Header["Upgrade"] {
		for _, offered := range members(line) {
			for _, one := range spoken {
				if strings.EqualFold(offered, one) {
					return one
				}
			}
		}
	}
	return ""
}

// switches has the methods with which a request may ask for a protocol that is not WebSocket.
var switches = map[string]bool{http.MethodGet: true, http.MethodPost: true, http.MethodOptions: true}

// byHand switches as programs on net/http do it themselves.
func byHand(one vector, switched answer) http.HandlerFunc {
	spoken := append([]string{one.Profile}, one.Setup.Also...)
	return func(writer http.ResponseWriter, request *http.Request) {
		protocol := choose(request, spoken)
		content, err := io.ReadAll(request.Body)
		switch {
		case err != nil:
			writer.Header().Set("Connection", "close")
			http.Error(writer, "bad content", http.StatusBadRequest)
			return
		case request.Method == http.MethodConnect:
			writer.Header().Set("Connection", "close")
			http.Error(writer, "no tunnels", http.StatusNotImplemented)
			return
		case protocol == "" || !switches[request.Method]:
			return
		}
		connection, buffered, err := writer.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = buffered.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n")
		_ = buffered.Flush()
		switched["protocol"], switched["content"] = protocol, text(content)
		switched["leftover"] = buffered.Reader.Buffered() + len(connection.(*end).input)
	}
}

func selected(name string) any {
	if name == "" {
		return nil
	}
	return name
}

func withGorilla(one vector, switched answer) http.HandlerFunc {
	upgrader := gorilla.Upgrader{
		Subprotocols:      one.Setup.Subprotocols,
		EnableCompression: one.Setup.Deflate != nil,
	}
	return func(writer http.ResponseWriter, request *http.Request) {
		if connection, err := upgrader.Upgrade(writer, request, nil); err == nil {
			switched["protocol"], switched["subprotocol"] = "websocket", selected(connection.Subprotocol())
		}
	}
}

func withCoder(one vector, switched answer) http.HandlerFunc {
	options := &websocket.AcceptOptions{Subprotocols: one.Setup.Subprotocols}
	if one.Setup.Deflate != nil {
		options.CompressionMode = websocket.CompressionContextTakeover
	}
	if one.Setup.Deflate["server_no_context_takeover"] == true {
		options.CompressionMode = websocket.CompressionNoContextTakeover
	}
	return func(writer http.ResponseWriter, request *http.Request) {
		if connection, err := websocket.Accept(writer, request, options); err == nil {
			switched["protocol"], switched["subprotocol"] = "websocket", selected(connection.Subprotocol())
		}
	}
}

// gobwasParameters are those that the documentation starts with, and the limits of a setup.
func gobwasParameters(deflate map[string]any) wsflate.Parameters {
	parameters := wsflate.DefaultParameters
	parameters.ServerMaxWindowBits = limit(deflate["server_max_window_bits"])
	parameters.ClientMaxWindowBits = limit(deflate["client_max_window_bits"])
	return parameters
}

func limit(bits any) wsflate.WindowBits {
	if number, ok := bits.(float64); ok && number < 15 {
		return wsflate.WindowBits(number)
	}
	return 0
}

func withGobwas(one vector, switched answer) http.HandlerFunc {
	upgrader := ws.HTTPUpgrader{Protocol: func(name string) bool {
		for _, known := range one.Setup.Subprotocols {
			if known == name {
				return true
			}
		}
		return false
	}}
	return func(writer http.ResponseWriter, request *http.Request) {
		if one.Setup.Deflate != nil {
			extension := wsflate.Extension{Parameters: gobwasParameters(one.Setup.Deflate)}
			upgrader.Negotiate = extension.Negotiate
		}
		if _, _, handshake, err := upgrader.Upgrade(request, writer); err == nil {
			switched["protocol"], switched["subprotocol"] = "websocket", selected(handshake.Protocol)
		}
	}
}

var handlers = map[string]func(vector, answer) http.HandlerFunc{
	"net-http": byHand, "gorilla": withGorilla, "coder": withCoder, "gobwas": withGobwas,
}

func serves(one vector, library string) bool {
	if one.Setup.Connect != "" || one.Setup.Origins != nil {
		return false
	}
	for key, value := range one.Setup.Deflate { // only gobwas has limits for windows
		if library != "gobwas" && strings.HasSuffix(key, "max_window_bits") && value != 15.0 {
			return false
		}
	}
	if library != "net-http" {
		return one.Profile == "websocket"
	}
	switch one.Profile {
	case "foo/2", "foo/3", "bar", "none":
		return true
	}
	return false
}

func serve(one vector, library string) answer {
	switched := answer{}
	handler := handlers[library](one, switched)
	connection := newEnd(one.Request, one.End)
	connections := &listener{make(chan net.Conn, 1), make(chan struct{})}
	connections.one <- connection
	server := &http.Server{Handler: handler, ErrorLog: silent}
	go func() { _ = server.Serve(connections) }()
	connection.settle()
	connection.mutex.Lock()
	sent, closed := append([]byte(nil), connection.output...), connection.closed
	connection.mutex.Unlock()
	said := serverOutcome(sent, closed, switched)
	close(connections.done)
	_ = connection.Close()
	return said
}
