package rescue

import (
	"context"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// asking is the dialog in which the owner asks for a new recovery code.
type asking struct {
	env    *ui.Env
	pin    *widgets.Entry
	news   *widgets.Banner
	make   *widgets.Button
	dialog *widgets.Dialog
	busy   bool
}

// AskCode offers the owner a new recovery code, for the PIN: the one before is
// void then. closed is called when the dialogs have gone.
func AskCode(env *ui.Env, closed func()) {
	k, t := env.Kit, env.T
	a := &asking{env: env, news: widgets.NewBanner(t("recovery.ask", nil), widgets.Info)}
	a.pin = k.Entry(widgets.PINEntry, "")
	a.pin.MaxLength = pos.PINMaxDigits
	a.pin.OnSubmitted = func(string) { a.onMake(closed) }
	a.make = k.KeyButton(t("recovery.make", nil), widgets.Primary, keys.Enter, func() { a.onMake(closed) })
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { a.dialog.Close() })
	a.make.Height, back.Height = widgets.Large, widgets.Large
	a.dialog = k.Dialog(widgets.DialogSpec{Name: "recovery.ask", Title: t("recovery.title", nil), Width: widgets.Narrow,
		Body:   widgets.VBox(theme.GapCards, a.news, widgets.Field(t("recovery.pin", nil), a.pin)),
		Footer: widgets.Footer(theme.GapCards, back, a.make)})
	a.dialog.OnClosed = closed
	a.dialog.Show(a.pin.Focusable(), nil)
	env.Shown("recovery.ask")
}

// onMake checks the PIN and shows the new code.
func (a *asking) onMake(closed func()) {
	pin := a.pin.Text()
	if a.busy || pin == "" {
		return
	}
	a.busy = true
	a.make.Disable()
	a.pin.Clear()
	task.Run(a.env.Ctx, a.env.Runner, func(ctx context.Context) (hidden.Text, error) {
		who, err := a.env.Till.Login(ctx, pin)
		if err != nil {
			return hidden.Text{}, err
		}
		return a.env.Till.NewRecovery(ctx, who)
	}, func(code hidden.Text, err error) {
		a.busy = false
		a.make.Enable()
		if err != nil {
			if a.dialog.Shown() {
				a.news.Set(a.env.Words.Error(err), widgets.Bad)
				a.dialog.Refresh()
				a.pin.Focus()
			}
			a.env.Shown("recovery.ask", "error", string(pos.CodeOf(err)))
			return
		}
		// It is void and made by now: it is shown whatever became of the dialog.
		a.dialog.OnClosed = nil
		a.dialog.Close()
		ShowCode(a.env, a.env.Till.Settings().Shop, code, closed)
	})
}
