package rescue

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/ui"
	"kassa/ui/care"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Params say what a till that cannot start can be helped by.
type Params struct {
	Env    *ui.Env // without a till
	Shop   string  // its name, as far as it is known
	Why    error
	Best   *pos.Copy // the copy to restore, nil for none
	Keeper care.Keeper
	// Recover lets the owner in by the recovery code and returns the next one; nil
	// where the keys are not what is wrong.
	Recover func(ctx context.Context, code hidden.Text, pin string) (next hidden.Text, err error)
	// Anew makes a new shop and lays aside what there is.
	Anew    func(ctx context.Context) error
	Restart func() // begins the program anew
	Quit    func()
}

// The keys of the screen.
const (
	bestKey  keys.Key = "F5"
	otherKey keys.Key = "F6"
	codeKey  keys.Key = "F7"
	anewKey  keys.Key = "F8"
)

// lowBelow is the height of a window, at scale 1, below which the ways out are lower:
// all of them have to be in sight.
const lowBelow = 560

// Screen is what is shown instead of the lock screen while the data or its keys
// are gone: what is wrong, what cannot work, and the ways out, each with its key.
type Screen struct {
	p     Params
	body  fyne.CanvasObject
	first fyne.Focusable
	scope *keys.Scope
}

// Show fills the window with the screen.
func Show(p Params) *Screen {
	s := &Screen{p: p}
	s.build()
	p.Env.Kit.SetContent(s.body)
	s.scope = p.Env.Kit.Keys.Push("rescue")
	for key, do := range map[keys.Key]func(){bestKey: s.onBest, otherKey: s.onOther, codeKey: s.onCode, anewKey: s.onAnew, keys.Esc: p.Quit} {
		s.scope.BindKey(key, do)
	}
	p.Env.Kit.Focus(s.first)
	s.tell()
	return s
}

func (s *Screen) tell() {
	id := ""
	if e, ok := errors.AsType[*pos.Error](s.p.Why); ok {
		id = e.ID
	}
	s.p.Env.Shown("rescue", "error", id)
}

func (s *Screen) build() {
	k, t := s.p.Env.Kit, s.p.Env.T
	box := widgets.VBox(theme.GapSmall,
		widgets.NewText(t("start.stuck", nil), widgets.Heading),
		widgets.NewBanner(s.why(), widgets.Bad))
	add := func(label string, kind widgets.Kind, key keys.Key, do func()) {
		b := k.KeyButton(label, kind, key, do)
		b.Leading, b.CapFirst = true, true
		if k.Window.Canvas().Size().Height >= theme.Px(lowBelow) {
			b.Height = widgets.Large
		}
		if s.first == nil {
			s.first = b
		}
		box.Add(b)
	}
	if s.p.Recover != nil {
		add(t("rescue.code", nil), widgets.Secondary, codeKey, s.onCode)
	}
	if s.p.Best != nil {
		add(t("rescue.best", pos.Args{"At": s.p.Best.At}), widgets.Secondary, bestKey, s.onBest)
	}
	add(t("rescue.other", nil), widgets.Secondary, otherKey, s.onOther)
	add(t("rescue.anew", nil), widgets.Secondary, anewKey, s.onAnew)
	add(t("menu.quit", nil), widgets.Secondary, keys.Esc, s.p.Quit)
	s.body = k.Scroll(widgets.Centered(widgets.FixedWidth(640, widgets.NewCard(box))))
}

// why says what is wrong without the commands a terminal would be told: their keys
// stand below.
func (s *Screen) why() string {
	if e, ok := errors.AsType[*pos.Error](s.p.Why); ok && s.p.Env.Words.Has("rescue.why."+e.ID) {
		return s.p.Env.T("rescue.why."+e.ID, e.Args)
	}
	return s.p.Env.Words.Error(s.p.Why)
}

func (s *Screen) onBest() {
	if s.p.Best != nil {
		care.Rescue(s.p.Env, s.p.Keeper, s.p.Best.Path, s.tell)
	}
}

func (s *Screen) onOther() { care.Rescue(s.p.Env, s.p.Keeper, "", s.tell) }

// onAnew asks for a word to be typed before a new shop is made: it is what nobody
// wants who only presses keys.
func (s *Screen) onAnew() {
	k, t := s.p.Env.Kit, s.p.Env.T
	var d *widgets.Dialog
	news := widgets.NewBanner(t("rescue.anew.what", pos.Args{"Word": t("rescue.anew.word", nil)}), widgets.Warn)
	word := k.Entry(widgets.TextEntry, "")
	word.MaxLength = 40
	var do *widgets.Button
	make := func() {
		if do.Disabled() {
			return
		}
		if !strings.EqualFold(strings.TrimSpace(word.Text()), t("rescue.anew.word", nil)) {
			news.Set(t("rescue.anew.what", pos.Args{"Word": t("rescue.anew.word", nil)}), widgets.Bad)
			d.Refresh()
			s.p.Env.Shown("rescue.anew", "error", "word")
			return
		}
		do.Disable()
		task.Run(s.p.Env.Ctx, s.p.Env.Runner, func(ctx context.Context) (struct{}, error) { return struct{}{}, s.p.Anew(ctx) },
			func(_ struct{}, err error) {
				if err == nil {
					s.p.Restart()
					return
				}
				do.Enable()
				news.Set(s.p.Env.Words.Error(err), widgets.Bad)
				d.Refresh()
				s.p.Env.Shown("rescue.anew", "error", string(pos.CodeOf(err)))
			})
	}
	do = k.KeyButton(t("rescue.anew.do", nil), widgets.DangerKind, keys.Enter, make)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	word.OnSubmitted = func(string) { make() }
	do.Height, back.Height = widgets.Large, widgets.Large
	d = k.Dialog(widgets.DialogSpec{Name: "rescue.anew", Title: t("rescue.anew", nil), Width: widgets.Narrow,
		Body:   widgets.VBox(theme.GapCards, news, widgets.Field(t("rescue.anew.type", nil), word)),
		Footer: widgets.Footer(theme.GapCards, back, do)})
	d.OnClosed = s.tell
	d.Show(word.Focusable(), nil)
	s.p.Env.Shown("rescue.anew")
}
