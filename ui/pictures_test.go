package ui_test

import (
	"image"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui"
	"kassa/ui/task"
)

// album is a keeper of pictures that counts what is read.
type album struct{ read []string }

func (a *album) Take(path string) (string, error) { return path, nil }

func (a *album) Load(name string, _ bool) (image.Image, error) {
	a.read = append(a.read, name)
	if name == "gone" {
		return nil, os.ErrNotExist
	}
	return image.NewGray(image.Rect(0, 0, 1, 1)), nil
}

func TestPictures_Small(t *testing.T) {
	t.Run("come later, one after the other, the newest first", func(t *testing.T) {
		a, q := &album{}, &task.Queue{}
		p := ui.NewPictures(&ui.Env{Ctx: t.Context(), Runner: q}, a)
		var came []string
		for _, name := range []string{"a", "b", "c", "b"} {
			require.Nil(t, p.Small(name, func() { came = append(came, name) }))
		}
		require.Equal(t, 1, q.Len(), "one at a time")
		for q.Len() > 0 {
			q.Finish(0)
		}
		assert.Equal(t, []string{"a", "c", "b"}, came)
		assert.NotNil(t, p.Small("b", nil))
		assert.Equal(t, []string{"a", "c", "b"}, a.read, "each is read once")
	})
	t.Run("are there at once where reading is", func(t *testing.T) {
		p := ui.NewPictures(&ui.Env{Ctx: t.Context(), Runner: task.Inline{}}, &album{})
		assert.NotNil(t, p.Small("a", func() { t.Error("who was answered is not called back") }))
	})
	t.Run("that are gone are asked for once", func(t *testing.T) {
		a := &album{}
		p := ui.NewPictures(&ui.Env{Ctx: t.Context(), Runner: task.Inline{}}, a)
		for range 3 {
			assert.Nil(t, p.Small("gone", nil))
		}
		assert.Len(t, a.read, 1)
	})
	t.Run("are held in bounds, those seen last longest", func(t *testing.T) {
		a := &album{}
		p := ui.NewPictures(&ui.Env{Ctx: t.Context(), Runner: task.Inline{}}, a)
		for i := range 1000 {
			p.Small(strconv.Itoa(i), nil)
			p.Small("0", nil)
		}
		assert.Len(t, a.read, 1000, "what is in sight is not read again")
		p.Small("1", nil)
		assert.Len(t, a.read, 1001, "what was long ago is")
	})
	t.Run("do not pile up while somebody scrolls", func(t *testing.T) {
		a, q := &album{}, &task.Queue{}
		p := ui.NewPictures(&ui.Env{Ctx: t.Context(), Runner: q}, a)
		for i := range 5000 {
			p.Small(strconv.Itoa(i), func() {})
		}
		for q.Len() > 0 {
			q.Finish(0)
		}
		assert.Less(t, len(a.read), 100)
	})
	t.Run("a window without them shows none", func(t *testing.T) {
		var p *ui.Pictures
		assert.Nil(t, p.Small("a", nil))
		assert.False(t, p.Ready())
	})
}
