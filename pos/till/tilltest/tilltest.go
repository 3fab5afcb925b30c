// Package tilltest is a shop for tests: a till over a database of its own, on a
// clock, ids and a sender of codes that are the test's. Only tests import it, so
// it may reach the store, which a room itself must not know.
//
// A test begins with Empty, Small or Demo, or with a day that somebody else has
// lived through, such as BusyDay. Whatever it did, its end proves the books by
// the self-check, unless it spoilt them on purpose.
package tilltest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/sqlite"
)

// Shop is a shop under test and its till. Who is who stands at the counter: the
// verbs of this package that name nobody act as Who.
type Shop struct {
	testing.TB
	*till.Till
	Store    *local.Store
	Clock    *postest.Clock  // nil where the test has brought a clock of its own
	Sender   *postest.Sender // where codes go
	Settings pos.Settings    // asked anew in every operation
	Pepper   []byte          // the till's secret

	Who, Owner, Senior, Cashier pos.Actor      // logged in; nobody in an empty shop
	Demo                        *till.DemoShop // nil but in a demo shop

	clock   till.Clock
	ids     *postest.IDs
	dir     string
	sealed  string // since when; kept beside the database
	spoilt  bool   // the books need not be right
	settled bool   // the end of the test has nothing to do
}

// usual are the settings of a shop whose customers confirm by SMS.
func usual() pos.Settings {
	return pos.Settings{
		Shop: "Лавка", Till: "1", Language: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules(),
		ConfirmPoints: pos.ConfirmAlways, ConfirmCredit: pos.ConfirmAlways, CodeLifetime: confirm.DefaultLifetime, SMSProvider: "sandbox",
	}
}

// Context outlives the test itself, so that its end can still be checked.
func (s *Shop) Context() context.Context { return context.Background() }

// Params are what the shop's till stands on, for a test that wants a till over
// something else: s.Till = till.New(changed).
func (s *Shop) Params() till.Params {
	return till.Params{
		Store: s.Store, Clock: s.clock, IDs: s.ids, Sender: s.Sender, Settings: func() pos.Settings { return s.Settings },
		Pepper: s.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1},
	}
}

// Restart is the same shop in a new process: the store is closed and opened
// again, and the till knows nothing but what the store kept.
func (s *Shop) Restart() {
	s.Helper()
	require.NoError(s, s.Store.Close())
	s.open()
}

// open begins a process in the shop's folder.
func (s *Shop) open() {
	s.Helper()
	store, err := local.Open(s.Context(), local.Params{Dir: s.dir, Now: s.clock.Now})
	require.NoError(s, err)
	s.Store = store
	s.Till = till.New(s.Params())
	s.sealed, err = s.BeginSeals(s.Context(), s.sealed)
	require.NoError(s, err)
}

// begin opens the shop in a folder of its own, to be proved and closed with the
// test.
func (s *Shop) begin(dir string) {
	s.Helper()
	s.dir = dir
	s.open()
	s.Cleanup(s.end)
}

// path is the database.
func (s *Shop) path() string { return filepath.Join(s.dir, sqlite.FileName) }

// end proves the books and closes the shop.
func (s *Shop) end() {
	s.Helper()
	if s.settled {
		return
	}
	s.Till = till.New(s.Params()) // whatever the test put before the store
	var e *pos.Error
	if _, err := s.Cheque(s.Context()); errors.As(err, &e) && e.ID == storage.IDClosed {
		s.open() // the test itself closed it
	}
	if !s.spoilt {
		s.Sound()
	}
	if err := s.Store.Close(); err != nil {
		s.Error(err)
	}
}

// Spoilt says that the books of this shop are made up: the end of the test does
// not prove them.
func (s *Shop) Spoilt() { s.spoilt = true }

// File closes the shop, reads its database and opens it again.
func (s *Shop) File() []byte {
	s.Helper()
	file := s.close()
	s.open()
	return file
}

// close ends the process and reads what it left behind.
func (s *Shop) close() []byte {
	s.Helper()
	require.NoError(s, s.Store.Close())
	file, err := os.ReadFile(s.path())
	require.NoError(s, err)
	return file
}
