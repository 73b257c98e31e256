package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strings"
)

// answer is what the adapter says about a case.
type answer map[string]any

// extensionsOf is what an answer says in Sec-WebSocket-Extensions, or nil.
func extensionsOf(fields http.Header) any {
	return selected(strings.Join(fields.Values("Sec-Websocket-Extensions"), ", "))
}

// response is one that a server has sent.
type response struct {
	status     int
	fields     []string
	extensions any
}

// fieldLines are the lines of a head after its first.
func fieldLines(head []byte) []string {
	lines := strings.Split(text(head), "\r\n")
	return lines[1:]
}

// readResponses are all responses in octets.
func readResponses(all []byte) []response {
	var found []response
	for len(all) > 0 {
		size := bytes.Index(all, []byte("\r\n\r\n"))
		if size < 0 {
			break
		}
		reader := bufio.NewReader(bytes.NewReader(all))
		read, err := http.ReadResponse(reader, nil)
		if err != nil {
			break
		}
		found = append(found, response{read.StatusCode, fieldLines(all[:size]), extensionsOf(read.Header)})
		if read.StatusCode == 101 {
			break
		}
		if read.StatusCode >= 200 {
			_, _ = io.Copy(io.Discard, read.Body)
		}
		rest, _ := io.ReadAll(reader)
		if read.StatusCode < 200 {
			rest = all[size+4:]
		}
		all = rest
	}
	return found
}

// serverOutcome is what a server has made of the requests that it got.
func serverOutcome(sent []byte, closed bool, switched answer) answer {
	var finals []response
	continues := false
	for _, one := range readResponses(sent) {
		continues = continues || one.status == 100
		if one.status >= 200 || one.status == 101 {
			finals = append(finals, one)
		}
	}
	if len(finals) == 0 {
		if closed {
			return answer{"outcome": "close"}
		}
		return answer{"outcome": "incomplete"}
	}
	last := finals[len(finals)-1]
	// net/http waits before it closes.
	for _, line := range last.fields {
		closed = closed || strings.EqualFold(line, "Connection: close")
	}
	said := answer{"before": len(finals) - 1, "fields": last.fields}
	switch {
	case last.status == 101:
		said["outcome"], said["continue"], said["deflate"] = "switch", continues, last.extensions
		for key, value := range switched {
			said[key] = value
		}
	case last.status == 200:
		said["outcome"], said["close"] = "ordinary", closed
	default:
		said["outcome"], said["status"], said["close"] = "refuse", last.status, closed
	}
	return said
}

// head is that of a request of the cases, which is sound.
type head struct {
	method, target string
	fields         http.Header
	lines          []string
	size           int
}

func readHead(request []byte) *head {
	size := bytes.Index(request, []byte("\r\n\r\n"))
	if size < 0 {
		return nil
	}
	lines := strings.Split(text(request[:size]), "\r\n")
	start := strings.Split(lines[0], " ")
	one := &head{start[0], start[1], http.Header{}, lines[1:], size + 4}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		one.fields.Add(name, strings.TrimSpace(value))
	}
	return one
}

func members(list string) []string {
	var all []string
	for _, one := range strings.Split(list, ",") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}
