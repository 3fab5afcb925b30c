package print

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"time"

	"kassa/pos"
	"kassa/pos/escpos"
)

// Send brings bytes to a printer: it asks how the printer is where it can be
// asked, writes, and asks again. The error is a *pos.Error with words; Unclear
// tells of it whether paper may have come out.
func Send(ctx context.Context, d Device, data []byte, ask bool) error {
	line, err := d.Open(ctx)
	if err != nil {
		return err
	}
	defer line.Close()
	ask = ask && d.Talks()
	if ask {
		st, ok, err := question(line, d.Address())
		switch {
		case err != nil:
			return err
		case !ok: // paper that ended long ago looks like this; nothing is sent into it
			return fault("print.silent", d.Address(), nil)
		}
		if e := trouble(st, d.Address()); e != nil {
			return e
		}
	}
	if err := write(line, d.Address(), data); err != nil {
		return err
	}
	if !ask {
		return nil
	}
	// The answer comes after the slip was taken, or out of its turn while it is
	// being printed: either way paper that ended is known.
	st, ok, err := question(line, d.Address())
	switch {
	case err != nil:
		var e *pos.Error
		errors.As(err, &e)
		return unclear(e)
	case !ok:
		return unclear(fault("print.fell-silent", d.Address(), nil))
	}
	if e := trouble(st, d.Address()); e != nil {
		return unclear(e)
	}
	return nil
}

// StatusOf asks a printer how it is. answers is false when it does not tell.
func StatusOf(ctx context.Context, d Device) (st escpos.Status, answers bool, err error) {
	line, err := d.Open(ctx)
	if err != nil {
		return st, false, err
	}
	defer line.Close()
	if !d.Talks() {
		return st, false, nil
	}
	st, answers, err = question(line, d.Address())
	if err != nil {
		return st, answers, err
	}
	if e := trouble(st, d.Address()); answers && e != nil {
		return st, true, e
	}
	return st, answers, nil
}

// question asks all there is to ask. answered is false for a printer that says
// nothing at all; one that answers the first question may keep the others.
func question(line Line, address string) (st escpos.Status, answered bool, err error) {
	for _, a := range []escpos.Ask{escpos.AskOnline, escpos.AskCause, escpos.AskPaper} {
		if err := line.SetDeadline(time.Now().Add(answerTime)); err != nil {
			return st, false, fault("print.cut-off", address, err)
		}
		if _, err := line.Write(a.Request()); err != nil {
			return st, false, fault("print.cut-off", address, err)
		}
		var b [1]byte
		switch _, err := io.ReadFull(line, b[:]); {
		case silence(err):
			return st, answered, nil
		case err != nil:
			return st, false, fault("print.cut-off", address, err)
		}
		if err := st.Read(a, b[0]); err != nil {
			return st, false, fault("print.rubbish", address, err)
		}
		answered = true
	}
	return st, true, nil
}

func silence(err error) bool {
	var timeout net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// trouble is what keeps a printer from printing, nil for nothing.
func trouble(st escpos.Status, address string) *pos.Error {
	switch {
	case st.NoPaper:
		return fault("print.no-paper", address, nil)
	case st.CoverOpen:
		return fault("print.cover", address, nil)
	case st.Failed:
		return fault("print.failed", address, nil)
	case st.Offline:
		return fault("print.offline", address, nil)
	}
	return nil
}

// piece is how much is written at once, so that a slip cut off after the first
// bytes is told from one that never began.
const piece = 4096

func write(line Line, address string, data []byte) error {
	deadline := time.Now().Add(writeTime + time.Duration(len(data)/20_000)*time.Second)
	if err := line.SetDeadline(deadline); err != nil {
		return fault("print.cut-off", address, err)
	}
	if whole, ok := line.(*spooled); ok { // the system takes a slip as one document
		if n, err := whole.Write(data); err != nil {
			return writing(address, n, err)
		}
		return nil
	}
	for taken := 0; taken < len(data); {
		n, err := line.Write(data[taken:min(taken+piece, len(data))])
		taken += n
		if err != nil {
			return writing(address, taken, err)
		}
	}
	return nil
}
