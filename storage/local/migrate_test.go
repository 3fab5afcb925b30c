package local

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till/store"
	"kassa/storage/sqlite"
)

// openAsOf opens a store as the program did whose newest migration is named.
func openAsOf(t *testing.T, dir, newest string) *sqlite.DB {
	t.Helper()
	then := fstest.MapFS{}
	names, err := fs.Glob(migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name > newest {
			continue
		}
		text, err := fs.ReadFile(migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		then[name] = &fstest.MapFile{Data: text}
	}
	db, err := sqlite.Open(context.Background(), sqlite.Params{Dir: dir, Migrations: then, AppID: appID, MarkSQL: sqlMark, MarkQuery: sqlGetMark})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// TestMigration_Epochs: a shop that was restored when numbers still began anew goes
// on as it did, and both receipts of a number are there.
func TestMigration_Epochs(t *testing.T) {
	s := upgraded(t, "00014_parts.sql", `INSERT INTO meta (key, value) VALUES ('epoch', '2')`)
	change(t, s, func(x *tx) error {
		for _, one := range []pos.Sale{{ID: "a", Epoch: 1, Number: 1}, {ID: "b", Epoch: 1, Number: 2}, {ID: "c", Epoch: 2, Number: 1}} {
			one.Currency = "RUB"
			if err := x.PutSale(&one); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(x *tx) error {
		next, err := x.NextSaleNumber()
		if err != nil || next != 2 {
			t.Errorf("next %d (%v)", next, err)
		}
		first, err := x.FirstNumbers()
		if err != nil || len(first) != 0 {
			t.Errorf("first %v (%v)", first, err)
		}
		found, err := x.SearchSales(store.SaleQuery{Number: 1}, 9)
		if err != nil || len(found) != 2 {
			t.Errorf("found %v (%v)", found, err)
		}
		now, err := x.Standing()
		if err != nil || now.Sale != 1 || now.Most[history.Sales] != 2 {
			t.Errorf("stands %+v (%v)", now, err)
		}
		return nil
	})
}

// TestMigration_Outbox: what was told before messages had states waits, in the
// epoch in which it was told, and a checked copy of the data was made first.
func TestMigration_Outbox(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	old := openAsOf(t, dir, "00010_care.sql")
	err := old.Update(ctx, func(x *sqlite.Tx) error {
		for _, text := range []string{
			`INSERT INTO outbox (id, kind, subject, payload, at) VALUES ('o1', 'sale.completed', 's1', CAST('{"id":"s1"}' AS BLOB), 1000)`,
			`INSERT INTO events (n, at, kind, employee, subject, detail, hash) VALUES (1, 2000, 'data.restored', '', '', '{"epoch":"3"}', 'h')`,
			`INSERT INTO outbox (id, kind, subject, payload, at) VALUES ('o2', 'sale.completed', 's2', CAST('{"id":"s2"}' AS BLOB), 2000)`,
			`INSERT INTO events (n, at, kind, employee, subject, detail, hash) VALUES (2, 3000, 'data.restored', '', '', '{"epoch":"4"}', 'h')`,
			`INSERT INTO outbox (id, kind, subject, payload, at) VALUES ('o3', 'customer.added', 'c1', CAST('{"id":"c1"}' AS BLOB), 3500)`,
		} {
			if _, err := x.Exec(text); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, old.Close()); err != nil {
		t.Fatal(err)
	}

	s, err := Open(ctx, Params{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	copies, err := filepath.Glob(filepath.Join(dir, sqlite.BackupFolder, "before-v*.db"))
	if err != nil || len(copies) != 1 {
		t.Errorf("copies made before: %v, %v", copies, err)
	}
	var epochs []int64
	err = s.View(ctx, func(x store.Tx) error {
		return x.EachOutbox(func(m *pos.OutboxMessage) error {
			epochs = append(epochs, m.Epoch)
			if m.State != pos.OutboxWaiting || !m.Since.IsZero() || m.Why != "" || m.Object != m.Subject || m.Seq != int64(len(epochs)) {
				t.Errorf("a message from before: %+v", m)
			}
			return nil
		})
	})
	if err != nil || len(epochs) != 3 || epochs[0] != 1 || epochs[1] != 3 || epochs[2] != 4 {
		t.Errorf("epochs %v, %v", epochs, err)
	}
}

// TestOutbox_IsNeverEdited: the file itself refuses what would change or lose
// what was told.
func TestOutbox_IsNeverEdited(t *testing.T) {
	s, err := Open(context.Background(), Params{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func(fn func(*tx) error) error {
		return s.Update(context.Background(), func(x store.Tx) error { return fn(x.(*tx)) })
	}
	err = put(func(x *tx) error {
		return x.Enqueue(&pos.OutboxMessage{ID: "o1", Epoch: 1, Kind: pos.EventSaleCompleted, Subject: "s1", Object: "s1", Payload: []byte("{}"), At: time.UnixMilli(1)})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`UPDATE outbox SET payload = x'00'`, `UPDATE outbox SET subject = 'x'`, `UPDATE outbox SET kind = 'customer.added'`, `UPDATE outbox SET n = 7`,
		`UPDATE outbox SET object = 'x'`, `UPDATE outbox SET epoch = 9`, `UPDATE outbox SET at = 0`, `UPDATE outbox SET id = 'x'`,
		`DELETE FROM outbox`, `UPDATE outbox SET state = 'lost'`, `UPDATE outbox SET why = 'no reason while it waits'`,
	} {
		err := put(func(x *tx) error {
			_, err := x.Exec(text)
			return err
		})
		if err == nil {
			t.Errorf("%s: done", strings.TrimSpace(text))
		}
	}
}
