// Package sound lets the till be heard: a short tone for goods rung up, for a
// code nobody knows, for a refusal. It needs nothing but a player the system
// brings along, and is silent without one.
package sound

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kassa/pos"
)

// Kind is what is told by ear.
type Kind string

// The kinds of sounds.
const (
	Scanned Kind = "scanned" // goods were rung up
	Unknown Kind = "unknown" // nobody knows the code
	Error   Kind = "error"   // the till refused something
	News    Kind = "news"    // somebody elsewhere approved what a sale waits for
	Sold    Kind = "sold"    // a sale was stored
)

// Kinds lists the kinds in the order of the settings.
func Kinds() []Kind { return []Kind{Scanned, Unknown, Error, News, Sold} }

// Player makes a WAV heard and returns when it has ended. A player is asked for
// one sound at a time.
type Player interface {
	Play(ctx context.Context, name string, wav []byte) error
}

// patience is how long a player may take over a sound of half a second.
const patience = 3 * time.Second

// Params are what sounds stand on.
type Params struct {
	Settings func() pos.FrontSettings
	Player   Player
	Log      *slog.Logger
}

// Sounds plays in the background: whoever asks goes on at once. While one sound
// is heard one more waits, and a newer one takes its place, so that the ear is
// never behind the hand. A nil Sounds is silent. It is safe for use by several
// goroutines.
type Sounds struct {
	p     Params
	waves map[Kind][]byte

	mu     sync.Mutex
	busy   bool
	next   Kind // "" for none
	failed bool // was logged
	work   sync.WaitGroup
}

// New makes the sounds.
func New(p Params) *Sounds {
	s := &Sounds{p: p, waves: map[Kind][]byte{}}
	for _, k := range Kinds() {
		s.waves[k] = wave(k)
	}
	return s
}

// Play lets a kind be heard, if the shop wants to hear it.
func (s *Sounds) Play(k Kind) {
	if s == nil || !wanted(s.p.Settings(), k) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy {
		s.next = k
		return
	}
	s.busy = true
	s.work.Go(func() { s.run(k) })
}

// Try plays a kind whatever the settings say and waits for its end. The error
// tells why nothing is heard.
func (s *Sounds) Try(ctx context.Context, k Kind) error {
	if s == nil {
		return pos.E(pos.CodeUnavailable, "sound.no-player", nil)
	}
	return s.play(ctx, k)
}

// Wait returns when nothing is heard any more.
func (s *Sounds) Wait() {
	if s != nil {
		s.work.Wait()
	}
}

func (s *Sounds) run(k Kind) {
	for k != "" {
		if err := s.play(context.Background(), k); err != nil {
			s.tell(err)
		}
		s.mu.Lock()
		k, s.next = s.next, ""
		s.busy = k != ""
		s.mu.Unlock()
	}
}

func (s *Sounds) play(ctx context.Context, k Kind) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return s.p.Player.Play(ctx, string(k), s.waves[k])
}

// tell logs the first failure alone: a till without a loudspeaker would fill
// its log with every scan.
func (s *Sounds) tell(err error) {
	s.mu.Lock()
	first := !s.failed
	s.failed = true
	s.mu.Unlock()
	if first && s.p.Log != nil {
		s.p.Log.Warn("no sound can be played", "error", err)
	}
}

func wanted(f pos.FrontSettings, k Kind) bool {
	if !f.Sound {
		return false
	}
	switch k {
	case Scanned:
		return f.Scanned
	case Unknown:
		return f.Unknown
	case Error:
		return f.Error
	case News:
		return f.News
	case Sold:
		return f.Sold
	}
	return false
}
