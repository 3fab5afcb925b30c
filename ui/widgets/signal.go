package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Signal is a Chip that can be pressed, and that says when the pointer rests on it.
// It takes no focus: what it opens has a key of its own.
type Signal struct {
	Chip
	OnTapped  func()
	OnHovered func(on bool) // may be nil
}

// NewSignal returns a signal that shows nothing yet.
func NewSignal(tapped func()) *Signal {
	s := &Signal{OnTapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (s *Signal) Tapped(*fyne.PointEvent) {
	if s.OnTapped != nil {
		s.OnTapped()
	}
}

// MouseIn implements desktop.Hoverable.
func (s *Signal) MouseIn(*desktop.MouseEvent) { s.hovered(true) }

// MouseMoved implements desktop.Hoverable.
func (s *Signal) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (s *Signal) MouseOut() { s.hovered(false) }

func (s *Signal) hovered(on bool) {
	if s.OnHovered != nil {
		s.OnHovered(on)
	}
}

// Cursor implements desktop.Cursorable.
func (s *Signal) Cursor() desktop.Cursor { return desktop.PointerCursor }
