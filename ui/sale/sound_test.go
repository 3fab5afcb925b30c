package sale

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui/customerdisplay"
	"kassa/ui/sound"
	"kassa/ui/uitest"
)

// ear is a player that only remembers.
type ear struct{ heard chan string }

func (e ear) Play(_ context.Context, name string, _ []byte) error {
	e.heard <- name
	return nil
}

func TestScreen_IsHeard(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	e := ear{make(chan string, 8)}
	s.Env.Sound = sound.New(sound.Params{Settings: pos.DefaultFront, Player: e})
	s.Scan(0)
	require.Equal(t, "scanned", <-e.heard)
	s.Env.Sound.Wait()
	uitest.Scan(s.Window, "4699999999996")
	require.Equal(t, "unknown", <-e.heard)
	s.Env.Sound.Wait()
	require.Empty(t, e.heard)
}

func TestScreen_CustomersSeeTheCheque(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Env.Display = customerdisplay.New(customerdisplay.Params{Timers: s.Clock, Shop: func() string { return "" },
		Words: func() *words.Words { return s.Env.Words.In(time.UTC) }})
	t.Cleanup(s.Env.Display.Close)
	s.Scan(0)
	require.Equal(t, customerdisplay.Ringing, s.Env.Display.Scene())
	uitest.Press(s.Window, "Del")
	uitest.Type(s.Window, "передумал")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, customerdisplay.Idle, s.Env.Display.Scene(), "a removed line is not shown")
}
