// Package door is the till without a window: one JSON command a line in, one
// JSON answer a line out, in order. A kiosk, a web shop or a test rings up a
// sale through it and is told the same as a cashier.
//
// Nothing that comes in ends the conversation: whatever is not a command is
// answered with an error object, and the next line is read.
package door

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"unicode/utf8"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till"
)

// MaxLine is the longest line that is looked at, in bytes without its end.
const MaxLine = 1 << 20

// Words tells things in the reader's language.
type Words interface {
	// T is the sentence of a message id with its values put in.
	T(id string, args pos.Args) string
	// Error is the sentence for an error of any kind.
	Error(err error) string
}

// Params are what a session stands on; all but Start, Notices, Copies,
// Manual, IDs and Log are required.
type Params struct {
	Till  *till.Till
	Words Words
	// Start is what the till found when it was started, told with each login;
	// nil is told as null.
	Start *till.Start
	// Notices are what is to be known of the settings in force, told with each
	// login; nil tells nothing.
	Notices func() []error
	// Receipt prints a stored sale; width is 0 for the shop's own.
	Receipt func(ctx context.Context, a pos.Actor, s *pos.Sale, width int, duplicate bool) (string, error)
	// Copies waits a while for the copies of the shift that was just closed; made is
	// false while they are still being made. nil makes none.
	Copies func(ctx context.Context) (results []pos.CopyResult, made bool)
	// Manual asks the backend for manual payments, as somebody; nil: there are none.
	Manual func(ctx context.Context, a pos.Actor) (*shop.ManualPayments, error)
	// Exchange brings to the backend what waits for it and hears what is new there; nil
	// does nothing.
	Exchange func(ctx context.Context)
	// IDs name requests to the backend; nil: as a shop does.
	IDs IDs
	Log *slog.Logger
}

// IDs makes UUIDv7 texts; tests own it.
type IDs interface{ NewID() string }

// Session is one conversation. The login lives in it and dies with it;
// everything else is in the store.
type Session struct {
	Params
	actor pos.Actor
	// finished are the sales of this conversation: their receipts are
	// originals, every other one is a copy.
	finished map[pos.SaleID]bool
}

// New makes a session nobody is logged in to.
func New(p Params) *Session {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.IDs == nil {
		p.IDs = shop.NewIDs()
	}
	return &Session{Params: p, finished: map[pos.SaleID]bool{}}
}

// Serve answers the lines of in on out until in ends or ctx does. A command
// that has begun is finished and answered first. It returns nil for an orderly
// end, else what reading or writing failed with.
func (s *Session) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	defer s.leave(context.WithoutCancel(ctx))
	lines := make(chan line)
	stop := make(chan struct{})
	defer close(stop)
	// Reading has its own goroutine so that a signal ends a session that waits
	// for its next line; it ends with the input or with the process.
	go readLines(in, lines, stop)

	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for {
		var l line
		select {
		case <-ctx.Done():
			return nil
		case l = <-lines:
		}
		if l.end != nil {
			if errors.Is(l.end, io.EOF) {
				return nil
			}
			return fmt.Errorf("read a command: %w", l.end)
		}
		if err := enc.Encode(s.Answer(ctx, l)); err != nil {
			return fmt.Errorf("write an answer: %w", err)
		}
		if err := w.Flush(); err != nil {
			return fmt.Errorf("write an answer: %w", err)
		}
	}
}

func (s *Session) leave(ctx context.Context) {
	if s.actor.ID == "" {
		return
	}
	if err := s.Till.Logout(ctx, s.actor); err != nil {
		s.Log.Warn("logout not recorded", "error", err)
	}
	s.actor = pos.Actor{}
}

// Reply is an answer as it is written.
type Reply struct {
	OK     bool   `json:"ok"`
	Result any    `json:"result,omitempty"`
	Error  *Fault `json:"error,omitempty"`
}

// Fault is a refusal: a permanent code for the program, a sentence for the
// person, for code "wait" the time from which on it is allowed, and for want of
// a right or beyond a cap what another employee would have to approve.
type Fault struct {
	Code     pos.Code     `json:"code"`
	Message  string       `json:"message"`
	Until    *Timestamp   `json:"until,omitempty"`
	Order    *orderJSON   `json:"order,omitempty"` // how it stands, where somebody else came first
	Approval *refusedJSON `json:"approval,omitempty"`
}

// NewFault puts an error into words.
func NewFault(w Words, err error) *Fault {
	f := &Fault{Code: pos.CodeOf(err), Message: w.Error(err)}
	if e, ok := errors.AsType[*pos.Error](err); ok && e.Code == pos.CodeWait {
		if until, ok := when(e.Args["Until"]); ok {
			f.Until = Stamp(until)
		}
	}
	if e, ok := errors.AsType[*pos.Error](err); ok {
		if o, ok := e.Args["Order"].(*manual.Order); ok {
			f.Order = newOrder(o)
		}
	}
	if what, ok := till.RefusedOf(err); ok {
		f.Approval = newRefused(what, err)
	}
	return f
}

// Answer carries out one line.
func (s *Session) Answer(ctx context.Context, l line) Reply {
	result, err := s.run(ctx, l)
	if err != nil {
		return Reply{Error: NewFault(s.Words, err)}
	}
	return Reply{OK: true, Result: result}
}

func (s *Session) run(ctx context.Context, l line) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("a command panicked", "panic", p, "stack", string(debug.Stack()))
			result, err = nil, pos.Wrap(pos.CodeInternal, "till.internal", fmt.Errorf("panic: %v", p))
		}
	}()
	r, err := parse(l)
	if err != nil {
		return nil, err
	}
	c, err := lookUp(r.cmd)
	if err != nil {
		return nil, err
	}
	if !c.open && s.actor.ID == "" {
		return nil, pos.E(pos.CodeForbidden, "door.login-first", nil)
	}
	if err := c.takes(r); err != nil {
		return nil, err
	}
	return s.carryOut(ctx, c, r)
}

// line is one line of input, or what ended it.
type line struct {
	text    []byte
	tooLong bool
	end     error
}

func readLines(in io.Reader, to chan<- line, stop <-chan struct{}) {
	r := bufio.NewReaderSize(in, 64<<10)
	for {
		l := readLine(r)
		select {
		case to <- l:
		case <-stop:
			return
		}
		if l.end != nil {
			return
		}
	}
}

// readLine reads to the next line end in bounded memory: of a line that is too
// long only the fact is kept. A last line without its end counts as a line.
func readLine(r *bufio.Reader) line {
	var l line
	for {
		part, err := r.ReadSlice('\n')
		if !l.tooLong {
			l.text = append(l.text, part...)
		}
		if len(l.text) > MaxLine+1 { // one more for the line end
			l.text, l.tooLong = nil, true
		}
		switch {
		case err == nil:
			return l
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && (l.tooLong || len(l.text) > 0):
			return l
		default:
			return line{end: err}
		}
	}
}

// shown makes a piece of input fit for a message: short and printable.
func shown(s string) string {
	const most = 40
	if !utf8.ValidString(s) || pos.HasControl(s) {
		return "?"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
