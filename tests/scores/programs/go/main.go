// Go's servers, clients and proxy: `SERVER PORT`, `CLIENT URL`, `reverse-proxy PORT TO`.
package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	"github.com/fasthttp/websocket"
	"github.com/lxzan/gws"
	"github.com/valyala/fasthttp"
	xnet "golang.org/x/net/websocket"
)

func listen(handler http.Handler) error {
	return http.ListenAndServe("127.0.0.1:"+os.Args[2], handler)
}

type echo struct{ gws.BuiltinEventHandler }

func (echo) OnPing(peer *gws.Conn, octets []byte) { peer.WritePong(octets) }
func (echo) OnMessage(peer *gws.Conn, message *gws.Message) {
	defer message.Close()
	peer.WriteMessage(message.Opcode, message.Bytes())
}

func gwsServer() error {
	upgrader := gws.NewUpgrader(&echo{}, &gws.ServerOption{})
	return listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if peer, err := upgrader.Upgrade(w, r); err == nil {
			go peer.ReadLoop()
		}
	}))
}

func fasthttpServer() error {
	upgrader := websocket.FastHTTPUpgrader{}
	return fasthttp.ListenAndServe("127.0.0.1:"+os.Args[2], func(request *fasthttp.RequestCtx) {
		upgrader.Upgrade(request, func(peer *websocket.Conn) {
			for {
				kind, message, err := peer.ReadMessage()
				if err != nil {
					return
				}
				peer.WriteMessage(kind, message)
			}
		})
	})
}

func reverseProxy() error {
	to, err := url.Parse("http://127.0.0.1:" + os.Args[3])
	if err != nil {
		return err
	}
	return listen(&httputil.ReverseProxy{Rewrite: func(request *httputil.ProxyRequest) { request.SetURL(to) }})
}

func gwsClient() error {
	peer, _, err := gws.NewClient(&echo{}, &gws.ClientOption{Addr: os.Args[2]})
	if err == nil {
		peer.WriteString("Hello")
		peer.ReadLoop()
	}
	return err
}

func xnetClient() error {
	peer, err := xnet.Dial(os.Args[2], "", "http://127.0.0.1/")
	if err == nil {
		peer.Write([]byte("Hello"))
		io.Copy(io.Discard, peer)
	}
	return err
}

func main() {
	programs := map[string]func() error{
		"gws": gwsServer, "fasthttp": fasthttpServer, "reverse-proxy": reverseProxy,
		"x-net": func() error {
			// A Handler wants an Origin, a Server takes all.
			return listen(xnet.Server{Handler: func(peer *xnet.Conn) { io.Copy(peer, peer) }})
		},
		"gws-client": gwsClient, "x-net-client": xnetClient,
	}
	log.Fatal(programs[os.Args[1]]())
}
