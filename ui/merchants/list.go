package merchants

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the windows.
const (
	actAdd     keys.ActionID = "merchants.add"
	actArchive keys.ActionID = "merchants.archive"
	actOld     keys.ActionID = "merchants.old"
	actSave    keys.ActionID = "merchants.save"
	actMore    keys.ActionID = "merchants.more"
	actImage   keys.ActionID = "merchants.image"
	actBrowse  keys.ActionID = "merchants.browse"
)

// The windows over the list, whose keys are their own.
const (
	placeCard  = "merchants.card"
	placeImage = "merchants.image"
)

// DefineKeys names the actions of the windows.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actAdd, Label: "key.merchants.add", Key: "F3"},
		keys.Action{ID: actOld, Label: "key.merchants.old", Key: "F4"},
		keys.Action{ID: actArchive, Label: "key.merchants.archive", Key: "F8"},
		keys.Action{ID: actSave, Label: "key.merchants.save", Key: "Ctrl+S", Place: placeCard},
		keys.Action{ID: actMore, Label: "key.merchants.more", Key: "F7", Place: placeCard},
		keys.Action{ID: actImage, Label: "key.merchants.image", Key: "Ctrl+I", Place: placeCard},
		keys.Action{ID: actBrowse, Label: "key.merchants.browse", Key: "F4", Place: placeImage},
	)
}

// view is the window «Платежные системы».
type view struct {
	env    *ui.Env
	b      Backend
	closed func()
	table  *widgets.Table
	news   *widgets.Banner
	add    *widgets.Button
	move   *widgets.Button
	old    *widgets.Button
	dialog *widgets.Dialog
	latest *task.Latest
	all    []manual.Merchant
	rows   []manual.Merchant // those shown
	olds   bool              // archived ones are shown too
}

// Open shows the payment systems. closed is called when the window has gone.
func Open(env *ui.Env, b Backend, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, b: b, closed: closed, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.BindKey(keys.Enter, v.onOpen)
		s.Bind(actOld, v.onOld)
		if MayChange(env) {
			s.Bind(actAdd, v.onAdd)
			s.Bind(actArchive, v.onArchive)
		}
		s.Home = v.table
	})
	v.reload("")
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.table = k.Table([]widgets.Column{
		{Title: t("merchants.field.name", nil), Share: 2},
		{Title: t("merchants.keeps", nil), Width: 210, Style: widgets.Muted},
		{Title: t("merchants.currencies", nil), Width: 190, From: 820, Style: widgets.Muted},
		{Title: "", Width: 120},
	}, v.cell)
	v.table.OnActivated = func(int) { v.onOpen() }
	v.table.OnSelected = func(int) { v.draw() }
	v.add = k.ActionButton(t("merchants.add", nil), widgets.Secondary, actAdd)
	v.move = k.ActionButton(t("merchants.archive", nil), widgets.Secondary, actArchive)
	v.old = k.ActionButton(t("merchants.old", nil), widgets.Secondary, actOld)
	feet := []fyne.CanvasObject{k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() }), v.old}
	if MayChange(v.env) {
		feet = append(feet, v.move, v.add)
	}
	feet = append(feet, k.KeyButton(t("merchants.open", nil), widgets.Primary, keys.Enter, v.onOpen))
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "merchants", Title: t("merchants.title", nil), Subtitle: t("merchants.explain", nil),
		Width: widgets.Wide, Height: 640, Fills: true,
		Body:   widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapSmall, feet...)})
	v.dialog.OnClosed = func() { v.latest.Cancel(); v.closed() }
}

// reload reads them all; the one of an id is selected, "" leaves the selection.
func (v *view) reload(id string) {
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) ([]manual.Merchant, error) { return v.b.Merchants(ctx, a) },
		func(all []manual.Merchant, err error) {
			if !v.dialog.Shown() {
				return
			}
			v.news.Set(v.env.Words.Error(err), widgets.Bad)
			if err == nil {
				v.all = all
			}
			v.show(id)
			v.tell(err)
		})
}

// show lists those in use, and the archived ones after them where they are wanted.
func (v *view) show(id string) {
	if m := v.chosen(); m != nil && id == "" {
		id = m.ID
	}
	at := v.table.Selected()
	v.rows = nil
	for _, archived := range []bool{false, true} {
		for _, m := range v.all {
			if m.Archived == archived && (!archived || v.olds) {
				v.rows = append(v.rows, m)
			}
		}
	}
	at = min(max(at, 0), len(v.rows)-1)
	for i := range v.rows {
		if v.rows[i].ID == id {
			at = i
		}
	}
	v.table.Empty = v.env.T("merchants.none-seen", nil)
	if MayChange(v.env) {
		v.table.Empty = v.env.T("merchants.none", pos.Args{"Add": v.env.Kit.Keys.KeyOf(actAdd).Cap()})
	}
	v.table.SetRows(len(v.rows))
	v.table.Select(at)
	v.draw()
}

