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
	lowPad    = 4*theme.TouchHeight + 3*theme.GapSmall // the least that fingers hit

	roomNeeds   = 700 // height of a window with room for all of it in one card
	peopleNeeds = 540 // of one with room for the demo's people under a sentence
)

// Screen is the lock screen.
type Screen struct {
	env    *ui.Env
	done   func(pos.Actor)
	pin    *widgets.Entry
	notice string
	why    []*widgets.Banner // why nobody was let in, and for how long: in the card and beside it
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
	s.enter = k.KeyButton(env.T("login.enter", nil), widgets.Primary, keys.Enter, s.onEnter)
	s.enter.Height = widgets.Large
	// The pad is never left out: a till without a keyboard is entered by it alone. In a
	// low window the names fold and the sentences go beside the card.
	ask := func() fyne.CanvasObject {
		return widgets.NewText(env.T("login.ask", nil), widgets.SmallMuted).Ellipsis()
	}
	head := k.FoldAt(roomy, widgets.VBox(theme.GapInside,
		widgets.VBox(theme.GapTiny, widgets.NewText(env.T("app.name", nil), widgets.Heading), widgets.NewParagraph(who, widgets.Muted)),
		s.sentences(), ask()), ask())
	pad := k.FoldAt(roomy, widgets.Sized(0, padHeight, k.Numpad(s.pin, true)), widgets.Sized(0, lowPad, k.Numpad(s.pin, true)))
	card := widgets.FixedWidth(cardWidth, widgets.NewCard(widgets.VBox(theme.GapInside, widgets.VBox(theme.GapTiny, head, s.pin), pad, s.enter)))
	beside := []fyne.CanvasObject{k.FoldAt(s.tellsBeside, widgets.FixedWidth(demoWidth, s.sentences()), widgets.VBox(0))}
	if len(demo) > 0 {
		fits := func(window fyne.Size) bool { return window.Height >= peopleNeeds || !s.tellsBeside(window) }
		beside = append(beside, k.FoldAt(fits, widgets.FixedWidth(demoWidth, s.people()), widgets.VBox(0)))
	}
	s.body = widgets.Centered(widgets.HBox(theme.GapInside, card, widgets.VBox(theme.GapSmall, beside...)))
	return s
}

func roomy(window fyne.Size) bool { return window.Height >= roomNeeds }

// tellsBeside is true of a low window while there is something to tell.
func (s *Screen) tellsBeside(window fyne.Size) bool {
	return !roomy(window) && (s.notice != "" || s.why[0].Text() != "")
}

// sentences are what must be told before anybody sells, and why nobody was let in.
func (s *Screen) sentences() fyne.CanvasObject {
	why := widgets.NewBanner("", widgets.Bad)
	s.why = append(s.why, why)
	return widgets.VBox(theme.GapInside, widgets.NewBanner(s.notice, widgets.Warn), why)
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
	if s.env.Kit.OnKeys != nil {
		free := func() bool { return len(s.demo) == 0 } // a demo's first person has the usual key
		s.env.Kit.BindHelp(s.scope, free, s.env.Kit.OnKeys)
		s.scope.BindKey("Ctrl+F1", s.env.Kit.OnKeys)
	}
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
	if why == s.why[0].Text() {
		return
	}
	for _, banner := range s.why {
		banner.Set(why, widgets.Bad)
	}
	s.body.Refresh()
}
