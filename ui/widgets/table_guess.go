package widgets

import (
	"fyne.io/fyne/v2"

	"kassa/ui/theme"
)

// SetFound shows what a search found, the first row selected. A guess says above the
// rows what the text was taken for; then nothing is selected, so that Enter takes
// nothing before somebody has chosen a row. "" is no guess.
func (t *Table) SetFound(rows int, guess string) {
	t.guess = guess
	t.SetRows(rows)
	t.Select(-1)
	if guess == "" {
		t.Select(min(0, rows-1))
	}
}

// Guess is what the rows are shown as a guess with, "" for none.
func (t *Table) Guess() string { return t.guess }

// guessHead is the strip above the rows of a guess, in place of the head.
type guessHead struct {
	ground *box
	text   *label
	said   string
}

func newGuessHead() *guessHead {
	return &guessHead{ground: newBox(theme.ColorWarnSoft, theme.ColorNone, 0), text: newLabel("", guessStyle)}
}

var guessStyle = Style{Size: theme.SizeSmall, Color: theme.ColorWarn, Bold: true}

// show lays the strip over the head, or takes it away.
func (h *guessHead) show(guess string, width, high float32) {
	h.said = guess
	h.ground.Hidden, h.text.Hidden = guess == "", guess == ""
	h.text.set(guess, guessStyle)
	h.text.fit(width - 2*theme.Px(cellPad))
	h.ground.Resize(fyne.NewSize(width, high))
	place(h.text.Text, theme.Px(cellPad), width-2*theme.Px(cellPad), high)
}
