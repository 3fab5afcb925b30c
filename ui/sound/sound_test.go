package sound

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// fake is a player that ends a sound when it is told to.
type fake struct {
	played chan string
	end    chan error
}

func newFake() *fake { return &fake{played: make(chan string), end: make(chan error)} }

func (f *fake) Play(_ context.Context, name string, _ []byte) error {
	f.played <- name
	return <-f.end
}

func sounds(p Player, change func(*pos.FrontSettings), log *bytes.Buffer) *Sounds {
	set := pos.DefaultFront()
	set.Sold = true
	if change != nil {
		change(&set)
	}
	return New(Params{Settings: func() pos.FrontSettings { return set }, Player: p, Log: slog.New(slog.NewTextHandler(log, nil))})
}

func TestSounds_TheNewestWaits(t *testing.T) {
	f := newFake()
	s := sounds(f, nil, &bytes.Buffer{})
	s.Play(Scanned)
	require.Equal(t, "scanned", <-f.played)
	s.Play(Scanned)
	s.Play(Sold)
	s.Play(Unknown) // while the first is heard
	f.end <- nil
	require.Equal(t, "unknown", <-f.played)
	f.end <- nil
	s.Wait()
}

func TestSounds_FailuresAreLoggedOnce(t *testing.T) {
	f, log := newFake(), &bytes.Buffer{}
	s := sounds(f, nil, log)
	for range 3 {
		s.Play(Error)
		<-f.played
		f.end <- errors.New("no loudspeaker")
		s.Wait()
	}
	require.Equal(t, 1, strings.Count(log.String(), "no loudspeaker"))
}

func TestSounds_Switches(t *testing.T) {
	for k, off := range map[Kind]func(*pos.FrontSettings){
		Scanned: func(f *pos.FrontSettings) { f.Scanned = false },
		Unknown: func(f *pos.FrontSettings) { f.Unknown = false },
		Error:   func(f *pos.FrontSettings) { f.Error = false },
		News:    func(f *pos.FrontSettings) { f.News = false },
		Sold:    func(f *pos.FrontSettings) { f.Sold = false },
	} {
		f := newFake()
		s := sounds(f, off, &bytes.Buffer{})
		s.Play(k)
		s.Wait() // nothing plays, or this would not end
		all := sounds(f, func(f *pos.FrontSettings) { f.Sound = false }, &bytes.Buffer{})
		for _, k := range Kinds() {
			all.Play(k)
		}
		all.Wait()
		for _, other := range Kinds() {
			if other == k {
				continue
			}
			s.Play(other)
			require.Equal(t, string(other), <-f.played)
			f.end <- nil
			s.Wait()
		}
	}
}

func TestSounds_TryIsHeardThoughSwitchedOff(t *testing.T) {
	f := newFake()
	s := sounds(f, func(f *pos.FrontSettings) { f.Sound = false }, &bytes.Buffer{})
	done := make(chan error)
	go func() { done <- s.Try(t.Context(), Scanned) }()
	require.Equal(t, "scanned", <-f.played)
	f.end <- pos.E(pos.CodeUnavailable, "sound.failed", nil)
	require.Equal(t, pos.CodeUnavailable, pos.CodeOf(<-done))
}

func TestSounds_NilIsSilent(t *testing.T) {
	var s *Sounds
	s.Play(Scanned)
	s.Wait()
	require.Equal(t, pos.CodeUnavailable, pos.CodeOf(s.Try(t.Context(), Scanned)))
}

func TestWave_IsAFile(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds() {
		w := wave(k)
		require.Equal(t, "RIFF", string(w[:4]))
		require.Equal(t, "WAVEfmt ", string(w[8:16]))
		require.EqualValues(t, len(w)-8, binary.LittleEndian.Uint32(w[4:]))
		require.EqualValues(t, len(w)-44, binary.LittleEndian.Uint32(w[40:]))
		require.Less(t, len(w), 2*rate, "shorter than a second")
		loud := int16(0)
		for i := 44; i < len(w); i += 2 {
			loud = max(loud, int16(binary.LittleEndian.Uint16(w[i:])))
		}
		require.Greater(t, loud, int16(8000))
		require.Zero(t, binary.LittleEndian.Uint16(w[44:]), "begins without a click")
		require.False(t, seen[string(w)], "kinds differ")
		seen[string(w)] = true
	}
}
