// Package print brings slips to the receipt printer and keeps the list of those
// that did not come out. It knows how printers fail: switched off, refusing, out
// of paper, cut off in the middle, answering rubbish, silent; each failure is a
// sentence that says what to do. It knows nothing of windows.
package print

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"syscall"

	"kassa/pos"
)

// errUnclear marks a failure after which part of a slip, or all of it, may be on
// paper.
var errUnclear = errors.New("print: something may have been printed")

// Unclear reports that nobody can tell from here whether the slip came out.
func Unclear(err error) bool { return errors.Is(err, errUnclear) }

// fault makes an error a person can act on. What it is about is the address.
func fault(id, address string, cause error) *pos.Error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: id, Args: pos.Args{"Address": address}, Err: cause}
}

// unclear marks a fault as one after which paper may have come out.
func unclear(e *pos.Error) *pos.Error {
	c := *e
	c.Err = errors.Join(errUnclear, e.Err)
	return &c
}

// opening says why a printer could not be reached.
func opening(address string, err error) *pos.Error {
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return fault("print.no-host", address, err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fault("print.refused", address, err)
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTDOWN):
		return fault("print.off", address, err)
	case errors.Is(err, fs.ErrPermission):
		return fault("print.no-access", address, err)
	case errors.Is(err, syscall.EBUSY):
		return fault("print.busy", address, err)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENXIO), errors.Is(err, syscall.ENODEV):
		return fault("print.no-device", address, err)
	}
	return fault("print.no-way", address, err)
}

// writing says why the bytes did not all go, of which some were taken.
func writing(address string, taken int, err error) *pos.Error {
	var timeout net.Error
	e := fault("print.cut-off", address, err)
	switch {
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fault("print.disk-full", address, err) // a file: what is half in it is no slip
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, errStuck):
		e = fault("print.stuck", address, err)
	}
	if taken > 0 || errors.Is(err, errStuck) {
		return unclear(e)
	}
	return e
}