// draw says on the buttons what they would do.
func (v *view) draw() {
	m := v.chosen()
	v.move.SetEnabled(m != nil)
	label := "merchants.archive"
	if m != nil && m.Archived {
		label = "merchants.restore"
	}
	v.move.SetLabel(v.env.T(label, nil))
	v.old.SetLabel(v.env.T(map[bool]string{false: "merchants.old", true: "merchants.old-hide"}[v.olds], nil))
	v.dialog.Refresh()
}

func (v *view) tell(err error) {
	v.env.Shown("merchants", "rows", strconv.Itoa(len(v.rows)), "all", strconv.Itoa(len(v.all)), "error", string(pos.CodeOf(err)))
}

func (v *view) chosen() *manual.Merchant {
	if i := v.table.Selected(); i >= 0 && i < len(v.rows) {
		return &v.rows[i]
	}
	return nil
}

func (v *view) cell(row, col int) widgets.Cell {
	m := &v.rows[row]
	switch col {
	case 0:
		return widgets.Cell{Text: m.Name, Aside: m.Description}
	case 1:
		return widgets.Cell{Text: keeps(v.env, m)}
	case 2:
		codes := make([]string, len(m.Currencies))
		for i, c := range m.Currencies {
			codes[i] = string(c)
		}
		return widgets.Cell{Text: strings.Join(codes, ", ")}
	}
	if m.Archived {
		return widgets.Cell{Text: v.env.T("merchants.archived", nil), Chip: true, Tone: widgets.Neutral}
	}
	return widgets.Cell{Text: v.env.T("merchants.in-use", nil), Chip: true, Tone: widgets.Good}
}

// keeps says in a few words what a merchant keeps of a payment.
func keeps(env *ui.Env, m *manual.Merchant) string {
	var parts []string
	if m.Commission != 0 {
		parts = append(parts, m.Commission.String()+" %")
	}
	if m.Fee != 0 {
		parts = append(parts, Sum(env, m.Fee, m.FeeCurrency))
	}
	if len(parts) == 0 {
		return env.T("merchants.keeps.nothing", nil)
	}
	return strings.Join(parts, " + ")
}

func (v *view) onOpen() {
	if m := v.chosen(); m != nil {
		openCard(v.env, v.b, m.ID, v.reload, v.refuse)
	}
}

// onAdd asks which kind of payment system it is to be.
func (v *view) onAdd() { chooseKind(v.env, func() { openNew(v.env, v.b, v.reload) }) }

func (v *view) onOld() {
	v.olds = !v.olds
	v.show("")
	v.tell(nil)
}

// onArchive puts the chosen merchant into the archive, or takes it back. Nothing is
// deleted: orders name it.
func (v *view) onArchive() {
	m := v.chosen()
	if m == nil {
		return
	}
	next, a := *m, v.env.Actor
	next.Archived = !next.Archived
	approval.Run(v.env, func(ctx context.Context) (manual.Merchant, error) { return v.b.PutMerchant(ctx, a, next) },
		func(m manual.Merchant, err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			said := "merchants.put-away"
			if !m.Archived {
				said = "merchants.taken-back"
			}
			v.env.Kit.Toast(v.env.T(said, pos.Args{"Name": m.Name}), widgets.Good)
			v.reload(m.ID)
		})
}

func (v *view) refuse(err error) {
	if !v.dialog.Shown() {
		return
	}
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.dialog.Refresh()
	v.tell(err)
}

// chooseKind asks what kind of payment system is to be made.
func chooseKind(env *ui.Env, manually func()) {
	k, t := env.Kit, env.T
	var d *widgets.Dialog
	pick := func() { d.Close(); manually() }
	list := k.List([]widgets.Column{{}}, func(int, int) widgets.Cell {
		return widgets.Cell{Text: t("merchants.kind.manual", nil), Sub: t("merchants.kind.manual.explain", nil)}
	})
	list.Whole, list.Tall = true, func(int) bool { return true }
	list.OnActivated = func(int) { pick() }
	d = k.Dialog(widgets.DialogSpec{Name: "merchants.kind", Title: t("merchants.new", nil), Width: widgets.Narrow,
		Body: widgets.NewFlatCard(list),
		Footer: widgets.Footer(theme.GapCards, k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { d.Close() }),
			k.KeyButton(t("merchants.choose", nil), widgets.Primary, keys.Enter, pick))})
	d.Show(list, func(s *keys.Scope) { s.BindKey(keys.Enter, pick) })
	list.SetRows(1)
	list.Select(0)
	d.Refresh()
	env.Shown("merchants.kind")
}
