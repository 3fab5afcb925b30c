package login

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

const cardWidth = 420

// Screen is the lock screen.
type Screen struct {
	env   *ui.Env
	done  func(pos.Actor)
	pin   *widgets.Entry
	news  *widgets.Banner
	enter *widgets.Button
	scope *keys.Scope
	stop  func()
	body  fyne.CanvasObject
}

// New makes the lock screen. Who is the shop's name; notice is what must be
// told before anybody sells, "" for nothing; demo are the PINs to show, for a
// demo shop only. done receives whoever logged in.
func New(env *ui.Env, who, notice string, demo []DemoPIN, done func(pos.Actor)) *Screen {
	s := &Screen{env: env, done: done}
	k := env.Kit
	s.pin = k.Entry(widgets.PINEntry, env.T("login.pin", nil))
	s.pin.MaxLength = pos.PINMaxDigits
	s.pin.OnSubmitted = func(string) { s.onEnter() }
	s.pin.OnChanged = func(string) { s.pin.SetMessage("", widgets.Neutral) }
	s.news = widgets.NewBanner(notice, widgets.Warn)
	s.enter = k.KeyButton(env.T("login.enter", nil), widgets.Primary, keys.Enter, s.onEnter)
	s.enter.Height = widgets.Large
	card := widgets.VBox(theme.GapInside,
		widgets.NewText(env.T("app.name", nil), widgets.Heading),
		widgets.NewParagraph(who, widgets.Muted),
		s.news,
		widgets.Field(env.T("login.ask", nil), s.pin),
		s.enter,
	)
	if len(demo) > 0 {
		card.Add(widgets.NewSeparator())
		card.Add(widgets.NewParagraph(env.T("login.demo", nil), widgets.SmallMuted))
		for _, d := range demo {
			card.Add(s.demoRow(d))
		}
	}
	s.body = widgets.Centered(widgets.FixedWidth(cardWidth, widgets.NewCard(card)))
	return s
}

func (s *Screen) demoRow(d DemoPIN) fyne.CanvasObject {
	b := s.env.Kit.Button(d.Name+" · "+d.Group, widgets.Secondary, func() {
		s.pin.SetText(d.PIN)
		s.onEnter()
	})
	b.Leading, b.Value = true, d.PIN
	return b
}

// Content is what the shell shows.
func (s *Screen) Content() fyne.CanvasObject { return s.body }

// Activate takes the keys and the focus.
func (s *Screen) Activate() {
	s.scope = s.env.Kit.Keys.Push("login")
	s.scope.Home = s.pin.Focusable()
	s.pin.Focus()
	s.env.Shown("login", "notice", s.news.Text())
}

// Deactivate gives the keys back.
func (s *Screen) Deactivate() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	if s.scope != nil {
		s.scope.Pop()
		s.scope = nil
	}
}

func (s *Screen) onEnter() {
	pin := s.pin.Text()
	if pin == "" || s.enter.Disabled() {
		return
	}
	s.enter.Disable()
	task.Run(s.env.Ctx, s.env.Runner,
		func(ctx context.Context) (pos.Actor, error) { return s.env.Till.Login(ctx, pin) }, s.onAnswer)
}

func (s *Screen) onAnswer(a pos.Actor, err error) {
	s.enter.Enable()
	s.pin.SetText("")
	if err == nil {
		s.done(a)
		return
	}
	if until := lockedUntil(err); !until.IsZero() {
		s.lock(err, until)
	}
	s.pin.SetMessage(s.env.Words.Error(err), widgets.Bad)
	s.pin.Focus()
	s.env.Shown("login", "error", string(pos.CodeOf(err)))
}

