package central_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/storage/central"
	"kassa/storage/central/centraltest"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// engines runs a test of the store's contract on both.
func engines(t *testing.T, test func(t *testing.T, s store.Store)) {
	centraltest.Engines(t, func(t *testing.T, s *central.Store) { test(t, s) })
}

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func change(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	require.NoError(t, s.Change(t.Context(), fn))
}

func look[T any](t *testing.T, s store.Store, fn func(store.Tx) (T, error)) (v T) {
	t.Helper()
	require.NoError(t, s.Look(t.Context(), func(x store.Tx) (err error) { v, err = fn(x); return err }))
	return v
}

func till(id, token string) *store.Till {
	return &store.Till{ID: id, Name: "Касса " + id, TokenHash: token, Joined: noon, Head: exchange.Head{Till: id}}
}

func message(till string, epoch, seq int64) store.Message {
	m := store.Message{Till: till, Received: noon, Command: exchange.Command{ID: fmt.Sprintf("%s-%d-%d", till, epoch, seq), Epoch: epoch, Seq: seq,
		Kind: pos.EventSaleCompleted, Subject: "s", Object: "s", At: noon, Body: []byte(`{"v":1,"имя":"ё"}`)}}
	m.Digest = m.Command.Digest()
	return m
}

func TestStore_Tills(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		unknown := func(x store.Tx) error { _, err := x.Till("a"); return err }
		require.Equal(t, pos.CodeNotFound, pos.CodeOf(s.Look(t.Context(), unknown)))
		a, b := till("a", "ta"), till("b", "")
		change(t, s, func(x store.Tx) error { return errors.Join(x.PutTill(b), x.PutTill(a), x.PutTill(till("c", ""))) })
		assert.Equal(t, a, look(t, s, func(x store.Tx) (*store.Till, error) { return x.Till("a") }))
		assert.Equal(t, a, look(t, s, func(x store.Tx) (*store.Till, error) { return x.TillByToken("ta") }))
		err := s.Look(t.Context(), func(x store.Tx) error { _, err := x.TillByToken(""); return err })
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err), "no credential is no till's")
		a.Name, a.Revoked, a.Seen, a.Queue = "Вторая", noon, noon.Add(time.Second), 7
		a.Head = exchange.Head{Till: "a", Epoch: 2, Events: 3, Trail: "x", Entries: 4, Journal: "y"}
		change(t, s, func(x store.Tx) error { return x.PutTill(a) })
		all := look(t, s, store.Tx.ListTills)
		require.Len(t, all, 3)
		assert.Contains(t, all, *a)
	})
}

func TestStore_Enrolments(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		e := &store.Enrolment{CodeHash: "h", Name: "Касса 2", Made: noon, Ends: noon.Add(time.Minute)}
		change(t, s, func(x store.Tx) error { return x.PutEnrolment(e) })
		assert.Equal(t, e, look(t, s, func(x store.Tx) (*store.Enrolment, error) { return x.Enrolment("h") }))
		for i, want := range []bool{true, false} {
			var used bool
			change(t, s, func(x store.Tx) (err error) {
				used, err = x.UseEnrolment("h", fmt.Sprint("till", i), "token", noon)
				return err
			})
			assert.Equal(t, want, used)
		}
		got := look(t, s, func(x store.Tx) (*store.Enrolment, error) { return x.Enrolment("h") })
		assert.Equal(t, "till0", got.Till)
	})
}

func TestStore_Messages(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error { return errors.Join(x.PutTill(till("a", "")), x.PutTill(till("b", ""))) })
		put := func(who string, list ...store.Message) (got []bool) {
			t.Helper()
			change(t, s, func(x store.Tx) (err error) { got, err = x.PutMessages(who, list); return err })
			return got
		}
		first, second := message("a", 1, 1), message("a", 1, 2)
		require.Equal(t, []bool{true, true}, put("a", first, second))
		sameID, samePlace, bare := message("a", 1, 9), message("a", 1, 2), message("a", 2, 3)
		sameID.ID, samePlace.ID, bare.Body = first.ID, "another", nil
		require.Equal(t, []bool{false, false, true}, put("a", sameID, samePlace, bare))
		require.Equal(t, []bool{true}, put("b", message("b", 1, 1)), "a place is each till's own")

		assert.Equal(t, &first, look(t, s, func(x store.Tx) (*store.Message, error) { return x.MessageByID(first.ID) }))
		assert.Equal(t, &second, look(t, s, func(x store.Tx) (*store.Message, error) { return x.MessageAt("a", 1, 2) }))
		got := look(t, s, func(x store.Tx) (*store.Message, error) { return x.MessageByID(bare.ID) })
		assert.Empty(t, got.Body)
		assert.Equal(t, bare.Digest, got.Digest)
		assert.Nil(t, look(t, s, func(x store.Tx) (*store.Message, error) { return x.MessageByID("nobody's") }))
		assert.Nil(t, look(t, s, func(x store.Tx) (*store.Message, error) { return x.MessageAt("c", 1, 1) }))
		held := look(t, s, func(x store.Tx) (*store.Till, error) { return x.Till("a") }).Held
		assert.Equal(t, exchange.Held{Count: 3, Epoch: 2, Seq: 3}, held)
		page := look(t, s, func(x store.Tx) ([]exchange.Command, error) { return x.HeldAfter("a", 1, 1, 10) })
		assert.Equal(t, []exchange.Command{{ID: second.ID, Epoch: 1, Seq: 2}, {ID: bare.ID, Epoch: 2, Seq: 3}}, page)
		change(t, s, func(x store.Tx) error { return errors.Join(x.PutApart(&sameID, "id"), x.PutApart(&sameID, "id")) })
	})
}

