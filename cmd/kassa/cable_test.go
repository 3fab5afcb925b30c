package main

import (
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
	ends    map[net.Conn]bool
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
	deaf        // what is asked arrives, and the answer does not
)

// newCable lays a cable to an address; it ends with the test.
func newCable(t *testing.T, to string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	c := &cable{t: t, l: l, to: to, ends: map[net.Conn]bool{}}
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
		c.ends[near], c.ends[far] = true, true
		c.mu.Unlock()
		c.carries.Go(func() { c.carry(far, near, false) })
		c.carries.Go(func() { c.carry(near, far, true) })
	}
}

// carry brings one direction along until either end is gone.
func (c *cable) carry(to, from net.Conn, answer bool) {
	defer c.drop(to, from)
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && !c.passes(answer) {
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
func (c *cable) passes(answer bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.state == held {
		c.stuck++
		c.turned.Wait()
		c.stuck--
	}
	if c.state == deaf && answer {
		c.unheard++
		return false
	}
	return c.state != cut
}

func (c *cable) drop(ends ...net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range ends {
		delete(c.ends, e)
		_ = e.Close()
	}
}

// turn makes it carry otherwise; a cut one loses what is under way.
func (c *cable) turn(to state) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state, c.unheard = to, 0
	if to == cut {
		for e := range c.ends {
			_ = e.Close()
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
