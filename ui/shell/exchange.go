package shell

import (
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/ui/widgets"
)

// setExchange marks how the exchange with the backend stands, where that is worth a
// look. What is wrong is said beside it while the pointer rests on the mark.
func (b *bar) setExchange(s exchange.Status, now time.Time) {
	look := s.Look(now)
	if look == exchange.Nothing {
		b.exchange.Hide()
		b.reason = ""
		b.look = look
		return
	}
	text, tone := b.exchangeText(&s, look)
	b.reason = ""
	if s.Trouble != nil {
		b.reason = b.env.Words.Error(s.Trouble)
	}
	b.exchange.Set(text, tone)
	b.exchange.Show()
	b.look = look
}

func (b *bar) exchangeText(s *exchange.Status, look exchange.Look) (string, widgets.Tone) {
	t := b.env.T
	switch {
	case look == exchange.Stuck && s.Aside > 0:
		return t("shell.exchange.aside", pos.Args{"Count": s.Aside}), widgets.Bad
	case look == exchange.Stuck:
		return t("shell.exchange.stuck", nil), widgets.Bad
	case look == exchange.Halted:
		return t("shell.exchange.halted", nil), widgets.Warn
	case look == exchange.Late && s.Queue > 0:
		return t("shell.exchange.late", pos.Args{"Count": s.Queue}), widgets.Warn
	case look == exchange.Late:
		return t("shell.exchange.late-none", nil), widgets.Warn
	case look == exchange.Telling:
		return t("shell.exchange.telling", pos.Args{"Count": s.Queue}), widgets.Info
	case b.loose.Visible() || b.prints.Visible() || b.training.Visible():
		return t("shell.exchange.told-short", nil), widgets.Good
	}
	return t("shell.exchange.told", nil), widgets.Good
}

// onHovered says why the exchange does not go on in place of the shop's name.
func (b *bar) onHovered(on bool) {
	text := b.name
	if on && b.reason != "" {
		text = b.reason
	}
	b.shop.SetText(text)
}

// watchExchange keeps the mark in the bar true.
func (s *Shell) watchExchange() {
	if s.unwatch != nil {
		s.unwatch()
	}
	status, mirror := s.Env.Exchange.Watch(s.onExchange), s.Env.Exchange.WatchMirror(s.HearDecided)
	s.unwatch = func() { status(); mirror() }
	s.onExchange(s.Env.Exchange.Status())
}

func (s *Shell) onExchange(now exchange.Status) {
	if now.Aside > s.aside { // perhaps a payment the backend will not note
		s.HearDecided()
	}
	s.aside = now.Aside
	before, was := s.bar.look, s.bar.exchange.Text()
	s.bar.setExchange(now, s.Env.Kit.Timers.Now())
	if s.bar.look != before || s.bar.exchange.Text() != was {
		s.bar.content.Refresh()
		s.Env.Shown("exchange", "look", string(s.bar.look), "says", s.bar.exchange.Text())
	}
}

// openQueue opens the queue from the mark in the bar. Whoever has logged in may
// look at it.
func (s *Shell) openQueue() {
	if s.sale != nil {
		s.goTo("queue")
	}
}
