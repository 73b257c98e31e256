// Go's net/http, gorilla, coder or gobwas as an adapter of score.py:
//
//	python3 tests/vectors/score.py build-vectors/go/adapter gorilla
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"os"
	"sync"
)

type vector struct {
	ID, Role, Profile, Request, Response string
	End                                  bool
	Setup                                struct {
		Also, Subprotocols, Origins []string
		Connect                     string
		Deflate                     map[string]any
	}
}

var silent = log.New(io.Discard, "", 0)

func play(one vector, library string) answer {
	switch {
	case one.Role == "server" && serves(one, library):
		return serve(one, library)
	case one.Role == "client":
		return ask(one, library)
	}
	return answer{"outcome": "skip"}
}

func main() {
	library := os.Args[1]
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	var playing sync.WaitGroup
	var output sync.Mutex
	atOnce := make(chan struct{}, 16)
	for lines.Scan() {
		var one vector
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			log.Fatal(err)
		}
		playing.Add(1)
		atOnce <- struct{}{}
		go func() {
			said := play(one, library)
			said["id"] = one.ID
			line, _ := json.Marshal(said)
			output.Lock()
			_, _ = os.Stdout.Write(append(line, '\n'))
			output.Unlock()
			<-atOnce
			playing.Done()
		}()
	}
	playing.Wait()
}
