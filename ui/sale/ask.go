package sale

import (
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// maxWords is how much of a reason or a note can be typed; the till refuses more.
const maxWords = 200

// question is a dialog that asks for one figure or one sentence about the
// cheque. What was typed stays when the till refuses it.
type question struct {
	s      *Screen
	name   string
	field  *widgets.Entry
	banner *widgets.Banner
	blue   *widgets.Button
	dialog *widgets.Dialog
	facts  []string
	busy   bool
	done   bool
	onBlue func(text string)
	onGone func() // the dialog went without an answer
}

// asked describes a question.
type asked struct {
	name, title, subtitle string
	blue                  string
	kind                  widgets.Kind
	field                 *widgets.Entry
	body                  fyne.CanvasObject // around the field
	width                 widgets.Width
	facts                 []string
	onBlue                func(text string)
	onGone                func()
	bind                  func(*keys.Scope)
}

func (s *Screen) ask(a asked) *question {
	k := s.env.Kit
	q := &question{s: s, name: a.name, field: a.field, facts: a.facts, onBlue: a.onBlue, onGone: a.onGone,
		banner: widgets.NewBanner("", widgets.Bad)}
	back := k.KeyButton(s.env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { q.dialog.Close() })
	back.Height = widgets.Large
	q.blue = k.KeyButton(a.blue, a.kind, keys.Enter, q.answer)
	q.blue.Height = widgets.Large
	q.dialog = k.Dialog(widgets.DialogSpec{Name: a.name, Title: a.title, Subtitle: a.subtitle, Width: a.width,
		Body:   widgets.VBox(theme.GapCards, a.body, q.banner),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(q.blue))})
	q.dialog.OnClosed = q.closed
	s.steps.hold()
	q.dialog.Show(a.field.Focusable(), func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, q.answer)
		if a.bind != nil {
			a.bind(sc)
		}
	})
	q.report(nil)
	return q
}

// answer takes what was typed, once: Enter again while the till works is the
// same answer.
func (q *question) answer() {
	if q.busy {
		return
	}
	q.onBlue(strings.TrimSpace(q.field.Text()))
}

// send changes the cheque with the answer. The dialog goes when the till took
// it, and says why when not.
func (q *question) send(work workFunc, sel selection, then func()) { q.sendFor("", work, sel, then) }

// sendFor is send for an answer that is the reason of what is done.
func (q *question) sendFor(reason string, work workFunc, sel selection, then func()) {
	q.busy = true
	q.s.steps.interject(step{work: work, reason: reason, after: func(v *till.ChequeView, err error) {
		q.busy = false
		if err != nil {
			q.s.steps.hold()
			q.refuse(err)
			return
		}
		q.finish()
		q.s.changed(v, sel)
		if then != nil {
			then()
		}
	}})
}

// refuse says why an answer was not taken.
func (q *question) refuse(err error) {
	q.banner.Set(q.s.env.Words.Error(err), widgets.Bad)
	q.dialog.Refresh()
	q.field.Focus()
	q.report(err)
}

// finish closes the dialog with its question answered.
func (q *question) finish() {
	q.done = true
	q.dialog.Close()
}

func (q *question) closed() {
	if !q.done && q.onGone != nil {
		q.onGone()
	}
	q.s.steps.release()
	q.s.report()
}

func (q *question) report(err error) {
	q.s.env.Shown(q.name, append([]string{"error", errorID(err), "value", q.field.Text()}, q.facts...)...)
}

// errorID names an error for Watch: the id of its words, or its code.
func errorID(err error) string {
	if id := idOf(err); id != "" || err == nil {
		return id
	}
	return string(pos.CodeOf(err))
}

// figure is a field for a number with a number pad beside it, for fingers.
func (s *Screen) figure(label, value string, filter widgets.Filter, aside ...fyne.CanvasObject) (*widgets.Entry, fyne.CanvasObject) {
	field := s.env.Kit.Entry(widgets.AmountEntry, "0")
	field.Filter, field.SelectAll = filter, true
	field.SetText(value)
	left := append([]fyne.CanvasObject{widgets.Field(label, field)}, aside...)
	return field, widgets.Columns(24, widgets.Grow(widgets.VBox(theme.GapCards, left...)),
		widgets.FixedWidth(220, widgets.Sized(0, 250, s.env.Kit.Numpad(field, false))))
}

// sentence is a field for words with some ready ones beside it; F-keys and taps
// take those at once.
func (s *Screen) sentence(label, hint string, ready []string, take func(string)) (field *widgets.Entry, body fyne.CanvasObject, bind func(*keys.Scope)) {
	k := s.env.Kit
	field = k.Entry(widgets.TextEntry, hint)
	field.MaxLength = maxWords
	field.RefusesScan = true
	var buttons []fyne.CanvasObject
	for i, words := range ready {
		b := k.KeyButton(words, widgets.Secondary, fKey(i), func() { take(words) })
		b.CapFirst, b.Leading = true, true
		buttons = append(buttons, b)
	}
	rows := []fyne.CanvasObject{widgets.Field(label, field)}
	for i := 0; i+1 < len(buttons); i += 2 {
		rows = append(rows, widgets.Equal(theme.GapSmall, buttons[i], buttons[i+1]))
	}
	return field, widgets.VBox(theme.GapSmall, rows...), func(sc *keys.Scope) {
		for i, words := range ready {
			sc.BindKey(fKey(i), func() { take(words) })
		}
	}
}

func fKey(i int) keys.Key { return keys.Key("F" + string(rune('1'+i))) }
