package print

import (
	"context"
	"errors"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// spooler is a printer by the name it has in the system: Windows takes the slip
// as it is.
type spooler string

func (s spooler) Address() string { return string(s) }

func (s spooler) Talks() bool { return false }

var (
	winspool         = windows.NewLazySystemDLL("winspool.drv")
	openPrinter      = winspool.NewProc("OpenPrinterW")
	closePrinter     = winspool.NewProc("ClosePrinter")
	startDocPrinter  = winspool.NewProc("StartDocPrinterW")
	endDocPrinter    = winspool.NewProc("EndDocPrinter")
	startPagePrinter = winspool.NewProc("StartPagePrinter")
	endPagePrinter   = winspool.NewProc("EndPagePrinter")
	writePrinter     = winspool.NewProc("WritePrinter")
)

// docInfo is DOC_INFO_1W.
type docInfo struct{ name, output, kind *uint16 }

func (s spooler) Open(context.Context) (Line, error) {
	name, err := windows.UTF16PtrFromString(string(s))
	if err != nil {
		return nil, fault("print.no-queue", string(s), err)
	}
	l := &spooled{}
	if ok, _, err := openPrinter.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&l.handle)), 0); ok == 0 {
		return nil, fault("print.no-queue", string(s), err)
	}
	return l, nil
}

// spooled is a printer of the system that was opened.
type spooled struct {
	handle windows.Handle
	limit
}

// Write hands one document over.
func (s *spooled) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	title, _ := windows.UTF16PtrFromString("Kassa")
	raw, _ := windows.UTF16PtrFromString("RAW")
	if ok, _, err := startDocPrinter.Call(uintptr(s.handle), 1, uintptr(unsafe.Pointer(&docInfo{name: title, kind: raw}))); ok == 0 {
		return 0, err
	}
	defer endDocPrinter.Call(uintptr(s.handle))
	if ok, _, err := startPagePrinter.Call(uintptr(s.handle)); ok == 0 {
		return 0, err
	}
	defer endPagePrinter.Call(uintptr(s.handle))
	var written uint32
	ok, _, err := writePrinter.Call(uintptr(s.handle), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), uintptr(unsafe.Pointer(&written)))
	if ok == 0 {
		return int(written), err
	}
	return int(written), nil
}

func (s *spooled) Close() error {
	closePrinter.Call(uintptr(s.handle))
	return nil
}

// limit is the deadline of a line that cannot be listened to.
type limit struct{ deadline time.Time }

func (l *limit) SetDeadline(t time.Time) error { l.deadline = t; return nil }

func (l *limit) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }
