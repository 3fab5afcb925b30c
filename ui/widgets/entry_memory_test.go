package widgets_test

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// TestEntry_KeepsNoMemoryOnceItIsGone: a till opens a window with a field for every
// sale, all day.
func TestEntry_KeepsNoMemoryOnceItIsGone(t *testing.T) {
	w := uitest.Open(t, fyne.NewSize(400, 480))
	open := func() {
		var fields []fyne.CanvasObject
		for kind := widgets.TextEntry; kind <= widgets.AreaEntry; kind++ {
			e := w.Kit.Entry(kind, "0")
			e.SetText("12")
			fields = append(fields, e)
		}
		d := w.Kit.Dialog(widgets.DialogSpec{Name: "fields", Title: "Поля", Body: widgets.VBox(8, fields...)})
		d.Show(nil, nil)
		w.Image()
		d.Close()
		w.Image()
	}
	for range 3 {
		open()
	}
	const times = 12
	before := live()
	for range times {
		open()
	}
	// What is closed is thrown away within a minute, and is small; each set of
	// fonts a field had read took a megabyte and more, and stayed.
	grown := float64(live()-before) / times / (1 << 20)
	t.Logf("%.2f MB for each window with six fields", grown)
	assert.Less(t, grown, 1.0, "megabytes for each window with six fields")
}

func live() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestEntry_WritesInItsSize: what is typed, and what a field was given before it
// was shown.
func TestEntry_WritesInItsSize(t *testing.T) {
	for kind, size := range map[widgets.EntryKind]fyne.ThemeSizeName{
		widgets.TextEntry: theme.SizeText, widgets.SearchEntry: theme.SizeField, widgets.AmountEntry: theme.SizeAmount, widgets.AreaEntry: theme.SizeText,
	} {
		w := uitest.Open(t, uitest.Small)
		e := w.Kit.Entry(kind, "")
		e.SetText("1")
		w.Show(widgets.VBox(8, e))
		e.Focus()
		uitest.Press(w, "End")
		uitest.Type(w, "23")
		want := fyne.MeasureText("123", theme.Size(size), fyne.TextStyle{})
		var found bool
		for _, s := range uitest.Spots(w) {
			if s.Text == "123" {
				found = true
				assert.Equal(t, want, s.Size, "kind %d", kind)
			}
		}
		require.True(t, found, "kind %d: %q", kind, uitest.Texts(w))
	}
}
