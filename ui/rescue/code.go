// Package rescue is what the window does about the keys and the data of a shop
// when they are not there: the owner's recovery code, and the screen of a till
// that cannot start.
package rescue

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/paper"
	"kassa/pos/recovery"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/savepdf"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// shown is the dialog in which a recovery code is told, once.
type shown struct {
	env    *ui.Env
	code   hidden.Text
	shop   string
	at     time.Time
	last   *widgets.Entry // its last group, typed by whoever has written it down
	news   *widgets.Banner
	dialog *widgets.Dialog
}

// ShowCode tells the owner a recovery code, to be written down, printed or saved:
// it is kept nowhere. Neither Enter nor Esc leaves the dialog, only the last group
// of the code typed back. shop names the shop on the paper; done is called then.
func ShowCode(env *ui.Env, shop string, code hidden.Text, done func()) {
	k, t := env.Kit, env.T
	s := &shown{env: env, code: code, shop: shop, at: k.Timers.Now(), news: widgets.NewBanner(t("recovery.why", nil), widgets.Warn)}
	ui.DefinePrintKey(k.Keys)
	s.last = k.Entry(widgets.TextEntry, "")
	s.last.MaxLength, s.last.RefusesScan = recovery.Length, true
	s.last.OnSubmitted = func(string) { s.onWrote() }
	wrote := k.KeyButton(t("recovery.wrote", nil), widgets.Primary, keys.Enter, s.onWrote)
	print := k.ActionButton(t("recovery.print", nil), widgets.Secondary, ui.ActPrint)
	file := k.ActionButton(t("receipts.pdf", nil), widgets.Secondary, ui.ActPDF)
	file.SetEnabled(env.Documents != nil)
	wrote.Height, print.Height, file.Height = widgets.Large, widgets.Large, widgets.Large
	buttons := []fyne.CanvasObject{print, file, wrote}
	if !env.Print.Ready() { // the printer is a later step of a new shop
		buttons = buttons[1:]
	}
	big := widgets.Figure
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "recovery.code", Title: t("recovery.title", nil), Width: widgets.Narrow, NoEsc: true,
		Body: widgets.VBox(theme.GapInside, widgets.Centered(widgets.NewText(recovery.Show(code), big)), s.news,
			widgets.NewParagraph(t("recovery.once", nil), widgets.Muted), widgets.Field(t("recovery.last", nil), s.last)),
		Footer: widgets.Footer(theme.GapCards, buttons...)})
	s.dialog.OnClosed = done
	s.dialog.Show(s.last.Focusable(), func(sc *keys.Scope) {
		sc.BindKey(keys.Esc, s.onHaste)
		sc.Bind(ui.ActPrint, s.onPrint)
		sc.Bind(ui.ActPDF, s.onPDF)
	})
	env.Shown("recovery.code")
}

// onWrote ends when the last group is right.
func (s *shown) onWrote() {
	if !recovery.IsLastGroup(s.code, s.last.Text()) {
		s.onHaste()
		s.last.Focus()
		return
	}
	s.dialog.Close()
}

// onHaste answers a key that was pressed out of habit.
func (s *shown) onHaste() {
	s.news.Set(s.env.T("recovery.haste", nil), widgets.Bad)
	s.dialog.Refresh()
	s.env.Shown("recovery.code", "haste", "yes")
}

// lines are the code on paper.
func (s *shown) lines(width int) []string {
	t := s.env.T
	p := paper.New(width)
	p.Centre(t("recovery.title", nil))
	p.Rule()
	p.Text(s.shop)
	p.Text(t("recovery.made", pos.Args{"At": s.at}))
	p.Rule()
	for _, part := range strings.Split(recovery.Show(s.code), "-") {
		p.Centre(part)
	}
	p.Rule()
	p.Text(t("recovery.paper", nil))
	return p.Lines()
}

// onPrint prints the code past the list of slips, which would keep it.
func (s *shown) onPrint() {
	if !s.env.Print.Ready() {
		s.say(pos.E(pos.CodeUnavailable, "print.none", nil))
		return
	}
	j := pos.PrintJob{Kind: pos.PrintKeys, Title: s.env.T("recovery.title", nil), Lines: s.lines(s.env.Print.Width()), Copies: 1}
	printer := s.env.Print.Printer()
	task.Run(s.env.Ctx, s.env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, printer.Once(ctx, j) },
		func(_ struct{}, err error) {
			s.say(err)
			s.env.Shown("recovery.printed", "error", string(pos.CodeOf(err)))
		})
}

func (s *shown) say(err error) {
	if !s.dialog.Shown() {
		return
	}
	text, tone := s.env.T("recovery.printed", nil), widgets.Good
	if err != nil {
		text, tone = s.env.Words.Error(err), widgets.Bad
	}
	s.news.Set(text, tone)
	s.dialog.Refresh()
}

// pdfColumns is how wide the saved sheet is.
const pdfColumns = 42

func (s *shown) onPDF() {
	if s.env.Documents != nil {
		savepdf.Slip(s.env, s.env.T("recovery.title", nil), s.lines(pdfColumns))
	}
}
