package print

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"go.bug.st/serial"

	"kassa/pos"
)

// Times a printer is given.
const (
	dialTime   = 4 * time.Second
	writeTime  = 10 * time.Second // for a whole slip, unless it is a picture of many metres
	answerTime = 700 * time.Millisecond
)

// networkPort is where receipt printers listen.
const networkPort = "9100"

// Line is an open way to a printer. Write takes all bytes or tells why not;
// Read waits for what the printer says. Both end at the deadline.
type Line interface {
	io.ReadWriteCloser
	SetDeadline(t time.Time) error
}

// Device is a printer that can be reached.
type Device interface {
	// Open reaches it; its errors are *pos.Error with words.
	Open(ctx context.Context) (Line, error)
	// Address is what a person knows it by.
	Address() string
	// Talks reports that it can be asked how it is.
	Talks() bool
}

// DeviceOf is the printer of the settings, or CodeUnavailable "print.none" where
// there is none.
func DeviceOf(p pos.PaperSettings) (Device, error) {
	if !p.Set() {
		return nil, pos.E(pos.CodeUnavailable, "print.none", nil)
	}
	switch p.Connection {
	case pos.PrinterNetwork:
		return network(p.Address), nil
	case pos.PrinterSerial:
		return serialPort{p.Address, p.Baud}, nil
	case pos.PrinterFile:
		return file(p.Address), nil
	case pos.PrinterSystem:
		if isDevice(p.Address) {
			return node(p.Address), nil
		}
		return spooler(p.Address), nil
	}
	return nil, pos.E(pos.CodeUnavailable, "print.none", nil)
}

// network is a printer with an address of its own.
type network string

func (n network) Address() string { return string(n) }

func (n network) Talks() bool { return true }

func (n network) Open(ctx context.Context) (Line, error) {
	at := string(n)
	if _, _, err := net.SplitHostPort(at); err != nil {
		at = net.JoinHostPort(strings.Trim(at, "[]"), networkPort)
	}
	d := net.Dialer{Timeout: dialTime}
	c, err := d.DialContext(ctx, "tcp", at)
	if err != nil {
		return nil, opening(string(n), err)
	}
	return c.(*net.TCPConn), nil
}

// isDevice tells a device from the name a printer has in the system.
func isDevice(address string) bool {
	if runtime.GOOS == "windows" {
		up := strings.ToUpper(address)
		return strings.HasPrefix(up, "LPT") || strings.HasPrefix(up, "COM") || strings.HasPrefix(up, `\\.\`)
	}
	return filepath.IsAbs(address)
}

// node is a device of the system, such as /dev/usb/lp0.
type node string

func (n node) Address() string { return string(n) }

// Talks is false: the system's printer driver hands answers on only now and
// then, and waiting for one that never comes may not be ended.
func (n node) Talks() bool { return false }

func (n node) Open(context.Context) (Line, error) {
	f, err := os.OpenFile(string(n), os.O_WRONLY, 0)
	if err != nil {
		return nil, opening(string(n), err)
	}
	return &patient{w: f, closer: f}, nil
}

// file collects slips, one behind the other.
type file string

func (f file) Address() string { return string(f) }

func (f file) Talks() bool { return false }

func (f file) Open(context.Context) (Line, error) {
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o700); err != nil {
		return nil, opening(string(f), err)
	}
	h, err := os.OpenFile(string(f), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, opening(string(f), err)
	}
	return &patient{w: h, closer: h}, nil
}

// serialPort is a printer on a serial line, eight bits, no parity.
type serialPort struct {
	port string
	baud int
}

func (s serialPort) Address() string { return s.port }

func (s serialPort) Talks() bool { return true }

func (s serialPort) Open(context.Context) (Line, error) {
	p, err := serial.Open(s.port, &serial.Mode{BaudRate: s.baud, DataBits: 8})
	if err != nil {
		return nil, openingPort(s.port, err)
	}
	return &serialLine{patient: patient{w: p, closer: p}, port: p}, nil
}

func openingPort(name string, err error) *pos.Error {
	var e *serial.PortError
	if errors.As(err, &e) {
		switch e.Code() {
		case serial.PortNotFound, serial.InvalidSerialPort:
			return fault("print.no-device", name, err)
		case serial.PermissionDenied:
			return fault("print.no-access", name, err)
		case serial.PortBusy:
			return fault("print.busy", name, err)
		}
	}
	return opening(name, err)
}

// serialLine can also be listened to.
type serialLine struct {
	patient
	port serial.Port
}

func (s *serialLine) Read(b []byte) (int, error) {
	if err := s.port.SetReadTimeout(max(time.Until(s.deadline), time.Millisecond)); err != nil {
		return 0, err
	}
	n, err := s.port.Read(b)
	if err == nil && n == 0 {
		return 0, os.ErrDeadlineExceeded
	}
	return n, err
}

// errStuck says that a device took no more until the deadline.
var errStuck = errors.New("print: the device takes no more")

// patient gives a deadline to what has none of its own: the write is left
// behind when its time is up, and ends when the device lets it.
type patient struct {
	w        io.Writer
	closer   io.Closer
	deadline time.Time
}

func (p *patient) SetDeadline(t time.Time) error { p.deadline = t; return nil }

func (p *patient) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

func (p *patient) Write(b []byte) (int, error) {
	type outcome struct {
		n   int
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		n, err := p.w.Write(b)
		done <- outcome{n, err}
	}()
	limit := time.NewTimer(max(time.Until(p.deadline), time.Millisecond))
	defer limit.Stop()
	select {
	case o := <-done:
		return o.n, o.err
	case <-limit.C:
		return 0, errStuck
	}
}

func (p *patient) Close() error { return p.closer.Close() }
