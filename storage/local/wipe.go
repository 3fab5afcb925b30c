package local

// This file takes people out of what is no card of theirs, and what was deleted
// out of the bytes of the file.

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"sync"

	"kassa/pos"
	"kassa/pos/person"
	"kassa/pos/till/store"
	"kassa/storage/sqlite"
)

const (
	sqlPrintIsOf = `SELECT EXISTS (SELECT 1 FROM sales WHERE id = ?1 AND customer = ?2)
		OR EXISTS (SELECT 1 FROM returns WHERE id = ?1 AND customer = ?2)
		OR EXISTS (SELECT 1 FROM repayments WHERE id = ?1 AND customer = ?2)`
	sqlEachPrint   = `SELECT ` + printColumns + ` FROM prints ORDER BY n`
	sqlForgetPrint = `UPDATE prints SET lines = '', qr = '', title = ?, detail = '{}',
		state = CASE WHEN state = 'done' THEN 'done' ELSE 'withdrawn' END WHERE id = ?`

	sqlCardNotes = `SELECT id, note FROM customers WHERE note <> ''`

	sqlToldOfCards = `SELECT id, payload FROM outbox WHERE substr(kind, 1, 9) = 'customer.' OR kind = 'request.order.new'`
	sqlMirrorText  = `SELECT kind, id, body FROM mirror`
	sqlStrikeText  = `UPDATE mirror SET body = ? WHERE kind = ? AND id = ?`
	sqlWordyEvents = `SELECT n, detail FROM events WHERE instr(detail, '"reason":"') > 0 OR instr(detail, '"note":"') > 0
		OR instr(detail, '"supplier":"') > 0 OR instr(detail, '"invoice":"') > 0`
	sqlForgetEvent = `UPDATE events SET detail = ? WHERE n = ?`

	metaWipe = "wipe"
	wipeDue  = "due"

	sqlFreePages  = `SELECT freelist_count, page_size FROM pragma_freelist_count, pragma_page_size`
	sqlFillFree   = `INSERT INTO wipe (zeros) VALUES (zeroblob(?))`
	sqlEmptyFree  = `DELETE FROM wipe WHERE n IN (SELECT n FROM wipe ORDER BY n LIMIT ?)`
	sqlWipeAsEver = `PRAGMA secure_delete = FAST`

	// So many pages are filled in a row, and so many rows in a transaction: a sale
	// waits for no more than that.
	wipePages = 256
	wipeRows  = 4
)

// written are the texts of people in rows that may still be written: what they are
// read by, and how one is put back. Documents that are done are sealed as they
// are.
var written = []struct{ read, put string }{
	{`SELECT n, note FROM cheques WHERE note <> ''`, `UPDATE cheques SET note = ? WHERE n = ?`},
	{`SELECT cheque * 4096 + no, reason FROM cheque_lines WHERE reason <> ''`,
		`UPDATE cheque_lines SET reason = ?1 WHERE cheque = ?2 / 4096 AND no = ?2 % 4096`},
	{`SELECT place, reason FROM open_return_lines WHERE reason <> ''`, `UPDATE open_return_lines SET reason = ? WHERE place = ?`},
	{`SELECT n, supplier FROM stock_docs WHERE number IS NULL AND supplier <> ''`, `UPDATE stock_docs SET supplier = ? WHERE n = ?`},
	{`SELECT n, invoice FROM stock_docs WHERE number IS NULL AND invoice <> ''`, `UPDATE stock_docs SET invoice = ? WHERE n = ?`},
	{`SELECT n, reason FROM stock_docs WHERE number IS NULL AND reason <> ''`, `UPDATE stock_docs SET reason = ? WHERE n = ?`},
	{`SELECT n, reason_args FROM challenges WHERE reason_args NOT IN ('', '{}', 'null')`, `UPDATE challenges SET reason_args = ? WHERE n = ?`},
	{`SELECT n, reason FROM certificates WHERE reason <> ''`, `UPDATE certificates SET reason = ? WHERE n = ?`},
}

