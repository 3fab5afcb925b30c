package health

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// ward is what the window looks at, as the test says.
type ward struct {
	lines  []health.Line
	asked  []bool
	err    error
	saved  []string
	refuse error // of saving
}

func (w *ward) Health(_ context.Context, _ pos.Actor, ask bool) ([]health.Line, error) {
	w.asked = append(w.asked, ask)
	return w.lines, w.err
}

func (w *ward) Support(context.Context, pos.Actor) (*health.Bundle, error) {
	return &health.Bundle{Files: []health.File{{Name: "about.json", Body: []byte("{\n  \"version\": \"1.2.3\"\n}\n")},
		{Name: "log.jsonl", Body: []byte("{\"msg\":\"started\"}\n{\"msg\":\"stopped\"}\n")}}}, w.err
}

func (w *ward) SaveSupport(_ context.Context, _ pos.Actor, b *health.Bundle, path string) (string, error) {
	if w.refuse != nil {
		return "", w.refuse
	}
	w.saved = append(w.saved, path)
	return path, nil
}

func newWard() *ward {
	return &ward{lines: []health.Line{
		{Name: "disk", State: health.Good, ID: "health.disk-free", Args: pos.Args{"Free": int64(48123)}},
		{Name: "prints", State: health.Warn, ID: "health.prints-open", Args: pos.Args{"Count": 2}, Place: health.Prints},
		{Name: "backup", State: health.Bad, ID: "health.backup-none", Place: health.Copies},
	}}
}

func open(t *testing.T, w *ward) (s *shoptest.Shop, mended *[]health.Place, closed *int) {
	s = shoptest.Open(t, uitest.Small, "ru")
	s.Login(pos.GroupOwner)
	mended, closed = &[]health.Place{}, new(int)
	Open(s.Env, w, func(p health.Place) { *mended = append(*mended, p) }, func() { *closed++ })
	return s, mended, closed
}

func TestHealth_BeginsWithTheWorstAndEnterLeadsToWhereItIsMended(t *testing.T) {
	w := newWard()
	s, mended, closed := open(t, w)
	s.Shows("health", "bad", "1", "warn", "1", "lines", "3", "asking", "false", "error", "")
	assert.Equal(t, []bool{false, true}, w.asked, "what is at hand is shown before anybody is asked")
	assert.True(t, uitest.HasText(s.Window, "Сделайте первую"))
	s.Picture("health")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, []health.Place{health.Copies}, *mended)
	assert.Equal(t, 1, *closed)
}

func TestHealth_LooksAnewByOneKey(t *testing.T) {
	w := newWard()
	s, _, _ := open(t, w)
	w.lines = w.lines[:1]
	uitest.Press(s.Window, "F5")
	s.Shows("health", "bad", "0", "warn", "0", "lines", "1")
	assert.True(t, uitest.HasText(s.Window, "Всё в порядке"))
	uitest.Press(s.Window, keys.Enter)
	s.Shows("health", "lines", "1")
	s.Fine()
}

func TestHealth_SaysWhyItCannotLook(t *testing.T) {
	w := newWard()
	w.err = pos.E(pos.CodeForbidden, "till.forbidden", pos.Args{"Right": pos.RightVerify})
	s, _, _ := open(t, w)
	s.Shows("health", "error", "forbidden")
	s.Fine()
}

func TestSupport(t *testing.T) {
	t.Run("is shown file by file and then saved, by keys", func(t *testing.T) {
		w := newWard()
		s, _, _ := open(t, w)
		uitest.Press(s.Window, "F8")
		s.Shows("health.support", "files", "2", "lines", "3", "error", "")
		assert.True(t, uitest.HasText(s.Window, "1.2.3"))
		s.Picture("health-support")
		assert.Empty(t, w.saved, "nothing is saved before it was seen")
		uitest.Press(s.Window, "Ctrl+A")
		file := filepath.Join(t.TempDir(), "a.zip")
		uitest.Type(s.Window, file)
		uitest.Press(s.Window, keys.Enter)
		s.Shows("health.support.done", "file", file)
		assert.Equal(t, []string{file}, w.saved)
	})
	t.Run("tells a full disk and stays open", func(t *testing.T) {
		w := newWard()
		w.refuse = pos.Wrap(pos.CodeUnavailable, "table.disk-full", os.ErrClosed)
		s, _, _ := open(t, w)
		uitest.Press(s.Window, "F8", keys.Enter)
		s.Shows("health.support", "error", "unavailable")
		require.Empty(t, w.saved)
		s.Fine()
		w.refuse = nil
		uitest.Press(s.Window, keys.Enter)
		assert.Len(t, w.saved, 1)
	})
}
