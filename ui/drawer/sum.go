package drawer

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// sum is a dialog that asks for one amount.
type sum struct {
	env    *ui.Env
	name   string
	field  *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	dialog *widgets.Dialog
	body   *fyne.Container
	do     func()

	counting money.Counting // how the sum was counted, where it was by notes
	refused  func()         // hears that the till refused what was typed; may be nil
}

func newSum(env *ui.Env, name, title, why, label, action string) *sum {
	k := env.Kit
	DefineKeys(k.Keys)
	f := &sum{env: env, name: name, field: k.Entry(widgets.AmountEntry, env.Words.Money().Bare(0)), news: widgets.NewBanner("", widgets.Bad)}
	f.act = k.KeyButton(action, widgets.Primary, keys.Enter, func() { f.run() })
	f.act.Height = widgets.Large
	f.field.OnSubmitted = func(string) { f.run() }
	f.body = widgets.VBox(theme.GapCards,
		widgets.NewParagraph(why, widgets.Muted),
		widgets.Field(label, f.field),
		notesButton(env),
		k.Numpad(f.field, false),
		f.news)
	back := k.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { f.dialog.Close() })
	back.Height = widgets.Large
	f.dialog = k.Dialog(widgets.DialogSpec{Name: name, Title: title, Width: widgets.Narrow, Body: f.body,
		Footer: widgets.HBox(theme.GapCards, widgets.FixedWidth(150, back), widgets.Grow(f.act))})
	return f
}

// ask shows the dialog until do has taken the sum typed and how it was counted, which
// is empty where nobody counted notes, and tells done what do
// made of it; what do refuses is told at the field.
func ask[T any](f *sum, emptyIsZero bool, do func(context.Context, pos.Actor, money.Amount, money.Counting) (T, error), done func(T)) {
	f.do = func() {
		sum, err := amount(f.field.Text(), emptyIsZero)
		if err != nil {
			f.refuse(err)
			return
		}
		f.act.SetEnabled(false)
		a, how := f.env.Actor, f.counting
		if how.Sum() != sum {
			how = money.Counting{} // the sum was changed by hand since
		}
		approval.Run(f.env,
			func(ctx context.Context) (T, error) { return do(ctx, a, sum, how) },
			func(made T, err error) {
				f.act.SetEnabled(true)
				if err != nil {
					if f.refused != nil {
						f.refused()
					}
					f.refuse(err)
					return
				}
				f.dialog.Close()
				done(made)
			})
	}
	f.dialog.Show(f.field.Focusable(), func(s *keys.Scope) { s.Bind(actNotes, f.onNotes) })
	f.env.Shown(f.name)
}

// onNotes has the sum counted note by note.
func (f *sum) onNotes() {
	countNotes(f.env, f.counting, func(c money.Counting) {
		f.counting = c
		f.field.SetText(f.env.Words.Money().Typed(c.Sum()))
		f.field.Focus()
		f.field.Select() // typing another sum replaces it
		f.env.Shown(f.name)
	})
}

func (f *sum) run() {
	if !f.act.Disabled() {
		f.do()
	}
}

func (f *sum) refuse(err error) {
	f.news.Set(f.env.Words.Error(err), widgets.Bad)
	f.dialog.Refresh()
	f.field.Focus()
	f.env.Shown(f.name, "error", string(pos.CodeOf(err)))
}
