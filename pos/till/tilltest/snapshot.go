package tilltest

// This file keeps shops as they stood, so that what takes time to make is made
// once in a process and copied for every test.

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local/localtest"
)

// Snapshot is a shop as it stood at a moment. Any number of shops begin there,
// each in a folder of its own; they share nothing. It is safe for use by several
// goroutines.
type Snapshot struct {
	shop Shop // its settings and people; not its process
	file []byte
	at   time.Time
	ids  int64
}

// Snapshot proves the books and ends the shop: it goes on in whatever is opened
// from what it left behind.
func (s *Shop) Snapshot() *Snapshot {
	s.Helper()
	if !s.spoilt {
		s.Sound()
	}
	n := &Snapshot{file: s.close(), at: s.clock.Now(), ids: s.ids.Last(), shop: Shop{
		Settings: s.Settings, Who: s.Who, Owner: s.Owner, Senior: s.Senior, Cashier: s.Cashier, Demo: s.Demo, spoilt: s.spoilt, sealed: s.sealed, Pepper: s.Pepper,
	}}
	s.settled = true
	return n
}

// Open is a shop of its own that begins where the snapshot was taken.
func (n *Snapshot) Open(t testing.TB) *Shop {
	t.Helper()
	c := postest.NewClock()
	c.Move(n.at.Sub(c.Now()))
	s := n.open(t, c)
	s.Clock = c
	return s
}

// open is Open at another clock, which stands where the shop's stood.
func (n *Snapshot) open(t testing.TB, c till.Clock) *Shop {
	t.Helper()
	s := n.shop
	s.TB, s.clock, s.ids, s.Sender = t, c, postest.IDsAfter(n.ids), postest.NewSender()
	for _, a := range []*pos.Actor{&s.Who, &s.Owner, &s.Senior, &s.Cashier} {
		a.Rights = slices.Clone(a.Rights)
	}
	s.Demo = cloned(s.Demo)
	s.begin(localtest.With(t, n.file))
	return &s
}

// cloned is a copy of what a demo shop is made of.
func cloned(d *till.DemoShop) *till.DemoShop {
	if d == nil {
		return nil
	}
	d = &till.DemoShop{Employees: slices.Clone(d.Employees), Customers: slices.Clone(d.Customers), Products: slices.Clone(d.Products)}
	for i := range d.Products {
		d.Products[i].Barcodes = slices.Clone(d.Products[i].Barcodes)
	}
	return d
}

// shelf keeps the snapshots of one kind of shop, by the time and the settings
// they were made at and with.
type shelf struct {
	mu   sync.Mutex
	kept map[string]*Snapshot
}

// of is the snapshot of the shop that make makes, made now when there is none.
func (k *shelf) of(c till.Clock, set pos.Settings, make func() *Shop) *Snapshot {
	k.mu.Lock()
	defer k.mu.Unlock()
	name := fmt.Sprintf("%v %+v", c.Now(), set)
	if k.kept[name] == nil {
		n := make().Snapshot()
		if k.kept == nil {
			k.kept = map[string]*Snapshot{}
		}
		k.kept[name] = n
	}
	return k.kept[name]
}
