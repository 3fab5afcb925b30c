package firstrun

import (
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	usual "kassa/pos/country"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The controls of the first step, to come back to after it was said anew.
const (
	nameOfShop = iota
	countryOfShop
	languageOfShop
	currencyOfShop
)

// shopStep is the first step on the screen.
type shopStep struct {
	w        *Wizard
	name     *widgets.Entry
	controls []fyne.Focusable
	follows  *widgets.Paragraph // what the country means
	dialog   *widgets.Dialog
}

// askShop shows the first step; the focus is on one of its controls.
func (w *Wizard) askShop(focus int) {
	if w.over {
		return
	}
	k, t := w.Env.Kit, w.Env.T
	s := &shopStep{w: w, follows: widgets.NewParagraph("", widgets.SmallMuted)}
	s.name = k.Entry(widgets.TextEntry, t("firstrun.shop.usual", nil))
	s.name.MaxLength = 60
	s.name.SetText(w.shop.name)
	s.name.OnChanged = func(text string) { w.shop.name = text }
	country, language, currency := s.country(), s.language(), s.currency()
	s.controls = []fyne.Focusable{s.name.Focusable(), country, language, currency}
	next := k.KeyButton(t("firstrun.next", nil), widgets.Primary, keys.Enter, s.onNext)
	skip := k.KeyButton(t("firstrun.skip", nil), widgets.Secondary, keys.Esc, s.onSkip)
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "firstrun.shop", Title: t("firstrun.shop.title", nil), Subtitle: t("firstrun.shop.why", nil),
		Aside: w.aside(shopCounted), Width: widgets.Narrow, OnEsc: s.onSkip,
		Body: widgets.VBox(theme.GapInside,
			widgets.Field(t("firstrun.shop.name", nil), s.name),
			widgets.Field(t("settings.field.shop.country", nil), country),
			widgets.Equal(theme.GapInside,
				widgets.Field(t("firstrun.shop.language", nil), language),
				widgets.Field(t("settings.field.shop.currency", nil), currency)),
			s.follows),
		Footer: foot(skip, next)})
	s.follow()
	s.dialog.Show(s.controls[focus], func(sc *keys.Scope) { sc.BindKey(keys.Enter, s.onNext) })
	s.tell()
}

func (s *shopStep) tell() {
	w := s.w
	w.Env.Shown("firstrun.shop", "country", w.shop.country, "language", w.shop.language, "currency", string(w.shop.currency))
}

func (s *shopStep) country() *widgets.Segments {
	all := usual.All()
	names, now := make([]string, len(all)), -1
	for i, c := range all {
		names[i] = s.w.Env.T("settings.option.shop.country."+c.Code, nil)
		if c.Code == s.w.shop.country {
			now = i
		}
	}
	return s.w.Env.Kit.Segments(names, now, func(i int) { s.onChosen(countryOfShop, func(d *shop) { d.pick(all[i].Code) }) })
}

func (s *shopStep) language() *widgets.Select {
	all := languages()
	names := make([]string, len(all))
	for i, l := range all {
		names[i] = s.w.Env.T("settings.option.till.language."+l, nil) + " · " + l // letters anybody knows
	}
	list := s.w.Env.Kit.Select(names, slices.Index(all, s.w.shop.language), func(i int) {
		s.onChosen(languageOfShop, func(d *shop) { d.language = all[i] })
	})
	list.EnterPasses = true
	return list
}

func (s *shopStep) currency() *widgets.Select {
	names := make([]string, len(currencies))
	for i, c := range currencies {
		names[i] = s.w.Env.T("settings.option.shop.currency."+string(c), nil)
	}
	list := s.w.Env.Kit.Select(names, slices.Index(currencies, s.w.shop.currency), func(i int) {
		s.onChosen(currencyOfShop, func(d *shop) { d.currency = currencies[i] })
	})
	list.EnterPasses = true
	return list
}

// follow says what else the country decides.
func (s *shopStep) follow() {
	w, text := s.w, ""
	if c, ok := usual.Of(w.shop.country); ok {
		id := "firstrun.shop.follows"
		if c.RoundingStep > 0 && c.Currency == w.shop.currency {
			id = "firstrun.shop.follows-rounded"
		}
		text = w.say(id, pos.Args{"Prefix": c.Prefix, "Step": c.RoundingStep, "Now": w.Env.Words.Clock(w.Env.Kit.Timers.Now())})
	}
	s.follows.SetText(text)
}

// onChosen takes a choice. The step is shown anew in the words that go with it.
func (s *shopStep) onChosen(control int, change func(*shop)) {
	w := s.w
	change(&w.shop)
	s.dialog.Close()
	w.speak()
	w.askShop(control)
}

func (s *shopStep) onNext() {
	s.dialog.Close()
	s.w.askOwner()
}

// onSkip goes on with what stands there: what was typed is nobody's to throw away, and
// an empty name becomes the usual one.
func (s *shopStep) onSkip() { s.onNext() }
