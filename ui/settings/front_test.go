package settings

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/sound"
	"kassa/ui/uitest"
)

// ear remembers what was played.
type ear struct {
	heard []string
	err   error
}

func (e *ear) Play(_ context.Context, name string, _ []byte) error {
	e.heard = append(e.heard, name)
	return e.err
}

func TestFront_TriesEverySound(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	e := &ear{}
	d.Env.Sound = sound.New(sound.Params{Settings: func() pos.FrontSettings { return pos.FrontSettings{} }, Player: e})
	d.open(TabFront)
	uitest.Press(d.Window, "Shift+F8")
	require.Equal(t, []string{"scanned", "unknown", "error", "news", "sold"}, e.heard, "also what is switched off")
	require.True(t, uitest.HasText(d.Window, "Сигнал прозвучал"))

	e.err = pos.E(pos.CodeUnavailable, "sound.no-player", nil)
	uitest.Press(d.Window, "Shift+F8")
	require.Equal(t, "sound.no-player", d.Facts["settings.sound"]["error"])
	require.True(t, uitest.HasText(d.Window, "нечем проиграть звук"))
	d.Fine()
}

func TestFront_KeepsWhatIsChosen(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open(TabFront)
	uitest.TapText(d.Window, "Включён") // the first of the page: the display
	uitest.Press(d.Window, "Ctrl+S")
	require.Len(t, d.office.saved, 1)
	require.True(t, d.office.saved[0].Settings.Front.Display)
	require.True(t, d.office.saved[0].Settings.Front.Sound, "the other switches stay")
}