// lock keeps the field shut until the time has come, counting down.
func (s *Screen) lock(err error, until time.Time) {
	s.pin.Disable()
	s.enter.Disable()
	if s.stop != nil {
		s.stop()
	}
	s.stop = s.env.Kit.Timers.Every(time.Second, func(now time.Time) {
		if now.Before(until) {
			s.pin.SetMessage(s.env.T("login.countdown", pos.Args{"Left": until.Sub(now).Truncate(time.Second)}), widgets.Bad)
			return
		}
		s.stop()
		s.stop = nil
		s.pin.Enable()
		s.enter.Enable()
		s.pin.SetMessage("", widgets.Neutral)
		s.pin.Focus()
	})
}

// FirstRun asks for the owner of a new shop.
type FirstRun struct {
	env              *ui.Env
	done             func(pos.Actor)
	name, pin, again *widgets.Entry
	create           *widgets.Button
	scope            *keys.Scope
	body             fyne.CanvasObject
}

// NewFirstRun makes the screen of the very first start.
func NewFirstRun(env *ui.Env, done func(pos.Actor)) *FirstRun {
	f := &FirstRun{env: env, done: done}
	k := env.Kit
	f.name = k.Entry(widgets.TextEntry, env.T("login.owner.name", nil))
	f.name.MaxLength = pos.MaxNameRunes
	f.pin = k.Entry(widgets.PINEntry, env.T("login.owner.pin", nil))
	f.again = k.Entry(widgets.PINEntry, env.T("login.owner.again", nil))
	f.pin.MaxLength, f.again.MaxLength = pos.PINMaxDigits, pos.PINMaxDigits
	f.name.OnSubmitted = func(string) { f.pin.Focus() }
	f.pin.OnSubmitted = func(string) { f.again.Focus() }
	f.again.OnSubmitted = func(string) { f.onCreate() }
	f.create = k.KeyButton(env.T("login.owner.create", nil), widgets.Primary, keys.Enter, f.onCreate)
	f.create.Height = widgets.Large
	f.body = widgets.Centered(widgets.FixedWidth(cardWidth, widgets.NewCard(widgets.VBox(theme.GapInside,
		widgets.NewText(env.T("login.owner.title", nil), widgets.Heading),
		widgets.NewParagraph(env.T("login.owner.why", nil), widgets.Muted),
		widgets.Field(env.T("login.owner.name-label", nil), f.name),
		widgets.Field(env.T("login.owner.pin-label", pos.Args{"Min": pos.PINMinDigits}), f.pin),
		widgets.Field(env.T("login.owner.again-label", nil), f.again),
		f.create,
	))))
	return f
}

// Content is what the shell shows.
func (f *FirstRun) Content() fyne.CanvasObject { return f.body }

// Activate takes the keys and the focus.
func (f *FirstRun) Activate() {
	f.scope = f.env.Kit.Keys.Push("firstrun")
	f.name.Focus()
	f.env.Shown("firstrun")
}

// Deactivate gives the keys back.
func (f *FirstRun) Deactivate() { f.scope.Pop() }

func (f *FirstRun) onCreate() {
	name, pin := strings.TrimSpace(f.name.Text()), f.pin.Text()
	for _, e := range []*widgets.Entry{f.name, f.pin, f.again} {
		e.SetMessage("", widgets.Neutral)
	}
	if field, err := owner(name, pin, f.again.Text()); err != nil {
		f.refuse([]*widgets.Entry{f.name, f.pin, f.again}[field], err)
		return
	}
	f.create.Disable()
	task.Run(f.env.Ctx, f.env.Runner,
		func(ctx context.Context) (pos.Actor, error) { return f.env.Till.CreateOwner(ctx, name, pin) },
		func(a pos.Actor, err error) {
			f.create.Enable()
			if err != nil {
				f.refuse(f.name, err)
				return
			}
			f.done(a)
		})
}

func (f *FirstRun) refuse(at *widgets.Entry, err error) {
	at.SetMessage(f.env.Words.Error(err), widgets.Bad)
	at.Focus()
	f.env.Shown("firstrun", "error", string(pos.CodeOf(err)))
}
