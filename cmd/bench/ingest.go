package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
)

// How receipts come to a backend.
const (
	ingestSenders  = 20
	ingestReceipts = 50 // in a batch
	ingestBatches  = 2  // of each sender in a round
	ingestRounds   = 15
)

// benchIngest measures how one backend takes receipts of twenty lines over loopback
// beside raw inserts of the same rows into the same table on the same engine.
func benchIngest(ctx context.Context, dir string) (out []promise, err error) {
	receipt, err := oneReceipt(ctx, filepath.Join(dir, "till"))
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.DiscardHandler)
	file := func(name string) (*central.Store, error) {
		return central.OpenFile(ctx, filepath.Join(dir, name), true, quiet)
	}
	p, err := ingestOn(ctx, "SQLite", receipt, file, func(int) string { return "?" })
	if err != nil {
		return nil, err
	}
	out = append(out, p)
	// The tests' server keeps nothing safe; a shop's does, on both sides.
	server, err := pgtest.Start("fsync=on")
	if errors.Is(err, pgtest.ErrNone) {
		fmt.Println("PostgreSQL is not installed, so nothing was measured on it: scripts/setup.sh bench installs it.")
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	base := func(name string) (*central.Store, error) {
		url, err := server.Create(ctx, strings.TrimSuffix(name, ".db"))
		if err != nil {
			return nil, err
		}
		return postgres.OpenBackend(ctx, url, quiet)
	}
	p, err = ingestOn(ctx, "PostgreSQL", receipt, base, func(n int) string { return fmt.Sprint("$", n) })
	return append(out, p), err
}

// oneReceipt is what a true sale of twenty lines tells.
func oneReceipt(ctx context.Context, dir string) (*pos.OutboxMessage, error) {
	q, err := openQueue(ctx, dir)
	if err != nil {
		return nil, err
	}
	return q.sale, q.close()
}

