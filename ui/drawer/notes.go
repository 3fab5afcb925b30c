package drawer

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of counting notes.
const (
	actNotes keys.ActionID = "drawer.notes"
	actTake  keys.ActionID = "drawer.notes.take"
)

// noteDigits is how many digits the number of one note has: nobody counts a hundred
// thousand of them by hand.
const noteDigits = 5

// counter is the window in which a drawer is counted note by note.
type counter struct {
	env    *ui.Env
	notes  []money.Amount
	fields []*widgets.Entry // one for each note, then the coins
	sum    *widgets.Text
	news   *widgets.Banner
	dialog *widgets.Dialog
	took   func(money.Counting)
}

// notesButton opens the counting beside a field of a sum.
func notesButton(env *ui.Env) *widgets.Button {
	b := env.Kit.ActionButton(env.T("drawer.notes", nil), widgets.Secondary, actNotes)
	b.Height = widgets.Normal
	return b
}

// countNotes asks how many there are of each note, beginning with what was counted
// before; took hears of it once somebody takes the sum.
func countNotes(env *ui.Env, before money.Counting, took func(money.Counting)) {
	k := env.Kit
	c := &counter{env: env, notes: env.Till.Settings().Currency.Notes(), took: took,
		sum: widgets.NewText("", widgets.Amount).Shrink(), news: widgets.NewBanner("", widgets.Bad)}
	var cells []fyne.CanvasObject
	for i := range len(c.notes) + 1 {
		f := k.Entry(widgets.TextEntry, "0")
		f.RefusesScan, f.SelectAll, f.MaxLength, f.Filter = true, true, noteDigits, widgets.Digits()
		label := env.T("drawer.notes.coins", nil)
		if i < len(c.notes) {
			label = c.name(c.notes[i]) + " ×"
			f.SetText(many(before, c.notes[i]))
		} else {
			f.MaxLength, f.Filter = 10, widgets.Decimal(2)
			if before.Coins != 0 {
				f.SetText(env.Words.Money().Typed(before.Coins))
			}
		}
		f.OnChanged = func(string) { c.show() }
		f.OnSubmitted = func(string) { c.step(1) }
		c.fields = append(c.fields, f)
		cells = append(cells, widgets.HBox(theme.GapSmall,
			widgets.Grow(widgets.NewText(label, widgets.Body.Right())), widgets.FixedWidth(104, f)))
	}
	half := (len(cells) + 1) / 2
	take := k.ActionButton(env.T("drawer.notes.take", nil), widgets.Primary, actTake)
	take.Height = widgets.Large
	back := k.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	back.Height = widgets.Large
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "drawer.notes", Title: env.T("drawer.notes.title", nil), Subtitle: env.T("drawer.notes.why", nil), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards,
			widgets.Equal(theme.GapInside, widgets.VBox(theme.GapSmall, cells[:half]...), widgets.VBox(theme.GapSmall, cells[half:]...)),
			widgets.NewSeparator(),
			widgets.HBox(theme.GapSmall, widgets.NewText(env.T("drawer.notes.sum", nil), widgets.Muted), widgets.Grow(c.sum)),
			c.news),
		Footer: widgets.HBox(theme.GapCards, widgets.FixedWidth(150, back), widgets.Grow(take))})
	c.dialog.Show(c.fields[0].Focusable(), func(s *keys.Scope) {
		s.BindKey(keys.Down, func() { c.step(1) }, keys.Repeating())
		s.BindKey(keys.Up, func() { c.step(-1) }, keys.Repeating())
		s.Bind(actTake, c.onTake)
	})
	c.show()
}

// name is a note as people call it: whole units with their sign.
func (c *counter) name(note money.Amount) string {
	m := c.env.Words.Money()
	return m.Points(int64(note) / m.Unit())
}

// many is how many of a note were counted, as it stands in its field.
func many(c money.Counting, note money.Amount) string {
	for _, p := range c.Piles {
		if p.Note == note {
			return strconv.FormatInt(p.Many, 10)
		}
	}
	return ""
}

// step goes on to another field, from the last one to the first.
func (c *counter) step(by int) {
	for i, f := range c.fields {
		if f.Focused() {
			c.fields[(i+by+len(c.fields))%len(c.fields)].Focus()
			return
		}
	}
	c.fields[0].Focus()
}

// counted reads the fields.
func (c *counter) counted() (money.Counting, error) {
	var n money.Counting
	for i, note := range c.notes {
		if m, err := strconv.ParseInt(strings.TrimSpace(c.fields[i].Text()), 10, 64); err == nil && m > 0 {
			n.Piles = append(n.Piles, money.Pile{Note: note, Many: m})
		}
	}
	coins, err := amount(c.fields[len(c.notes)].Text(), true)
	if err != nil {
		return n, err
	}
	n.Coins = coins
	if pos.CheckCounting(n) != nil {
		return n, pos.E(pos.CodeInvalid, "drawer.notes.many", nil)
	}
	return n, nil
}

// show tells the running sum.
func (c *counter) show() {
	n, err := c.counted()
	text, problem := "", ""
	if err == nil {
		text = c.env.Words.Money().Amount(n.Sum())
	} else {
		problem = c.env.Words.Error(err)
	}
	c.sum.SetText(text)
	if c.news.Text() != problem {
		c.news.Set(problem, widgets.Bad)
		c.dialog.Refresh()
	}
	c.env.Shown("drawer.notes", "sum", n.Sum().String(), "error", string(pos.CodeOf(err)))
}

func (c *counter) onTake() {
	n, err := c.counted()
	if err != nil {
		return // the sentence stands there already
	}
	c.dialog.Close()
	c.took(n)
}
