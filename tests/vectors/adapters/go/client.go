package main

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/gobwas/httphead"
	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsflate"
	gorilla "github.com/gorilla/websocket"
)

func acceptFor(key string) string {
	digest := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(digest[:])
}

// answering gives the client the response of the case once it has sent its head. The right accept
// value in it becomes that for the client's own key.
func answering(one vector) *end {
	connection := newEnd("", false)
	answered := false
	connection.onWrite = func() {
		if answered || !bytes.Contains(connection.output, []byte("\r\n\r\n")) {
			return
		}
		answered = true
		asked, sent := readHead(octets(one.Request)), readHead(connection.output)
		right := acceptFor(asked.fields.Get("Sec-Websocket-Key"))
		own := acceptFor(sent.fields.Get("Sec-Websocket-Key"))
		all := bytes.ReplaceAll(octets(one.Response), []byte(right), []byte(own))
		connection.give(all, one.End)
	}
	return connection
}

const patience = 60 * time.Millisecond

func isLate(err error) bool {
	var late net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &late) && late.Timeout()
}

// offers101 says whether a request has offered what a 101 names.
func offers101(asked *head, named string) bool {
	for _, offered := range members(asked.fields.Get("Upgrade")) {
		if strings.EqualFold(offered, named) {
			return true
		}
	}
	return false
}

func askWithNetHTTP(one vector) answer {
	asked := readHead(octets(one.Request))
	connection := answering(one)
	said := answer{"outcome": "incomplete"}
	interim := []int{}
	transport := &http.Transport{
		DialContext:        func(context.Context, string, string) (net.Conn, error) { return connection, nil },
		DisableCompression: true,
		DisableKeepAlives:  true,
	}
	deadline, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	traced := httptrace.WithClientTrace(deadline, &httptrace.ClientTrace{
		Got1xxResponse: func(status int, _ textproto.MIMEHeader) error {
			interim = append(interim, status)
			return nil
		},
	})
	body := io.Reader(nil)
	if content := octets(one.Request)[asked.size:]; len(content) > 0 {
		body = bytes.NewReader(content)
	}
	request, err := http.NewRequestWithContext(traced, asked.method, "http://a"+asked.target, body)
	if err != nil {
		return answer{"outcome": "skip"}
	}
	request.Header = asked.fields
	response, err := transport.RoundTrip(request)
	said["interim"] = interim
	switch {
	case err != nil && isLate(err) && len(interim) > 0:
		said["outcome"] = "interim"
	case err != nil && isLate(err):
	case err != nil:
		said["outcome"] = "failed"
	case response.StatusCode == 101 && !offers101(asked, response.Header.Get("Upgrade")):
		said["outcome"] = "failed" // the program looks
	case response.StatusCode == 101:
		said["outcome"], said["protocol"] = "switched", response.Header.Get("Upgrade")
	default:
		content, failed := io.ReadAll(response.Body)
		said["outcome"], said["status"] = "refused", response.StatusCode
		said["content"], said["complete"] = text(content), failed == nil
		if failed != nil && !isLate(failed) {
			said["outcome"] = "failed"
		}
	}
	_ = connection.Close()
	return said
}

// outcome is what a WebSocket library says with an error.
func outcome(err error, status int) answer {
	switch {
	case err != nil && isLate(err):
		return answer{"outcome": "incomplete"}
	case err != nil && status != 0 && status != 101:
		return answer{"outcome": "refused", "status": status}
	case err != nil:
		return answer{"outcome": "failed"}
	}
	return answer{"outcome": "switched", "protocol": "websocket"}
}

func askWithGorilla(one vector, asked *head, connection *end) answer {
	dialer := gorilla.Dialer{
		NetDialContext:    func(context.Context, string, string) (net.Conn, error) { return connection, nil },
		Subprotocols:      members(asked.fields.Get("Sec-Websocket-Protocol")),
		EnableCompression: asked.fields.Get("Sec-Websocket-Extensions") != "",
	}
	deadline, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client, response, err := dialer.DialContext(deadline, "ws://a"+asked.target, nil)
	status := 0
	if response != nil {
		status = response.StatusCode
	}
	said := outcome(err, status)
	if err == nil {
		said["subprotocol"], said["deflate"] = selected(client.Subprotocol()), extensionsOf(response.Header)
	}
	return said
}

func askWithCoder(one vector, asked *head, connection *end) answer {
	options := &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: &http.Transport{
			DialContext: func(context.Context, string, string) (net.Conn, error) { return connection, nil },
		}},
		Subprotocols: members(asked.fields.Get("Sec-Websocket-Protocol")),
	}
	if asked.fields.Get("Sec-Websocket-Extensions") != "" {
		options.CompressionMode = websocket.CompressionContextTakeover
	}
	deadline, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client, response, err := websocket.Dial(deadline, "ws://a"+asked.target, options)
	status := 0
	if response != nil {
		status = response.StatusCode
	}
	said := outcome(err, status)
	if err == nil {
		said["subprotocol"], said["deflate"] = selected(client.Subprotocol()), extensionsOf(response.Header)
	}
	return said
}

// agreed is what a gobwas client and a server agreed on, as the library reads it for a program.
func agreed(extensions []httphead.Option) (any, error) {
	for _, one := range extensions {
		var parameters wsflate.Parameters
		if err := parameters.Parse(one); err != nil {
			return nil, err
		}
	}
	var written strings.Builder
	_, err := httphead.WriteOptions(&written, extensions)
	return selected(written.String()), err
}

func askWithGobwas(one vector, asked *head, connection *end) answer {
	extensions, _ := httphead.ParseOptions([]byte(asked.fields.Get("Sec-Websocket-Extensions")), nil)
	dialer := ws.Dialer{Protocols: members(asked.fields.Get("Sec-Websocket-Protocol")), Extensions: extensions}
	target, err := url.Parse("ws://a" + asked.target)
	if err != nil {
		return answer{"outcome": "skip"}
	}
	late := time.AfterFunc(patience, func() {
		_ = connection.SetReadDeadline(time.Unix(1, 0))
	})
	defer late.Stop()
	_, handshake, err := dialer.Upgrade(connection, target)
	status := 0
	var refused ws.StatusError
	if errors.As(err, &refused) {
		status = int(refused)
	}
	deflate, wrong := agreed(handshake.Extensions)
	said := outcome(errors.Join(err, wrong), status)
	if said["outcome"] == "switched" {
		said["subprotocol"], said["deflate"] = selected(handshake.Protocol), deflate
	}
	return said
}

var askers = map[string]func(vector, *head, *end) answer{
	"gorilla": askWithGorilla, "coder": askWithCoder, "gobwas": askWithGobwas,
}

// offers says whether a library can offer the extensions of a case.
func offers(library string, asked *head) bool {
	extensions := asked.fields.Get("Sec-Websocket-Extensions")
	switch library {
	case "gorilla":
		return extensions == "" ||
			extensions == "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
	case "coder":
		return extensions == "" || extensions == "permessage-deflate"
	}
	return true
}

func ask(one vector, library string) answer {
	asked := readHead(octets(one.Request))
	if asked == nil || asked.method == "CONNECT" {
		return answer{"outcome": "skip"}
	}
	if library == "net-http" {
		if one.Profile == "foo/2" || one.Profile == "foo/3" || one.Profile == "bar" {
			return askWithNetHTTP(one)
		}
		return answer{"outcome": "skip"}
	}
	if one.Profile != "websocket" || !offers(library, asked) {
		return answer{"outcome": "skip"}
	}
	connection := answering(one)
	said := askers[library](one, asked, connection)
	_ = connection.Close()
	return said
}