func ingestOn(ctx context.Context, engine string, receipt *pos.OutboxMessage, open func(name string) (*central.Store, error), mark func(int) string) (_ promise, err error) {
	kept, err := open("kept.db")
	if err != nil {
		return promise{}, err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	raw, err := open("raw.db")
	if err != nil {
		return promise{}, err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	served, err := serveTills(ctx, kept)
	if err != nil {
		return promise{}, err
	}
	defer func() { err = errors.Join(err, served.Close()) }()

	made := &receipts{one: receipt}
	insert := rawInsert(mark)
	var batches [][][]exchange.Command
	next := func() error { batches = made.next(); return nil }
	var bodies [][][]byte
	var rows [][][]any
	got, err := inTurn(ingestRounds,
		thing{before: func() (err error) { next(); bodies, err = encoded(batches); return err },
			do: func() error {
				return eachSender(func(sender, batch int) error { return served.push(ctx, sender, bodies[sender][batch]) })
			}},
		thing{before: func() error { next(); rows = rowsOf(batches); return nil },
			do: func() error {
				return eachSender(func(sender, batch int) error { return rawPut(ctx, raw.W, insert, rows[sender][batch]) })
			}},
	)
	if err != nil {
		return promise{}, err
	}
	rate := float64(ingestSenders*ingestBatches*ingestReceipts) / time.Duration(got[0].median).Seconds()
	return promise{what: fmt.Sprintf("%d receipts in batches of %d from %d senders, %s", ingestSenders*ingestBatches*ingestReceipts, ingestReceipts, ingestSenders, engine),
		got: got[0], base: got[1], beside: "raw inserts of the same rows, a statement a batch", limit: 2, note: fmt.Sprintf("%.0f receipts/s", rate)}, nil
}

// eachSender lets all senders bring their batches at the same time.
func eachSender(bring func(sender, batch int) error) error {
	errs := make([]error, ingestSenders)
	var all sync.WaitGroup
	for s := range ingestSenders {
		all.Go(func() {
			for b := 0; b < ingestBatches && errs[s] == nil; b++ {
				errs[s] = bring(s, b)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// receipts makes receipts, each of its own, a sender's in the order of their places.
type receipts struct {
	one *pos.OutboxMessage
	seq int64
}

// next makes what is brought in a round: of each sender, its batches.
func (r *receipts) next() [][][]exchange.Command {
	var ids uuids
	out := make([][][]exchange.Command, ingestSenders)
	from := r.seq
	for s := range out {
		r.seq = from
		for range ingestBatches {
			batch := make([]exchange.Command, ingestReceipts)
			for i := range batch {
				r.seq++
				m, id := *r.one, ids.NewID()
				m.Payload = bytes.ReplaceAll(m.Payload, []byte(r.one.Subject), []byte(id))
				m.ID, m.Subject, m.Object, m.Seq = ids.NewID(), id, id, r.seq
				batch[i] = exchange.Of(&m)
			}
			out[s] = append(out[s], batch)
		}
	}
	return out
}

func senderName(n int) string { return fmt.Sprintf("till-%02d", n) }

// encoded is each batch as a till sends it: what that costs a till is no part of
// what the backend takes.
func encoded(all [][][]exchange.Command) ([][][]byte, error) {
	out := make([][][]byte, len(all))
	for s, batches := range all {
		name := senderName(s)
		for _, batch := range batches {
			commands := make([]api.Command, len(batch))
			for i, c := range batch {
				commands[i] = api.Command{ID: c.ID, Type: string(c.Kind), DeviceID: name, Epoch: c.Epoch, Seq: c.Seq, At: c.At.UTC(), Subject: c.Subject, Digest: c.Digest(), Body: c.Body}
			}
			last := batch[len(batch)-1].Seq
			body, err := json.Marshal(map[string]any{"head": api.Head{Till: name, Epoch: 1, Events: last, Trail: fmt.Sprint("t", last), Entries: last, Journal: fmt.Sprint("j", last)},
				"waiting": 0, "commands": commands})
			if err != nil {
				return nil, err
			}
			out[s] = append(out[s], body)
		}
	}
	return out, nil
}

// served is a backend that listens on loopback as the program does, with the tills
// that joined it.
type served struct {
	server *http.Server
	http   *http.Client
	url    string
	tokens []string
}

func serveTills(ctx context.Context, st *central.Store) (*served, error) {
	b := backend.New(backend.Params{Store: st, Clock: clock{}, IDs: uuids{}})
	s := &served{http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: ingestSenders}}}
	for i := range ingestSenders {
		code, err := b.AddTill(ctx, senderName(i))
		if err != nil {
			return nil, err
		}
		token := strings.Repeat(fmt.Sprintf("%02d", i), 32)
		if _, err := b.Join(ctx, backend.Joining{Code: code.Text, Till: senderName(i), Token: hidden.New(token)}); err != nil {
			return nil, err
		}
		s.tokens = append(s.tokens, token)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.url = "http://" + l.Addr().String() + "/v1/sync/commands"
	s.server = &http.Server{Handler: api.New(api.Params{Backend: b, Requests: true, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))}), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(l) }() // until Close
	return s, nil
}

// push brings a batch, all of which must be taken.
func (s *served) push(ctx context.Context, sender int, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+s.tokens[sender])
	r.Header.Set("Content-Type", "application/json")
	resp, err := s.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if n := bytes.Count(answer, []byte(`"verdict":"applied"`)); resp.StatusCode != http.StatusOK || n != ingestReceipts {
		return fmt.Errorf("%s, %d of %d taken: %.300s", resp.Status, n, ingestReceipts, answer)
	}
	return nil
}

// Close ends the server.
func (s *served) Close() error {
	s.http.CloseIdleConnections()
	return s.server.Close()
}

var rawColumns = []string{"id", "till", "epoch", "seq", "kind", "subject", "object", "digest", "body", "at", "received"}

// rawInsert is one statement for a whole batch.
func rawInsert(mark func(int) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO messages (%s) VALUES ", strings.Join(rawColumns, ", "))
	for i := range ingestReceipts {
		marks := make([]string, len(rawColumns))
		for j := range marks {
			marks[j] = mark(i*len(rawColumns) + j + 1)
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "(%s)", strings.Join(marks, ", "))
	}
	return b.String()
}

func rowsOf(all [][][]exchange.Command) [][][]any {
	out := make([][][]any, len(all))
	now := time.Now().UnixMilli()
	for s, batches := range all {
		for _, batch := range batches {
			var args []any
			for i := range batch {
				c := &batch[i]
				args = append(args, c.ID, senderName(s), c.Epoch, c.Seq, string(c.Kind), c.Subject, c.Object, c.Digest(), []byte(c.Body), c.At.UnixMilli(), now)
			}
			out[s] = append(out[s], args)
		}
	}
	return out
}

func rawPut(ctx context.Context, db *sql.DB, text string, args []any) error {
	_, err := db.ExecContext(ctx, text, args...)
	return err
}
