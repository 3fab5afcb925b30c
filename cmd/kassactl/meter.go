package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"kassa/pos"
)

// meter shows how far a long run has come: a line that rewrites itself where a
// person looks on, and with --progress --json an object a line, on standard
// error in both cases.
type meter struct {
	p     *program
	on    bool
	began time.Time
	last  time.Time
	drawn bool
}

func (p *program) newMeter() *meter {
	return &meter{p: p, on: p.args.has("progress") || !p.json && isTerminal(p.err), began: time.Now()}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}

// show tells at most five times a second. size is 0 where nobody knows it.
func (m *meter) show(rows, done, size int64) {
	now := time.Now()
	if !m.on || now.Sub(m.last) < 200*time.Millisecond {
		return
	}
	m.last = now
	share, speed := int64(0), int64(0)
	if size > 0 {
		share = min(done*100/size, 100)
	}
	if spent := now.Sub(m.began).Milliseconds(); spent > 0 {
		speed = rows * 1000 / spent
	}
	if m.p.json {
		_ = json.NewEncoder(m.p.err).Encode(map[string]map[string]int64{"progress": {"rows": rows, "percent": share, "rows_per_second": speed}})
		return
	}
	id := "cli.progress.rows"
	if size > 0 {
		id = "cli.progress.share"
	}
	fmt.Fprint(m.p.err, "\r\x1b[K"+m.p.words.T(id, pos.Args{"Rows": rows, "Share": share, "Speed": speed}))
	m.drawn = true
}

// done takes the line away.
func (m *meter) done() {
	if m.drawn {
		fmt.Fprint(m.p.err, "\r\x1b[K")
	}
}
