// Package keytimes knows when keys were pressed. The toolkit does not pass on the
// time that the X server gives each key, so that a window which was busy for a second
// takes what came meanwhile for typed at once. A second connection to the server
// hears the keys of the same window, and of no other, with their times.
package keytimes

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// What is waited for and remembered.
const (
	patience  = 30 * time.Millisecond // a key the toolkit has is on its way here too
	missLimit = 3                     // after so many that were not, nothing is waited for
	longAgo   = 3 * time.Second       // an older one was left behind by a key nobody asked about
	setupTime = 2 * time.Second       // for talking with the server at the beginning
	remember  = 256                   // keys nobody asked about
)

// Keys are the key presses of one window. They belong to one goroutine.
type Keys struct {
	conn   net.Conn
	base   uint32    // the server's clock, in milliseconds
	began  time.Time // what it showed base at
	read   []byte    // the beginning of an event
	queue  []press
	missed int
	now    func() time.Time
}

// press is a key that went down, or was repeated.
type press struct {
	code int
	at   time.Time
}

// Of listens to a window, by its X identifier, of the display that is named as in
// DISPLAY. It is an error when the display is not an X server on this computer.
func Of(display string, window uint32) (*Keys, error) {
	conn, err := dial(display)
	if err != nil {
		return nil, err
	}
	k := &Keys{conn: conn, now: time.Now}
	if err := k.begin(display, window); err != nil {
		conn.Close()
		return nil, fmt.Errorf("keytimes: %w", err)
	}
	return k, nil
}

// Close ends the connection.
func (k *Keys) Close() error { return k.conn.Close() }

func (k *Keys) begin(display string, window uint32) error {
	if err := k.conn.SetDeadline(time.Now().Add(setupTime)); err != nil {
		return err
	}
	root, id, err := setup(k.conn, cookie(display))
	if err != nil {
		return err
	}
	if err := k.readClock(root, id); err != nil {
		return err
	}
	if err := send(k.conn, selectKeys(window)); err != nil {
		return err
	}
	return k.conn.SetDeadline(time.Time{})
}

// readClock sets the server's clock beside ours, the quickest of some answers: the
// server tells its time with the change of a property, here of a window of our own
// that is never shown.
func (k *Keys) readClock(root, own uint32) error {
	if err := send(k.conn, makeWindow(root, own)); err != nil {
		return err
	}
	quickest := setupTime
	for range 5 {
		asked := k.now()
		if err := send(k.conn, touchProperty(own)); err != nil {
			return err
		}
		event, err := k.event()
		if err != nil {
			return err
		}
		if event[0]&0x7f != propertyNotify {
			return errors.New("the server does not tell its time")
		}
		took := k.now().Sub(asked)
		if took < quickest {
			quickest = took
			k.base, k.began = binary.LittleEndian.Uint32(event[12:]), asked.Add(took)
		}
	}
	return nil
}

// event reads one message of the server; an error of a request is one of ours.
func (k *Keys) event() ([]byte, error) {
	var b [32]byte
	n := copy(b[:], k.read)
	k.read = nil
	m, err := io.ReadFull(k.conn, b[n:])
	if err != nil {
		k.read = append([]byte(nil), b[:n+m]...)
		return nil, err
	}
	if b[0] == 0 {
		return nil, fmt.Errorf("the server refused with error %d", b[1])
	}
	return b[:], nil
}

// When tells when the key of that code went down which the toolkit handles now. It is
// asked in the order in which keys are handled. It answers false when that is not known.
func (k *Keys) When(code int) (time.Time, bool) {
	if at, ok := k.take(code); ok {
		k.missed = 0
		return at, true
	}
	wait := patience
	if k.missed >= missLimit {
		wait = time.Millisecond
	}
	if k.conn.SetReadDeadline(time.Now().Add(wait)) != nil {
		return time.Time{}, false
	}
	for {
		event, err := k.event()
		if err != nil {
			k.missed++
			return time.Time{}, false
		}
		if event[0]&0x7f != keyPress {
			continue
		}
		k.note(int(event[1]), binary.LittleEndian.Uint32(event[4:]))
		if at, ok := k.take(code); ok {
			k.missed = 0
			return at, true
		}
	}
}

// note remembers a key with the server's time.
func (k *Keys) note(code int, serverTime uint32) {
	ago := time.Duration(int32(serverTime-k.base)) * time.Millisecond
	if over := len(k.queue) - remember + 1; over > 0 {
		k.queue = append(k.queue[:0], k.queue[over:]...)
	}
	k.queue = append(k.queue, press{code, k.began.Add(ago)})
}

// take finds the first key of a code and forgets it with those before.
func (k *Keys) take(code int) (time.Time, bool) {
	for i, p := range k.queue {
		if p.code == code && k.now().Sub(p.at) < longAgo {
			k.queue = append(k.queue[:0], k.queue[i+1:]...)
			return p.at, true
		}
	}
	return time.Time{}, false
}
