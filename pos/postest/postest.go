// Package postest holds what tests of the shop own instead of the world: a
// clock that stands still, ids that count, and a sender of codes that does as
// it is told.
package postest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"kassa/pos/clock"
	"kassa/pos/confirm"
	"kassa/pos/hidden"
	"kassa/pos/integration"
)

// Noon is when the tests' day begins, a Monday.
var Noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// Pepper is a pepper for tests.
var Pepper = []byte("a pepper of tests, 32 bytes long")

// Clock stands still until it is moved. It has two hands: the wall clock, which
// anybody can set, and the run of the computer, which nobody can. It is safe for
// use by several goroutines.
type Clock struct {
	mu    sync.Mutex
	now   time.Time
	run   int
	since time.Duration
}

// NewClock makes a clock that stands at Noon.
func NewClock() *Clock { return &Clock{now: Noon} }

// Now is where the wall clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Read is where both hands stand.
func (c *Clock) Read() clock.Reading {
	c.mu.Lock()
	defer c.mu.Unlock()
	return clock.Reading{Wall: c.now, Run: fmt.Sprint("run ", c.run), Since: c.since}
}

// Move lets a time go by. A time back can only be set: it moves the wall clock
// alone.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.since += max(d, 0)
}

// Set sets the wall clock by so much and lets no time go by.
func (c *Clock) Set(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// In puts the wall clock into another zone, at the same moment.
func (c *Clock) In(zone *time.Location) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.In(zone)
}

// Reboot starts the computer anew after it was off for a time, as its wall clock
// has it.
func (c *Clock) Reboot(off time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(off)
	c.run, c.since = c.run+1, 0
}

// IDs counts: each id has the shape of a UUIDv7 and sorts after the one before.
// The zero IDs begins with 1.
type IDs struct {
	mu sync.Mutex
	n  int64
}

// IDsAfter makes a count that begins above n, the number of an id that is taken.
func IDsAfter(n int64) *IDs { return &IDs{n: n} }

// NewID makes the next id.
func (i *IDs) NewID() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.n++
	return fmt.Sprintf("01900000-0000-7000-8000-%012x", i.n)
}

// Last is the number of the newest id; 0 before the first.
func (i *IDs) Last() int64 {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.n
}

// Sender answers every delivery with its script and remembers them all.
type Sender struct {
	mu        sync.Mutex
	script    func(confirm.Delivery) confirm.Result
	delivered []confirm.Delivery
	foreign   bool
	nobody    bool
}

// NewSender makes a sender whose messages arrive.
func NewSender() *Sender { return &Sender{script: Arrives} }

// Arrives is the script of a provider that takes every message.
func Arrives(d confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.Sent, Channel: "sms", Provider: "test", MessageID: fmt.Sprintf("%s/%d", d.Challenge, d.Number)}
}

// Ends is a script that ends every delivery in a state.
func Ends(s confirm.State) func(confirm.Delivery) confirm.Result {
	return func(confirm.Delivery) confirm.Result {
		return confirm.Result{State: s, Channel: "sms", Provider: "test", ReasonID: "sms.err.offline"}
	}
}

// Answer sets what the deliveries from now on are answered with. The script
// may call the till: no lock is held while it runs.
func (s *Sender) Answer(script func(confirm.Delivery) confirm.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

// MakeCodes lets the provider make the codes, or the till again.
func (s *Sender) MakeCodes(foreign bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.foreign = foreign
}

// Leave is a shop that chooses no provider, or one again.
func (s *Sender) Leave(nobody bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nobody = nobody
}

// Makes is the script of a provider that makes a code and tells it.
func Makes(code string) func(confirm.Delivery) confirm.Result {
	return func(d confirm.Delivery) confirm.Result {
		r := Arrives(d)
		r.Code = hidden.New(code)
		return r
	}
}

// Route implements the till's sender.
func (s *Sender) Route(by integration.Way) confirm.Route {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nobody {
		return confirm.Route{By: by, Nobody: true}
	}
	return confirm.Route{By: by, Provider: "test", Foreign: s.foreign}
}

// SendCode implements the till's sender.
func (s *Sender) SendCode(_ context.Context, d confirm.Delivery) confirm.Result {
	s.mu.Lock()
	s.delivered = append(s.delivered, d)
	script := s.script
	s.mu.Unlock()
	return script(d)
}

// Delivered are all deliveries so far.
func (s *Sender) Delivered() []confirm.Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]confirm.Delivery(nil), s.delivered...)
}

// Code is the code of the newest delivery, as the customer reads it; "" when
// there was none.
func (s *Sender) Code() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.delivered) == 0 {
		return ""
	}
	return s.delivered[len(s.delivered)-1].Code
}

// WrongCode is a code other than the newest one.
func (s *Sender) WrongCode() string {
	if s.Code() == "000000" {
		return "000001"
	}
	return "000000"
}
