package firstrun

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// printerStep finds a printer and lets it prove itself.
type printerStep struct {
	w       *Wizard
	found   []pos.FoundPrinter
	list    *fyne.Container
	address *widgets.Entry
	news    *widgets.Banner
	dialog  *widgets.Dialog
	busy    bool
}

// mostFound is how many printers have a key.
const mostFound = 5

func keyOfFound(i int) keys.Key { return keys.Key("F" + strconv.Itoa(i+2)) }

// askPrinter shows the third step and looks for printers meanwhile.
func (w *Wizard) askPrinter() {
	if w.over {
		return
	}
	k, t := w.Env.Kit, w.Env.T
	if w.Env.Print.Printer() == nil {
		w.askGoods() // nothing here could print
		return
	}
	s := &printerStep{w: w, list: widgets.VBox(theme.GapSmall), news: widgets.NewBanner(t("firstrun.printer.looking", nil), widgets.Info)}
	s.address = k.Entry(widgets.TextEntry, "192.168.0.50")
	s.address.MaxLength, s.address.RefusesScan = 120, true
	s.address.OnSubmitted = func(string) { s.onTyped() }
	try := k.KeyButton(t("firstrun.printer.try", nil), widgets.Primary, keys.Enter, s.onTyped)
	skip := k.KeyButton(t("firstrun.printer.without", nil), widgets.Secondary, keys.Esc, s.onSkip)
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "firstrun.printer", Title: t("firstrun.printer.title", nil), Subtitle: t("firstrun.printer.why", nil),
		Aside: w.aside(printerCounted), Width: widgets.Narrow, OnEsc: s.onSkip,
		Body:   widgets.VBox(theme.GapInside, s.news, s.list, widgets.Field(t("firstrun.printer.address", nil), s.address)),
		Footer: foot(skip, try)})
	s.dialog.Show(s.address.Focusable(), func(sc *keys.Scope) {
		for i := range mostFound {
			sc.BindKey(keyOfFound(i), func() { s.onFound(i) })
		}
	})
	w.Env.Shown("firstrun.printer", "found", "looking")
	task.Run(w.Env.Ctx, w.Env.Runner, func(ctx context.Context) ([]pos.FoundPrinter, error) {
		if w.Printers == nil {
			return nil, nil
		}
		return w.Printers(ctx), nil
	}, func(found []pos.FoundPrinter, _ error) { s.show(found) })
}

// show offers what was found. The first has the focus unless an address is being
// typed.
func (s *printerStep) show(found []pos.FoundPrinter) {
	if !s.dialog.Shown() {
		return
	}
	w := s.w
	s.found = found[:min(len(found), mostFound)]
	for i, p := range s.found {
		b := w.Env.Kit.KeyButton(s.name(p), widgets.Secondary, keyOfFound(i), func() { s.onFound(i) })
		b.Leading, b.CapFirst = true, true
		s.list.Add(b)
		if i == 0 && s.address.Text() == "" {
			defer w.Env.Kit.Focus(b)
		}
	}
	id := "firstrun.printer.found"
	switch len(s.found) {
	case 0:
		id = "firstrun.printer.none"
	case 1:
		id = "firstrun.printer.one"
	}
	s.say(w.Env.T(id, nil), widgets.Info)
	w.Env.Shown("firstrun.printer", "found", strconv.Itoa(len(s.found)))
}

// name is what a person knows a printer by: how it is connected, and where.
func (s *printerStep) name(p pos.FoundPrinter) string {
	return s.w.Env.T("firstrun.printer.at."+string(p.Connection), pos.Args{"Address": p.Address})
}

func (s *printerStep) say(text string, tone widgets.Tone) {
	s.news.Set(text, tone)
	s.dialog.Refresh()
}

func (s *printerStep) onFound(i int) {
	if i < len(s.found) {
		s.try(setPrinter(s.w.Settings(), s.found[i]))
	}
}

// onTyped tries the printer whose place was typed; with nothing typed the first that
// was found.
func (s *printerStep) onTyped() {
	p := named(s.address.Text())
	if p.Address == "" && len(s.found) > 0 {
		s.onFound(0)
		return
	}
	if p.Address == "" {
		s.say(s.w.Env.T("firstrun.printer.empty", nil), widgets.Warn)
		s.address.Focus()
		return
	}
	s.try(setPrinter(s.w.Settings(), p))
}

// try prints the test page and asks whether it came out.
func (s *printerStep) try(set pos.Settings) {
	if s.busy {
		return
	}
	w := s.w
	s.busy = true
	s.say(w.Env.T("firstrun.printer.printing", pos.Args{"Address": set.Paper.Address}), widgets.Info)
	printer, say := w.Env.Print.Printer(), w.Env.Words.T
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, printer.TryPage(ctx, set, say) },
		func(_ struct{}, err error) {
			s.busy = false
			if !s.dialog.Shown() {
				return
			}
			if err != nil {
				s.say(w.Env.Words.Error(err), widgets.Bad)
				w.Env.Shown("firstrun.printer", "error", string(pos.CodeOf(err)))
				return
			}
			s.ask(set)
		})
}

// ask asks what no till can know: whether a slip came out, and whether it can be read.
func (s *printerStep) ask(set pos.Settings) {
	w := s.w
	k, t := w.Env.Kit, w.Env.T
	var d *widgets.Dialog
	then := func(do func()) func() { return func() { d.Close(); do() } }
	again := func(change func(*pos.Settings)) func() {
		return then(func() { change(&set); s.try(set) })
	}
	yes := then(func() { s.onPrinted(set) })
	no := then(func() { s.say(t("firstrun.printer.nothing", nil), widgets.Warn) })
	signs := again(func(set *pos.Settings) { set.Paper.Page = pos.RasterPage })
	wrapped := again(func(set *pos.Settings) { set.Width = narrower(set.Width) })
	good := k.KeyButton(t("firstrun.printed.yes", nil), widgets.Primary, keys.Enter, yes)
	d = k.Dialog(widgets.DialogSpec{Name: "firstrun.printed", Title: t("firstrun.printed.title", nil), Width: widgets.Narrow, OnEsc: no,
		Body: widgets.NewParagraph(t("firstrun.printed.why", pos.Args{"Width": set.Width}), widgets.Body),
		Footer: foot(k.KeyButton(t("firstrun.printed.no", nil), widgets.Secondary, keys.Esc, no),
			k.KeyButton(t("firstrun.printed.signs", nil), widgets.Secondary, "F2", signs),
			k.KeyButton(t("firstrun.printed.wrapped", nil), widgets.Secondary, "F3", wrapped), good)})
	d.Show(good, func(sc *keys.Scope) {
		sc.BindKey("F2", signs)
		sc.BindKey("F3", wrapped)
	})
	w.Env.Shown("firstrun.printed", "page", set.Paper.Page, "width", strconv.Itoa(set.Width))
}

// onPrinted keeps the printer that printed.
func (s *printerStep) onPrinted(set pos.Settings) {
	s.dialog.Close()
	s.w.keep(set, s.w.askGoods)
}

func (s *printerStep) onSkip() {
	s.dialog.Close()
	s.w.askGoods()
}
