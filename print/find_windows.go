package print

import (
	"context"
	"unsafe"

	"go.bug.st/serial"
	"golang.org/x/sys/windows"
)

// Windows has no files of devices; its serial lines are asked for with the queues.
var devices, ports []string

var enumPrinters = winspool.NewProc("EnumPrintersW")

// Which printers are listed, and how.
const (
	printersHere  = 0x2 | 0x4 // PRINTER_ENUM_LOCAL, PRINTER_ENUM_CONNECTIONS
	printersLevel = 4
)

// printerInfo is PRINTER_INFO_4W.
type printerInfo struct {
	name, server *uint16
	attributes   uint32
}

// queues are the printers the system knows by name, and its serial lines.
func queues(context.Context) []string {
	var all []string
	var needs, count uint32
	_, _, _ = enumPrinters.Call(printersHere, 0, printersLevel, 0, 0, uintptr(unsafe.Pointer(&needs)), uintptr(unsafe.Pointer(&count)))
	if needs > 0 {
		room := make([]byte, needs)
		ok, _, _ := enumPrinters.Call(printersHere, 0, printersLevel, uintptr(unsafe.Pointer(&room[0])), uintptr(needs),
			uintptr(unsafe.Pointer(&needs)), uintptr(unsafe.Pointer(&count)))
		if ok != 0 {
			for _, p := range unsafe.Slice((*printerInfo)(unsafe.Pointer(&room[0])), count) {
				all = append(all, windows.UTF16PtrToString(p.name))
			}
		}
	}
	lines, err := serial.GetPortsList()
	if err != nil {
		return all
	}
	return append(all, lines...)
}
