//go:build !windows

package print

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"
)

// spooler is a printer by the name it has in the system: CUPS takes the slip as
// it is.
type spooler string

func (s spooler) Address() string { return string(s) }

func (s spooler) Talks() bool { return false }

func (s spooler) Open(ctx context.Context) (Line, error) {
	if strings.HasPrefix(string(s), "-") {
		return nil, fault("print.no-queue", string(s), errors.New("a name cannot begin with a dash"))
	}
	lp, err := exec.LookPath("lp")
	if err != nil {
		return nil, fault("print.no-queue", string(s), err)
	}
	return &spooled{ctx: ctx, lp: lp, name: string(s)}, nil
}

// spooled hands the slip over when it is closed.
type spooled struct {
	ctx  context.Context
	lp   string
	name string
	limit
}

func (s *spooled) Write(b []byte) (int, error) {
	ctx, cancel := context.WithDeadline(s.ctx, s.deadline)
	defer cancel()
	c := exec.CommandContext(ctx, s.lp, "-d", s.name, "-o", "raw", "-s")
	c.Stdin = bytes.NewReader(b)
	if out, err := c.CombinedOutput(); err != nil {
		return 0, errors.Join(err, errors.New(string(out[:min(len(out), 200)])))
	}
	return len(b), nil
}

func (s *spooled) Close() error { return nil }

// limit is the deadline of a line that cannot be listened to.
type limit struct{ deadline time.Time }

func (l *limit) SetDeadline(t time.Time) error { l.deadline = t; return nil }

func (l *limit) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }
