package main

import (
	"bytes"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// cable is what lies between a till and its server, as bad as a test wants it.
type cable struct {
	t  *testing.T
	l  net.Listener
	to string

	mu      sync.Mutex
	turned  sync.Cond // its state is another one
	state   state
	links   map[*link]bool
	stuck   int // directions in which something is held
	unheard int // answers that were lost
	carries sync.WaitGroup
}

// state is how a cable carries.
type state int

const (
	whole state = iota
	cut         // nothing arrives, and whoever tries is told so
	held        // nothing arrives, and nobody is told
	deaf        // what a till tells arrives, and the answer does not
)

// telling begins the request by which a till tells what waits in its queue.
var telling = []byte("POST /v1/sync/commands")

// link is one connection through the cable.
type link struct {
	near, far net.Conn
	told      bool // something was told over it while the cable was deaf
}

// newCable lays a cable to an address; it ends with the test.
func newCable(t *testing.T, to string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	c := &cable{t: t, l: l, to: to, links: map[*link]bool{}}
	c.turned.L = &c.mu
	c.carries.Go(c.accept)
	t.Cleanup(func() {
		_ = l.Close()
		c.turn(cut)
		c.carries.Wait()
	})
	return c
}

func (c *cable) address() string { return c.l.Addr().String() }

func (c *cable) accept() {
	for {
		near, err := c.l.Accept()
		if err != nil {
			return // the test ended
		}
		far, err := net.Dial("tcp", c.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		c.mu.Lock()
		l := &link{near: near, far: far}
		c.links[l] = true
		c.mu.Unlock()
		c.carries.Go(func() { c.carry(l, far, near, false) })
		c.carries.Go(func() { c.carry(l, near, far, true) })
	}
}

// carry brings one direction along until either end is gone.
func (c *cable) carry(l *link, to, from net.Conn, answer bool) {
	defer c.drop(l)
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && !c.passes(l, buf[:n], answer) {
			return
		}
		if n > 0 {
			if _, e := to.Write(buf[:n]); e != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// passes waits while the cable is held and says whether what is there arrives.
func (c *cable) passes(l *link, what []byte, answer bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.state == held {
		c.stuck++
		c.turned.Wait()
		c.stuck--
	}
	switch {
	case c.state == cut:
		return false
	case c.state != deaf:
	case answer && l.told:
		c.unheard++
		return false
	case !answer && bytes.HasPrefix(what, telling):
		l.told = true
	}
	return true
}

func (c *cable) drop(l *link) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.links, l)
	_, _ = l.near.Close(), l.far.Close()
}

// turn makes it carry otherwise; a cut one loses what is under way.
func (c *cable) turn(to state) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state, c.unheard = to, 0
	if to == cut {
		for l := range c.links {
			_, _ = l.near.Close(), l.far.Close()
		}
	}
	c.turned.Broadcast()
}

// awaitHeld waits until somebody waits for what the cable holds.
func (c *cable) awaitHeld() { c.await(func() bool { return c.stuck > 0 }) }

// awaitUnheard waits until an answer was lost: what was asked for has arrived.
func (c *cable) awaitUnheard() { c.await(func() bool { return c.unheard > 0 }) }

func (c *cable) await(is func() bool) {
	c.t.Helper()
	require.Eventually(c.t, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return is()
	}, patience, 20*time.Millisecond)
}
