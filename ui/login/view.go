package login

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Measures at scale 1.
const (
	cardWidth = 388 // beside the demo's people in 1024 pixels with large letters too
	demoWidth = 400
	padHeight = 248
	padNeeds  = 700 // window height below which the keys on the screen are left out
)

// Screen is the lock screen.
type Screen struct {
	env    *ui.Env
	done   func(pos.Actor)
	pin    *widgets.Entry
	notice string
	news   *widgets.Banner
	why    *widgets.Banner // why nobody was let in, and for how long
	enter  *widgets.Button
	demo   []DemoPIN
	scope  *keys.Scope
	stop   func()
	body   *fyne.Container
}

// New makes the lock screen. Who is the shop's name; notice is what must be
// told before anybody sells, "" for nothing; demo are the PINs to show, for a
// demo shop only. done receives whoever logged in.
func New(env *ui.Env, who, notice string, demo []DemoPIN, done func(pos.Actor)) *Screen {
	s := &Screen{env: env, done: done, notice: notice, demo: demo}
	k := env.Kit
	s.pin = k.Entry(widgets.PINEntry, env.T("login.pin", nil))
	s.pin.MaxLength = pos.PINMaxDigits
	s.pin.OnSubmitted = func(string) { s.onEnter() }
	s.pin.OnChanged = s.onTyped
	s.news = widgets.NewBanner(notice, widgets.Warn)
	s.why = widgets.NewBanner("", widgets.Bad)
	s.enter = k.KeyButton(env.T("login.enter", nil), widgets.Primary, keys.Enter, s.onEnter)
	s.enter.Height = widgets.Large
	pad := k.FoldAt(func(window fyne.Size) bool { return window.Height >= padNeeds },
		widgets.Sized(0, padHeight, k.Numpad(s.pin, true)), widgets.VBox(0))
	card := widgets.FixedWidth(cardWidth, widgets.NewCard(widgets.VBox(theme.GapInside,
		widgets.VBox(theme.GapTiny, widgets.NewText(env.T("app.name", nil), widgets.Heading), widgets.NewParagraph(who, widgets.Muted)),
		s.news, s.why,
		widgets.Field(env.T("login.ask", nil), s.pin), pad, s.enter)))
	if len(demo) == 0 {
		s.body = widgets.Centered(card)
		return s
	}
	s.body = widgets.Centered(widgets.HBox(theme.GapInside, card, widgets.FixedWidth(demoWidth, s.people())))
	return s
}

// people offers a demo shop's employees, each with its key.
func (s *Screen) people() fyne.CanvasObject {
	box := widgets.VBox(theme.GapSmall,
		widgets.NewText(s.env.T("login.demo.title", nil), widgets.Strong),
		widgets.NewParagraph(s.env.T("login.demo", nil), widgets.SmallMuted))
	for i, d := range s.demo {
		b := s.env.Kit.KeyButton(d.Name+" · "+d.Group, widgets.Secondary, demoKey(i), func() { s.onDemo(i) })
		b.Leading, b.CapFirst, b.Value = true, true, d.PIN
		box.Add(b)
	}
	return widgets.NewCard(box)
}

func demoKey(i int) keys.Key { return keys.Key("F" + strconv.Itoa(i+1)) }

// onDemo lets one of the demo's people in.
func (s *Screen) onDemo(i int) {
	if s.enter.Disabled() {
		return
	}
	s.pin.SetText(s.demo[i].PIN)
	s.onEnter()
}

// Content is what the shell shows.
func (s *Screen) Content() fyne.CanvasObject { return s.body }

// Activate takes the keys and the focus.
func (s *Screen) Activate() {
	s.scope = s.env.Kit.Keys.Push("login")
	s.scope.Home = s.pin.Focusable()
	for i := range s.demo {
		s.scope.BindKey(demoKey(i), func() { s.onDemo(i) })
	}
	s.pin.Focus()
	s.env.Shown("login", "notice", s.notice)
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

// onTyped takes the last refusal away with the next digit.
func (s *Screen) onTyped(pin string) {
	if pin != "" && s.stop == nil {
		s.tell("")
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
		s.lock(until)
	} else {
		s.tell(s.env.Words.Error(err))
		s.pin.Focus()
	}
	s.env.Shown("login", "error", string(pos.CodeOf(err)))
}

// lock keeps the field shut until the time has come, counting down.
func (s *Screen) lock(until time.Time) {
	s.pin.Disable()
	s.enter.Disable()
	s.showWait(s.env.Kit.Timers.Now(), until)
	if s.stop != nil {
		s.stop()
	}
	s.stop = s.env.Kit.Timers.Every(time.Second, func(now time.Time) {
		if now.Before(until) {
			s.showWait(now, until)
			return
		}
		s.stop()
		s.stop = nil
		s.tell("")
		s.pin.Enable()
		s.enter.Enable()
		s.pin.Focus()
	})
}

func (s *Screen) showWait(now, until time.Time) {
	s.tell(s.env.T("login.countdown", pos.Args{"Left": until.Sub(now).Truncate(time.Second)}))
}

// tell shows why nobody is let in; "" takes it away.
func (s *Screen) tell(why string) {
	if why == s.why.Text() {
		return
	}
	s.why.Set(why, widgets.Bad)
	s.body.Refresh()
}
