package central_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/money"
)

func person(id, email string) *store.Person {
	return &store.Person{ID: id, Email: email, Level: store.LevelDecide, Added: noon}
}

func TestStore_People(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		a, b := person("a", "olga@example.ru"), person("b", "boris@example.ru")
		change(t, s, func(x store.Tx) error { return errors.Join(x.PutPerson(a), x.PutPerson(b)) })
		a.Password, a.Secret, a.Offered, a.Step, a.Level = "$argon2id$", "S", "O", 7, store.LevelOwner
		nought, most := money.Amount(0), money.Amount(500_00)
		a.DecideCap, a.RefundCap, a.CapIn = &most, &nought, "RUB"
		change(t, s, func(x store.Tx) error { return x.PutPerson(a) })
		assert.Equal(t, a, look(t, s, func(x store.Tx) (*store.Person, error) { return x.PersonByEmail("olga@example.ru") }))
		assert.Equal(t, []store.Person{*b, *a}, look(t, s, store.Tx.ListPeople))
		require.Error(t, s.Change(t.Context(), func(x store.Tx) error { return x.PutPerson(person("c", "olga@example.ru")) }), "an address is one person's")
		require.Error(t, s.Change(t.Context(), func(x store.Tx) error { p := person("c", "c@example.ru"); p.Level = "king"; return x.PutPerson(p) }))
		a.Revoked = noon
		change(t, s, func(x store.Tx) error {
			return errors.Join(x.PutPerson(a), x.PutPerson(person("c", "olga@example.ru")))
		})
		err := s.Look(t.Context(), func(x store.Tx) error { _, err := x.PersonByEmail("none@example.ru"); return err })
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
		change(t, s, func(x store.Tx) error {
			p, err := x.PersonAlone("c")
			assert.Equal(t, "olga@example.ru", p.Email)
			return err
		})
	})
}

func TestStore_PasswordLinks(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		link := func(hash string) *store.PasswordLink {
			return &store.PasswordLink{Hash: hash, Person: "a", Made: noon, Ends: noon.Add(time.Hour)}
		}
		change(t, s, func(x store.Tx) error {
			return errors.Join(x.PutPasswordLink(link("h1")), x.PutPasswordLink(link("h2")))
		})
		first := look(t, s, func(x store.Tx) (*store.PasswordLink, error) { return x.PasswordLink("h1") })
		assert.Equal(t, noon, first.Used, "a newer one voids it")
		assert.Equal(t, link("h2"), look(t, s, func(x store.Tx) (*store.PasswordLink, error) { return x.PasswordLink("h2") }))
		for _, want := range []bool{true, false} {
			var used bool
			change(t, s, func(x store.Tx) (err error) { used, err = x.UsePasswordLink("h2", noon); return err })
			assert.Equal(t, want, used)
		}
		err := s.Look(t.Context(), func(x store.Tx) error { _, err := x.PasswordLink("none"); return err })
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
	})
}

func TestStore_Sessions(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		session := func(id, person string, ends time.Duration) *store.Session {
			return &store.Session{ID: id, Token: "t" + id, Person: person, Agent: "Chrome", From: "192.0.2.1", Made: noon, Seen: noon, Ends: noon.Add(ends), Half: id == "3"}
		}
		change(t, s, func(x store.Tx) error {
			return errors.Join(x.AddSession(session("1", "a", time.Hour)), x.AddSession(session("2", "a", time.Minute)), x.AddSession(session("3", "b", time.Hour)))
		})
		require.Error(t, s.Change(t.Context(), func(x store.Tx) error { d := session("4", "a", 0); d.Token = "t1"; return x.AddSession(d) }))
		byToken := func(token string) *store.Session {
			return look(t, s, func(x store.Tx) (*store.Session, error) { return x.SessionByToken(token) })
		}
		assert.Equal(t, session("3", "b", time.Hour), byToken("t3"))
		assert.Nil(t, byToken("none"))
		change(t, s, func(x store.Tx) error { return x.SeeSession("1", noon.Add(time.Second)) })
		assert.Equal(t, noon.Add(time.Second), byToken("t1").Seen)
		assert.Len(t, look(t, s, func(x store.Tx) ([]store.Session, error) { return x.ListSessions("a") }), 2)
		change(t, s, func(x store.Tx) error { return x.Sweep(noon.Add(time.Minute), noon) })
		assert.Nil(t, byToken("t2"))
		var ended bool
		change(t, s, func(x store.Tx) (err error) { ended, err = x.EndSession("a", "3"); return err })
		assert.False(t, ended, "another person's")
		change(t, s, func(x store.Tx) (err error) { ended, err = x.EndSession("a", "1"); return err })
		assert.True(t, ended)
		change(t, s, func(x store.Tx) error { return x.EndSessions("b") })
		assert.Nil(t, byToken("t3"))
	})
}

// Tries at the same moment are each counted, by whatever program.
func TestStore_Tries(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		try := func(key string, now, before time.Time) (n int64, since time.Time) {
			assert.NoError(t, s.Change(t.Context(), func(x store.Tx) (err error) { n, since, err = x.CountTry(key, now, before); return err }))
			return n, since
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		seen := map[int64]bool{}
		for i := range 12 {
			all.Go(func() {
				n, since := try("k", noon, noon.Add(-time.Minute))
				mu.Lock()
				defer mu.Unlock()
				assert.False(t, seen[n], "try %d was counted twice (%d)", n, i)
				seen[n] = true
				assert.Equal(t, noon, since)
			})
		}
		all.Wait()
		assert.Len(t, seen, 12, fmt.Sprint(seen))
		n, _ := try("other", noon, noon.Add(-time.Minute))
		assert.EqualValues(t, 1, n)
		n, since := try("k", noon.Add(time.Minute), noon)
		assert.EqualValues(t, 1, n, "those before are forgotten")
		assert.Equal(t, noon.Add(time.Minute), since)
		change(t, s, func(x store.Tx) error { return x.ForgetTries("k") })
		change(t, s, func(x store.Tx) error { return x.Sweep(noon, noon) })
		n, _ = try("other", noon, noon.Add(-time.Hour))
		assert.EqualValues(t, 1, n)
	})
}
