package shell

// A wrong clock and a shift open for more than a day, told across the window while
// the till runs, and somebody's word that the clock is right.

import (
	"context"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// watchClock asks the till each minute how its time stands, so that a step of the
// clock is found where nobody works. now is the window's own clock, which may be
// the one that was set.
func (s *Shell) watchClock(now time.Time) {
	if since := now.Sub(s.clocked); since >= 0 && since < time.Minute || s.closing || s.start != nil && s.start.FirstRun {
		return
	}
	s.clocked = now
	task.Run(s.Env.Ctx, s.Env.Runner, s.Env.Till.Clock, func(c *till.ClockStanding, err error) {
		if err == nil { // a till that cannot read its data says so elsewhere
			s.tellClock(c)
		}
	})
}

// tellClock says across the window what is not well, until it is.
func (s *Shell) tellClock(c *till.ClockStanding) {
	var say []string
	tone := widgets.Warn
	for _, l := range c.Health() {
		switch l.State {
		case health.Good:
			continue
		case health.Bad:
			tone = widgets.Bad
		}
		say = append(say, s.Env.T("health."+l.Name, nil)+": "+l.Say(s.Env.Words))
	}
	text := strings.Join(say, " ")
	if s.tell(s.bar.time, text, tone) {
		s.Env.Shown("clock", "says", text)
	}
}

// askClock asks whether the computer's clock is right and goes on from it.
func (s *Shell) askClock() {
	task.Run(s.Env.Ctx, s.Env.Runner, s.Env.Till.ClockSeen, func(c *till.ClockStanding, err error) {
		if err != nil {
			s.sayRefusal(err)
			return
		}
		s.showClock(c)
	})
}

func (s *Shell) showClock(c *till.ClockStanding) {
	k, t := s.Env.Kit, s.Env.T
	var d *widgets.Dialog
	news := widgets.NewBanner("", widgets.Bad)
	yes := k.KeyButton(t("clock.yes", nil), widgets.Primary, keys.Enter, func() { s.confirmClock(d, news) })
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	yes.Height, back.Height = widgets.Large, widgets.Large
	body := widgets.VBox(theme.GapCards, widgets.NewParagraph(t("clock.ask", pos.Args{"Time": c.Wall, "At": c.At}), widgets.Body), news)
	d = k.Dialog(widgets.DialogSpec{Name: "clock", Title: t("clock.title", nil), Width: widgets.Narrow, Body: body,
		Footer: widgets.Equal(theme.GapCards, back, yes)})
	d.OnClosed = s.refresh
	d.Show(yes, nil)
	s.Env.Shown("clock.ask")
}

func (s *Shell) confirmClock(d *widgets.Dialog, news *widgets.Banner) {
	a := s.Env.Actor
	task.Run(s.Env.Ctx, s.Env.Runner,
		func(ctx context.Context) (*till.ClockStanding, error) { return s.Env.Till.ConfirmClock(ctx, a) },
		func(c *till.ClockStanding, err error) {
			if err != nil {
				news.Set(s.Env.Words.Error(err), widgets.Bad)
				d.Refresh()
				return
			}
			d.Close()
			s.tellClock(c)
			s.Env.Kit.Toast(s.Env.T("clock.done", nil), widgets.Good)
		})
}
