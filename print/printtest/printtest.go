// Package printtest is a receipt printer that is only played: it listens where a
// network printer would, reads what it is sent back into lines, and fails the
// way the true ones do. Tests read slips from it, and `kassactl printer fake`
// runs it for whoever has no printer at hand.
package printtest

import (
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"kassa/pos/escpos"
)

// Fault is the way the printer fails.
type Fault int

// Faults.
const (
	Fine      Fault = iota
	Mute            // prints, and never answers
	Deaf            // takes the connection and reads nothing
	CutOff          // hangs up in the middle of a slip
	Rubbish         // answers with what no printer says
	NoPaper         // says so before a slip
	PaperEnds       // takes the slip, and then says that the paper has ended
	CoverOpen       // says so
)

// Slip is what came out between two cuts.
type Slip struct {
	Lines   []string
	QR      []string
	Pages   []byte // the numbers of ESC t, in order
	Bold    []string
	Images  []*escpos.Bitmap
	Cut     bool
	Partial bool
}

// Text is the slip as one text.
func (s Slip) Text() string { return strings.Join(s.Lines, "\n") }

// Printer is a running printer.
type Printer struct {
	listener net.Listener
	tables   map[byte]escpos.Page

	mu     sync.Mutex
	fault  Fault
	two    bool
	slips  []Slip
	pulses int
	odd    []byte // first bytes of commands it does not know
	conns  map[net.Conn]bool
	news   chan struct{}
	off    chan struct{} // closed when it is switched off
	work   sync.WaitGroup
	once   sync.Once
	onSlip func(Slip)
	onOpen func()
}

// Start runs a printer on an address of this machine, "" for a free port. It
// knows the usual numbers of the usual pages.
func Start(address string) (*Printer, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	p := &Printer{listener: l, tables: map[byte]escpos.Page{}, conns: map[net.Conn]bool{}, news: make(chan struct{}, 1), off: make(chan struct{})}
	for _, page := range escpos.Pages() {
		p.tables[page.Number] = page
	}
	p.work.Go(p.accept)
	return p, nil
}

// Address is where it listens.
func (p *Printer) Address() string { return p.listener.Addr().String() }

// Close switches it off.
func (p *Printer) Close() {
	_ = p.listener.Close()
	p.once.Do(func() { close(p.off) })
	p.mu.Lock()
	for c := range p.conns {
		_ = c.Close()
	}
	p.mu.Unlock()
	p.work.Wait()
}

// Fail makes the printer fail from now on.
func (p *Printer) Fail(f Fault) {
	p.mu.Lock()
	p.fault = f
	p.mu.Unlock()
}

// WakeTwoByte makes the printer wake, and come back from each reset, in the mode in
// which two bytes are one sign, as many made in China do.
func (p *Printer) WakeTwoByte() {
	p.mu.Lock()
	p.two = true
	p.mu.Unlock()
}

func (p *Printer) twoByte() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.two
}

// Knows changes the page behind a number.
func (p *Printer) Knows(number byte, page escpos.Page) {
	p.mu.Lock()
	p.tables[number] = page
	p.mu.Unlock()
}

// OnSlip hears of slips as they come; set it before anything is printed.
func (p *Printer) OnSlip(f func(Slip)) { p.onSlip = f }

// OnPulse hears of the drawer's pulses; set it before anything is printed.
func (p *Printer) OnPulse(f func()) { p.onOpen = f }

// Slips are those that came out whole.
func (p *Printer) Slips() []Slip {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.slips)
}

// Pulses counts how often the drawer was opened.
func (p *Printer) Pulses() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pulses
}

// Odd are commands it did not understand, by their first bytes.
func (p *Printer) Odd() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.odd)
}

// Await waits until ok accepts what has come so far, or the limit passes.
func (p *Printer) Await(limit time.Duration, ok func(*Printer) bool) bool {
	end := time.NewTimer(limit)
	defer end.Stop()
	for !ok(p) {
		select {
		case <-p.news:
		case <-end.C:
			return ok(p)
		}
	}
	return true
}

func (p *Printer) tell() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

func (p *Printer) accept() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.conns[c] = true
		p.mu.Unlock()
		p.work.Go(func() { p.serve(c) })
	}
}

func (p *Printer) state() Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fault
}

func (p *Printer) serve(c net.Conn) {
	defer func() {
		p.mu.Lock()
		delete(p.conns, c)
		p.mu.Unlock()
		_ = c.Close()
	}()
	if p.state() == Deaf {
		// Nothing is read, so that the sender's buffers fill as they do before a
		// printer that has stopped.
		<-p.off
		return
	}
	r := newReader(c, p)
	for r.step() {
	}
	r.finish()
}