func TestStore_Cases(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		open := func(id, about string) {
			change(t, s, func(x store.Tx) error {
				return x.OpenCase(&store.Case{ID: id, Till: "a", Kind: store.CaseDrift, About: about, At: noon, Detail: pos.Args{"why": "x"}})
			})
		}
		open("1", "backward")
		open("2", "backward") // the same matter
		open("3", "forked")
		list := func(openOnly bool) []store.Case {
			return look(t, s, func(x store.Tx) ([]store.Case, error) { return x.ListCases(openOnly, 10) })
		}
		require.Len(t, list(true), 2)
		for _, want := range []bool{true, false} {
			var closed bool
			change(t, s, func(x store.Tx) (err error) {
				closed, err = x.CloseCase("1", "Анна", "сверено", noon)
				return err
			})
			require.Equal(t, want, closed)
		}
		require.Len(t, list(true), 1)
		open("4", "backward") // a new one of a matter that was closed
		require.Len(t, list(true), 2)
		require.Len(t, list(false), 3)
	})
}

// Nothing of a change that ends in an error or a panic is kept.
func TestStore_AllOrNothing(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		bad := errors.New("no")
		require.ErrorIs(t, s.Change(t.Context(), func(x store.Tx) error { return errors.Join(x.PutTill(till("a", "")), bad) }), bad)
		require.Panics(t, func() {
			_ = s.Change(t.Context(), func(x store.Tx) error { _ = x.PutTill(till("a", "")); panic("broken") })
		})
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Change(ctx, func(x store.Tx) error { cancel(); return x.PutTill(till("a", "")) })
		require.ErrorIs(t, err, context.Canceled)
		require.Empty(t, look(t, s, store.Tx.ListTills))
		require.NoError(t, s.Ready(t.Context()))
	})
}

// Of many who use one code at once exactly one does.
func TestStore_OneOfManyWins(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error { return x.PutEnrolment(&store.Enrolment{CodeHash: "h", Made: noon, Ends: noon}) })
		var won atomic.Int32
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				var used bool
				err := s.Change(context.Background(), func(x store.Tx) (err error) {
					used, err = x.UseEnrolment("h", fmt.Sprint(i), "t", noon)
					return err
				})
				assert.NoError(t, err)
				if used {
					won.Add(1)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 1, won.Load())
	})
}

// The two schemas have the same tables with the same columns.
func TestStore_SchemasAreTwins(t *testing.T) {
	read := func(engine string) string {
		files, err := filepath.Glob("migrations/" + engine + "/*.sql")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		var b strings.Builder
		for _, f := range files {
			raw, err := os.ReadFile(f)
			require.NoError(t, err)
			text := regexp.MustCompile(`(?m)--.*$|^PRAGMA.*$`).ReplaceAllString(string(raw), "")
			text = strings.NewReplacer("BIGINT", "INTEGER", "BYTEA", "BLOB", " STRICT, WITHOUT ROWID", "", " STRICT", "").Replace(text)
			b.WriteString(filepath.Base(f) + "\n" + strings.Join(strings.Fields(text), " ") + "\n")
		}
		return b.String()
	}
	require.Equal(t, read("sqlite"), read("postgres"))
}

// Of two messages of one id the one whose place is free is kept, and told of as kept.
func TestStore_MessagesOfOneIDAtTwoPlaces(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error { return x.PutTill(till("a", "")) })
		there, first, second := message("a", 1, 1), message("a", 1, 1), message("a", 1, 2)
		first.ID = second.ID
		change(t, s, func(x store.Tx) error { _, err := x.PutMessages("a", []store.Message{there}); return err })
		var put []bool
		change(t, s, func(x store.Tx) (err error) {
			put, err = x.PutMessages("a", []store.Message{first, second})
			return err
		})
		assert.Equal(t, []bool{false, true}, put)
	})
}
