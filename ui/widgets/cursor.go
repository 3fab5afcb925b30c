package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kassa/ui/task"
	"kassa/ui/theme"
)

// How the mark blinks. Each turn draws the whole window anew, so it stands still
// once nobody types any more.
const (
	cursorTurn  = 500 * time.Millisecond
	cursorTurns = 12 // of which the last shows it
)

// cursor is the mark at which typing goes on. Fyne's own blinks as long as the
// field has the focus, a quarter of a processor at a till that is drawn in software.
type cursor struct {
	*canvas.Rectangle
	timers task.Timers
	stop   func() // of the next turn
	left   int    // turns
}

func newCursor(timers task.Timers) *cursor {
	c := &cursor{Rectangle: canvas.NewRectangle(theme.Color(theme.ColorAccent)), timers: timers, stop: func() {}}
	c.Hide()
	return c
}

// wake shows the mark and makes it blink for a while.
func (c *cursor) wake() {
	c.stop()
	c.left = cursorTurns
	c.FillColor = theme.Color(theme.ColorAccent)
	c.Show()
	c.Refresh()
	c.stop = c.timers.After(cursorTurn, c.turn)
}

func (c *cursor) turn() {
	c.left--
	if c.left == 0 || c.Hidden {
		c.Show()
		c.Refresh() // which a shape that is shown does not do by itself
	} else {
		c.Hide()
	}
	if c.left > 0 {
		c.stop = c.timers.After(cursorTurn, c.turn)
	}
}

// rest takes the mark away.
func (c *cursor) rest() {
	c.stop()
	c.stop = func() {}
	c.Hide()
}

// Still is an application in which nothing of the toolkit's moves by itself, the
// mark of its fields above all: it draws only what has changed. The application is
// made the current one.
func Still(a fyne.App) fyne.App {
	s := still{a}
	fyne.SetCurrentApp(s)
	return s
}

type still struct{ fyne.App }

// Settings implements fyne.App.
func (s still) Settings() fyne.Settings { return stillSettings{s.App.Settings()} }

type stillSettings struct{ fyne.Settings }

// ShowAnimations implements fyne.Settings.
func (stillSettings) ShowAnimations() bool { return false }
