package certificates

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window.
const (
	actSell  keys.ActionID = "certificates.sell"
	actIssue keys.ActionID = "certificates.issue"
	actBlock keys.ActionID = "certificates.block"
	actLapse keys.ActionID = "certificates.lapse"
	actSave  keys.ActionID = "certificates.save"
)

// DefineKeys names the actions of the windows of certificates.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actSell, Label: "key.certificates.sell", Key: "F3"},
		keys.Action{ID: actIssue, Label: "key.certificates.issue", Key: "F4"},
		keys.Action{ID: actBlock, Label: "key.certificates.block", Key: "F5"},
		keys.Action{ID: actLapse, Label: "key.certificates.lapse", Key: "F6"},
		keys.Action{ID: actSave, Label: "key.certificates.save", Key: "Ctrl+S"},
	)
}

// listRows bounds the list; more are found by a part of the number.
const listRows = 300

// view is the window «Сертификаты».
type view struct {
	env    *ui.Env
	closed func()
	search *widgets.Entry
	table  *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
	latest *task.Latest
	rows   []pos.CertificateBalance
}

// Open shows the certificates. closed is called when the window has gone.
func Open(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	ui.DefinePrintKey(env.Kit.Keys)
	v := &view{env: env, closed: closed, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.dialog.Show(v.search.Focusable(), func(s *keys.Scope) {
		s.Bind(actSell, func() { Sell(env, v.dialog.Close) })
		s.Bind(actIssue, func() { openForm(env, true, v.reload) })
		for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
			s.BindKey(key, func() { v.table.Step(by) }, keys.Repeating())
		}
		s.BindKey(keys.Enter, v.onOpen)
		s.OnScan = v.onScan
		s.Home = v.search.Focusable()
	})
	v.reload()
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.search = k.Entry(widgets.SearchEntry, t("certificates.search", nil))
	v.search.MaxLength = pos.MaxCertificateRunes
	v.search.OnChanged = func(string) { v.reload() }
	v.search.OnScan = func(_, code string) { v.onScan(code) }
	v.table = k.Table([]widgets.Column{
		{Title: t("certificates.number", nil), Share: 2},
		{Title: t("certificates.sum", nil), Width: 140, Align: fyne.TextAlignTrailing, From: 700, Style: widgets.Muted},
		{Title: t("certificates.left", nil), Width: 140, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
		{Title: t("certificates.expires", nil), Width: 140},
		{Title: "", Width: 150},
	}, v.cell)
	v.table.KeepsFocus = true
	v.table.Empty = t("certificates.empty", nil)
	v.table.OnActivated = func(int) { v.onOpen() }
	v.dialog = k.Dialog(widgets.DialogSpec{
		Name: "certificates", Page: "certificates", Title: t("certificates.title", nil), Width: widgets.Wide, Height: 680, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.search, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapSmall,
			k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() }),
			k.ActionButton(t("certificates.sell", nil), widgets.Secondary, actSell),
			k.ActionButton(t("certificates.issue", nil), widgets.Secondary, actIssue),
			k.KeyButton(t("certificates.open", nil), widgets.Primary, keys.Enter, v.onOpen)),
	})
	v.dialog.OnClosed = func() { v.latest.Cancel(); v.closed() }
}

// reload shows what the text in the field finds. Whoever may not see the list may
// still ask for one by its whole number.
func (v *view) reload() {
	text, a := strings.TrimSpace(v.search.Text()), v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) ([]pos.CertificateBalance, error) {
		list, err := v.env.Till.Certificates(ctx, a, text, listRows)
		if pos.CodeOf(err) == pos.CodeForbidden {
			return nil, nil
		}
		return list, err
	}, func(rows []pos.CertificateBalance, err error) {
		v.rows = rows
		v.news.Set(v.env.Words.Error(err), widgets.Bad)
		v.table.SetRows(len(rows))
		v.table.Select(min(len(rows), 1) - 1)
		v.dialog.Refresh()
		v.tell(err)
	})
}

func (v *view) tell(err error) {
	v.env.Shown("certificates", "rows", strconv.Itoa(len(v.rows)), "error", string(pos.CodeOf(err)))
}

func (v *view) cell(row, col int) widgets.Cell {
	c, m := &v.rows[row], v.env.Words.Money()
	switch col {
	case 0:
		return widgets.Cell{Text: c.Number}
	case 1:
		return widgets.Cell{Text: m.Bare(c.Amount)}
	case 2:
		return widgets.Cell{Text: m.Bare(c.Left)}
	case 3:
		return widgets.Cell{Text: expiry(v.env, c.Expires)}
	}
	name, tone := state(v.env, c, v.env.Kit.Timers.Now())
	return widgets.Cell{Text: name, Chip: true, Tone: tone}
}

func (v *view) onScan(code string) {
	v.search.SetText(code)
	openCard(v.env, code, v.reload, v.refuse)
}

func (v *view) onOpen() {
	number := strings.TrimSpace(v.search.Text())
	if i := v.table.Selected(); i >= 0 && i < len(v.rows) {
		number = v.rows[i].Number
	}
	if number != "" {
		openCard(v.env, number, v.reload, v.refuse)
	}
}

func (v *view) refuse(err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.dialog.Refresh()
	v.tell(err)
}