func (x *tx) ForgetTexts(cards []pos.CustomerID, p *person.Traces) (events []int64, err error) {
	x.store.spelled.remember(p)
	for _, err := range []error{x.forgetPrints(cards, p), x.forgetNotes(p), x.forgetDrafts(p), x.forgetPayloads(p), x.forgetMirror(p)} {
		if err != nil {
			return nil, err
		}
	}
	return x.forgetEvents(p)
}

// forgetDrafts takes the person out of the rows of written.
func (x *tx) forgetDrafts(p *person.Traces) error {
	x.kept.cheque = nil
	for _, t := range written {
		struck := map[int64]string{}
		err := x.Each(t.read, nil, func(r *sql.Rows) error {
			var n int64
			var text string
			if err := r.Scan(&n, &text); err != nil {
				return err
			}
			if text, had := p.Strike(text); had {
				struck[n] = text
			}
			return nil
		})
		if err != nil {
			return err
		}
		for n, text := range struck {
			if _, err := x.Exec(t.put, text, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// quoted is a text within JSON.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// forgetPayloads takes the person out of what others were told of other cards:
// the note of a wife's says whose she is. Spaces make up for what is gone.
func (x *tx) forgetPayloads(p *person.Traces) error {
	struck := map[string][]byte{}
	err := x.Each(sqlToldOfCards, nil, func(r *sql.Rows) error {
		var id string
		var payload []byte
		if err := r.Scan(&id, &payload); err != nil {
			return err
		}
		text := strike(p, string(payload))
		if text != string(payload) && json.Valid([]byte(text)) {
			struck[id] = append([]byte(text), bytes.Repeat([]byte(" "), max(0, len(payload)-len(text)))...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id, payload := range struck {
		if err := x.ForgetTold(id, payload); err != nil {
			return err
		}
	}
	return nil
}

// strike takes a person out of the texts of JSON. Only out of what stands between
// quotation marks: a time in milliseconds may read like the end of a telephone number.
func strike(p *person.Traces, text string) string {
	return quoted.ReplaceAllStringFunc(text, func(word string) string {
		word, _ = p.Strike(word)
		return word
	})
}

// forgetMirror takes the person out of what the till knows of their payments.
func (x *tx) forgetMirror(p *person.Traces) error {
	type key struct{ kind, id string }
	struck := map[key]string{}
	err := x.Each(sqlMirrorText, nil, func(r *sql.Rows) error {
		var k key
		var body string
		if err := r.Scan(&k.kind, &k.id, &body); err != nil {
			return err
		}
		if text := strike(p, body); text != body && json.Valid([]byte(text)) {
			struck[k] = text
		}
		return nil
	})
	for k, text := range struck {
		if err == nil {
			_, err = x.Exec(sqlStrikeText, text, k.kind, k.id)
		}
	}
	return err
}

// forgetEvents takes the person out of what the trail keeps of people's words.
func (x *tx) forgetEvents(p *person.Traces) ([]int64, error) {
	struck := map[int64]string{}
	err := x.Each(sqlWordyEvents, nil, func(r *sql.Rows) error {
		var n int64
		var text string
		if err := r.Scan(&n, &text); err != nil || !p.In(text) {
			return err
		}
		var detail map[string]string
		if err := json.Unmarshal([]byte(text), &detail); err != nil {
			return err
		}
		for k, v := range detail {
			detail[k], _ = p.Strike(v)
		}
		detail[pos.DetailForgotten] = "yes"
		now, err := json.Marshal(detail)
		struck[n] = string(now)
		return err
	})
	if err != nil {
		return nil, err
	}
	events := slices.Sorted(maps.Keys(struck))
	for _, n := range events {
		if _, err := x.Exec(sqlForgetEvent, struck[n], n); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// forgetNotes takes the person out of what was noted on other cards.
func (x *tx) forgetNotes(p *person.Traces) error {
	struck := map[pos.CustomerID]string{}
	err := x.Each(sqlCardNotes, nil, func(r *sql.Rows) error {
		var id pos.CustomerID
		var note string
		if err := r.Scan(&id, &note); err != nil {
			return err
		}
		if note, had := p.Strike(note); had {
			struck[id] = note
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id, note := range struck {
		c, err := x.Customer(id)
		if err != nil {
			return err
		}
		c.Note = note
		if err := x.PutCustomer(c); err != nil {
			return err
		}
	}
	return nil
}

// forgetPrints takes the words of slips that tell of the person. One that did not
// come out yet is withdrawn: a receipt can be printed anew from its sale.
func (x *tx) forgetPrints(cards []pos.CustomerID, p *person.Traces) error {
	all, err := x.somePrints(sqlEachPrint)
	if err != nil {
		return err
	}
	for i := range all {
		j := &all[i]
		title, titled := p.Strike(j.Title)
		told := titled || p.In(joined(j.Lines)) || p.In(j.QR)
		for k := 0; k < len(cards) && !told && j.Doc != ""; k++ {
			if _, err := x.Row(sqlPrintIsOf, []any{j.Doc, string(cards[k])}, &told); err != nil {
				return err
			}
		}
		if !told || j.Forgotten() {
			continue
		}
		if _, err := x.Exec(sqlForgetPrint, title, string(j.ID)); err != nil {
			return err
		}
	}
	return nil
}

// joined are the lines of a slip as one text: a name goes on in the next line.
func joined(lines []string) string {
	n := 0
	for _, l := range lines {
		n += len(l) + 1
	}
	out := make([]byte, 0, n)
	for _, l := range lines {
		out = append(append(out, l...), '\n')
	}
	return string(out)
}

// spelled is how the people who were erased since the last Wipe are written.
type spelled struct {
	sync.Mutex
	all [][]byte
}

// remember keeps them for Wipe. Where the process ends before, it does without.
func (s *spelled) remember(p *person.Traces) {
	s.Lock()
	defer s.Unlock()
	for _, text := range p.Spellings() {
		s.all = append(s.all, []byte(text))
	}
}

// Wipe implements store.Store. The engine keeps deleted pages as they were until
// it needs them: they are taken, filled with zeros and given back, some at a time,
// and then the log, which has what the pages held before, is folded into the file.
// Rows are overwritten where they are, see secure_delete, and what they left where
// they were before is blanked, see sqlite.DB.Blank.
func (s *Store) Wipe(ctx context.Context) error {
	for more := true; more; {
		err := s.db.Update(ctx, wiping(&more, fillFree))
		if err != nil {
			return err
		}
	}
	for more := true; more; {
		err := s.db.Update(ctx, wiping(&more, emptyFree))
		if err != nil {
			return err
		}
	}
	s.spelled.Lock()
	spellings := s.spelled.all
	s.spelled.all = nil
	s.spelled.Unlock()
	if err := s.db.Blank(ctx, spellings); err != nil {
		return err
	}
	if err := s.db.EmptyLog(ctx); err != nil {
		return err
	}
	return s.Update(ctx, func(x store.Tx) error { return x.PutMeta(metaWipe, "") })
}

// wipeLeft ends what an erasure could not.
func (s *Store) wipeLeft(ctx context.Context, log *slog.Logger) {
	var due string
	err := s.View(ctx, func(x store.Tx) (err error) { due, err = x.Meta(metaWipe); return err })
	if err == nil && due != wipeDue {
		return
	}
	if err == nil {
		err = s.Wipe(ctx)
	}
	if err != nil && log != nil {
		log.Warn("what was deleted is not overwritten yet", "error", err)
	}
}

func wiping(more *bool, do func(*sqlite.Tx) (bool, error)) func(*sqlite.Tx) error {
	return func(t *sqlite.Tx) (err error) {
		*more, err = do(t)
		return err
	}
}

// fillFree fills some of the pages nobody uses, and reports whether there are more.
func fillFree(t *sqlite.Tx) (more bool, err error) {
	for range wipeRows {
		var free, size int64
		if _, err := t.Row(sqlFreePages, nil, &free, &size); err != nil || free == 0 {
			return false, err
		}
		if _, err := t.Exec(sqlFillFree, min(free, wipePages)*(size-4)); err != nil {
			return false, err
		}
	}
	return true, nil
}

// emptyFree gives some of those pages back.
func emptyFree(t *sqlite.Tx) (more bool, err error) {
	var fast int64
	if _, err := t.Row(sqlWipeAsEver, nil, &fast); err != nil {
		return false, err
	}
	n, err := t.Exec(sqlEmptyFree, wipeRows)
	return n == wipeRows, err
}
