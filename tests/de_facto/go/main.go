// Tailscale's clients and servers, for run.sh: dials or serves the control protocol and DERP.
//
//	peers derp-server          prints its port
//	peers derp-client PORT     connects to a DERP server
//	peers control-client PORT  connects to a control server
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"tailscale.com/control/controlhttp"
	"tailscale.com/derp"
	"tailscale.com/derp/derphttp"
	"tailscale.com/net/netmon"
	"tailscale.com/types/key"
	"tailscale.com/types/logger"
)

func serveDERP() {
	server := derp.NewServer(key.NewNode(), logger.Discard)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, derphttp.Handler(server)))
}

func dialDERP(port string) {
	client, err := derphttp.NewClient(key.NewNode(), "http://127.0.0.1:"+port+"/derp", logger.Discard, netmon.NewStatic())
	if err != nil {
		panic(err)
	}
	within, done := context.WithTimeout(context.Background(), 5*time.Second)
	defer done()
	fmt.Println("derp:", client.Connect(within))
}

func dialControl(port string) {
	dialer := controlhttp.Dialer{
		Hostname: "127.0.0.1", HTTPPort: port, HTTPSPort: controlhttp.NoPort,
		MachineKey: key.NewMachine(), ControlKey: key.NewMachine().Public(), ProtocolVersion: 1,
		Logf: logger.Discard, NetMon: netmon.NewStatic(),
		Dialer: (&net.Dialer{}).DialContext,
	}
	within, done := context.WithTimeout(context.Background(), 5*time.Second)
	defer done()
	_, err := dialer.Dial(within)
	fmt.Println("control:", err)
}

func main() {
	switch os.Args[1] {
	case "derp-server":
		serveDERP()
	case "derp-client":
		dialDERP(os.Args[2])
	case "control-client":
		dialControl(os.Args[2])
	}
}
