package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// lent is the shelf all tests take shops from: each works in a copy.
func lent(t *testing.T) *shelf {
	t.Helper()
	s, err := onShelf()
	require.NoError(t, err)
	return s
}

var onShelf = sync.OnceValues(newShelf)

func TestMain(m *testing.M) {
	code := m.Run()
	if s, err := onShelf(); err == nil {
		s.Close()
	}
	os.Exit(code)
}

// TestStories tells every story in both languages at the two sizes a till
// usually has: each must lead to the screen it names, and no text may be cut
// off, lie over another one or fade into its ground, in either theme.
func TestStories(t *testing.T) {
	shelf := lent(t)
	for _, lang := range []string{"ru", "en"} {
		for _, size := range []fyne.Size{uitest.Small, uitest.Usual} {
			t.Run(lang+"-"+named(size), func(t *testing.T) {
				for _, s := range stories {
					t.Run(s.name, func(t *testing.T) { tellStory(t, shelf, s, size, lang) })
				}
			})
		}
	}
}

func tellStory(t *testing.T, shelf *shelf, s story, size fyne.Size, lang string) {
	b, err := shelf.open(s, size, lang)
	require.NoError(t, err)
	defer b.Close()
	require.NoError(t, b.tell())
	b.SetTheme(theme.New(theme.Dark, 1))
	b.Resize(size)
	assert.Empty(t, uitest.Faults(b.Window), "in the dark theme")
	b.SetTheme(theme.New(theme.Light, 1))
	b.Resize(size)
	assert.Empty(t, uitest.Faults(b.Window))
	assert.Empty(t, uitest.FrameFaults(b.Window))
	for _, text := range uitest.Texts(b.Window) {
		assert.NotContains(t, text, "{{", "a message without its values")
	}
	assert.Equal(t, size, b.Fyne.Canvas().Size(), "the screen makes the window grow")
	if lang == "ru" && size == uitest.Usual {
		tellsItsKeys(t, b)
	}
}

// tellsItsKeys presses F1 over a dialog: the list names Esc and every key that is
// written on a button there.
func tellsItsKeys(t *testing.T, b *book) {
	t.Helper()
	front, caps := b.Kit.Keys.Top().Name, uitest.Caps(b.Window)
	switch front {
	case "keys", "why", "keymap.ask", "select": // the list itself, what F1 closes, what waits for any key
		return
	}
	if !b.Kit.Covered() {
		return
	}
	leaves := b.Kit.Leaves()
	if slices.Contains(caps, "F1") || front == "payment" || front == "reports" { // the dialog's own
		b.press("Ctrl+F1")
	} else {
		b.press("F1")
	}
	if b.seen == "help" { // of the field one stands in; the keys come by the next press
		b.press("F1")
	}
	require.Equal(t, "keys", b.seen, "F1 over %s tells nothing", front)
	told := strings.Fields(b.facts["keys"])
	if leaves {
		assert.Contains(t, told, "Esc")
	}
	for _, key := range caps {
		assert.Contains(t, told, key, "a key on a button of %s", front)
	}
	assert.Empty(t, uitest.Faults(b.Window))
}

// TestStories_LargeLetters tells every story with the largest letters a small and
// a usual screen are promised to hold, where there is least room.
func TestStories_LargeLetters(t *testing.T) {
	shelf := lent(t)
	for _, at := range []struct {
		size  fyne.Size
		scale float32
	}{{uitest.Small, 1.25}, {uitest.Usual, theme.MaxScale}} {
		o := options{scale: at.scale}
		t.Run(o.named(at.size), func(t *testing.T) {
			for _, s := range stories {
				t.Run(s.name, func(t *testing.T) {
					b, err := shelf.open(s, at.size, "ru")
					require.NoError(t, err)
					defer b.Close()
					b.SetTheme(theme.New(theme.Light, at.scale))
					require.NoError(t, b.tell())
					assert.Empty(t, uitest.Faults(b.Window))
				})
			}
		})
	}
}

func TestStories_AreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range stories {
		assert.False(t, seen[s.name], "two stories are named %s", s.name)
		assert.NotEmpty(t, s.shows, s.name)
		seen[s.name] = true
	}
}

func TestRun_DrawsPicturesThatAreAlwaysTheSame(t *testing.T) {
	draw := func() []byte {
		dir := t.TempDir()
		var out bytes.Buffer
		require.NoError(t, run([]string{"-out", dir, "-only", "code-training", "-size", "1024x768", "-lang", "ru", "-theme", "dark"}, &out, io.Discard), out.String())
		assert.Contains(t, out.String(), "1 pictures")
		png, err := os.ReadFile(filepath.Join(dir, "1024x768-dark-ru", "code-training.png"))
		require.NoError(t, err)
		return png
	}
	first := draw()
	assert.True(t, bytes.Equal(first, draw()))
}

func TestParse(t *testing.T) {
	o, err := parse([]string{"-size", "800x600,1024x768", "-lang", "en", "-only", "code,login"}, io.Discard)
	require.NoError(t, err)
	assert.Equal(t, []fyne.Size{fyne.NewSize(800, 600), uitest.Small}, o.sizes)
	assert.True(t, o.wants(story{name: "code-wrong"}, uitest.Small))
	assert.False(t, o.wants(story{name: "sale"}, uitest.Small))

	for name, args := range map[string][]string{
		"a size that is none": {"-size", "big"}, "a size of nothing": {"-size", "0x0"}, "letters too large": {"-scale", "1.7"}, "an unknown story": {"-only", "unicorn"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse(args, io.Discard)
			require.Error(t, err)
			assert.True(t, strings.Contains(err.Error(), args[1]))
		})
	}
}
