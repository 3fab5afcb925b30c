package print

import (
	"context"
	"net"
	"path/filepath"
	"slices"
	"time"

	"kassa/pos"
)

// Places says where printers are looked for; the zero Places looks nowhere.
type Places struct {
	Devices []string // patterns of the system's printer devices
	Ports   []string // patterns of serial lines that came with a plug
	Queues  func(ctx context.Context) []string
	Network []string // addresses at which one may listen
}

// ThisComputer is where printers are that a till can reach without being told: what
// is plugged in, what the system prints on, and a program that stands for a printer
// here. A network is not searched: nobody asked the other machines in it.
func ThisComputer() Places {
	return Places{Devices: devices, Ports: ports, Queues: queues, Network: []string{net.JoinHostPort("127.0.0.1", networkPort)}}
}

// listenTime is how long somebody on this computer gets to answer.
const listenTime = 300 * time.Millisecond

// mostFound bounds how many printers are offered: a person chooses among them.
const mostFound = 5

// Find lists the printers there are, those that are plugged in first. Whether one
// prints is known only when it did.
func Find(ctx context.Context, p Places) []pos.FoundPrinter {
	var all []pos.FoundPrinter
	add := func(c pos.Connection, addresses []string) {
		for _, a := range addresses {
			all = append(all, pos.FoundPrinter{Connection: c, Address: a})
		}
	}
	add(pos.PrinterSystem, matching(p.Devices))
	if p.Queues != nil {
		add(pos.PrinterSystem, p.Queues(ctx))
	}
	add(pos.PrinterNetwork, listening(ctx, p.Network))
	add(pos.PrinterSerial, matching(p.Ports))
	return all[:min(len(all), mostFound)]
}

func matching(patterns []string) []string {
	var all []string
	for _, p := range patterns {
		names, err := filepath.Glob(p)
		if err != nil {
			continue // a pattern of ours that is wrong finds nothing; a test reads them all
		}
		slices.Sort(names)
		all = append(all, names...)
	}
	return all
}

func listening(ctx context.Context, addresses []string) []string {
	var all []string
	d := net.Dialer{Timeout: listenTime}
	for _, a := range addresses {
		c, err := d.DialContext(ctx, "tcp", a)
		if err != nil {
			continue
		}
		c.Close()
		all = append(all, a)
	}
	return all
}
