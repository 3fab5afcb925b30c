package payables

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
	"kassa/ui/merchants"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the windows.
const (
	actAdd     keys.ActionID = "payables.add"
	actArchive keys.ActionID = "payables.archive"
	actOld     keys.ActionID = "payables.old"
	actSystems keys.ActionID = "payables.systems"
	actSave    keys.ActionID = "payables.save"
	actMore    keys.ActionID = "payables.more"
	actProduct keys.ActionID = "payables.product"
	actPage    keys.ActionID = "payables.page"
)

// placeCard is the card, whose keys are its own.
const placeCard = "payables.card"

// placePage is the window of an offer's own page.
const placePage = "payables.page"

// DefineKeys names the actions of the windows.
func DefineKeys(r *keys.Router) {
	merchants.DefineKeys(r)
	r.Define(
		keys.Action{ID: actAdd, Label: "key.payables.add", Key: "F3"},
		keys.Action{ID: actOld, Label: "key.payables.old", Key: "F4"},
		keys.Action{ID: actSystems, Label: "key.payables.systems", Key: "F6"},
		keys.Action{ID: actArchive, Label: "key.payables.archive", Key: "F8"},
		keys.Action{ID: actSave, Label: "key.payables.save", Key: "Ctrl+S", Place: placeCard},
		keys.Action{ID: actProduct, Label: "key.payables.product", Key: "F5", Place: placeCard},
		keys.Action{ID: actMore, Label: "key.payables.more", Key: "F7", Place: placeCard},
		keys.Action{ID: actPage, Label: "key.payables.page", Key: "F9", Place: placeCard},
	)
}

// view is the window «Предложения оплаты».
type view struct {
	env    *ui.Env
	b      Backend
	closed func()
	search *widgets.Entry
	table  *widgets.Table
	news   *widgets.Banner
	move   *widgets.Button
	old    *widgets.Button
	dialog *widgets.Dialog
	latest *task.Latest
	known  known
	rows   []manual.Offer // those shown
	olds   bool           // archived ones are shown too
}

// Open shows the offers. closed is called when the window has gone.
func Open(env *ui.Env, b Backend, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, b: b, closed: closed, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.dialog.Show(v.search.Focusable(), func(s *keys.Scope) {
		for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
			s.BindKey(key, func() { v.table.Step(by) }, keys.Repeating())
		}
		s.BindKey(keys.Enter, v.onOpen)
		s.Bind(actOld, v.onOld)
		s.Bind(actSystems, v.onSystems)
		if merchants.MayChange(env) {
			s.Bind(actAdd, v.onAdd)
			s.Bind(actArchive, v.onArchive)
		}
		s.Home = v.search.Focusable()
	})
	v.reload("")
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.search = k.Entry(widgets.SearchEntry, t("payables.search", nil))
	v.search.MaxLength, v.search.RefusesScan = pos.MaxNameRunes, true
	v.search.OnChanged = func(string) { v.show("") }
	v.table = k.Table([]widgets.Column{
		{Title: t("payables.field.text", nil), Share: 2},
		{Title: t("payables.field.price", nil), Width: 150, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
		{Title: t("payables.field.merchants", nil), Share: 1, From: 720, Style: widgets.Muted},
		{Title: t("payables.days", nil), Width: 90, Align: fyne.TextAlignTrailing, From: 900, Style: widgets.Muted},
		{Title: "", Width: 150},
	}, v.cell)
	v.table.KeepsFocus = true
	v.table.OnActivated = func(int) { v.onOpen() }
	v.table.OnSelected = func(int) { v.draw() }
	v.move = k.ActionButton(t("payables.archive", nil), widgets.Secondary, actArchive)
	v.old = k.ActionButton(t("payables.old", nil), widgets.Secondary, actOld)
	feet := []fyne.CanvasObject{k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() }), v.old,
		k.ActionButton(t("merchants.title", nil), widgets.Secondary, actSystems)}
	if merchants.MayChange(v.env) {
		feet = append(feet, v.move, k.ActionButton(t("payables.add", nil), widgets.Secondary, actAdd))
	}
	feet = append(feet, k.KeyButton(t("payables.open", nil), widgets.Primary, keys.Enter, v.onOpen))
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "payables", Page: "payables", Title: t("payables.title", nil), Subtitle: t("payables.explain", nil),
		Width: widgets.Wide, Height: 660, Fills: true,
		Body:   widgets.VBox(theme.GapCards, v.search, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapSmall, feet...)})
	v.dialog.OnClosed = func() { v.latest.Cancel(); v.closed() }
}

// reload reads them all; the one of an id is selected, "" leaves the selection.
func (v *view) reload(id string) {
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) (known, error) { return load(ctx, v.b, a) },
		func(k known, err error) {
			if !v.dialog.Shown() {
				return
			}
			v.news.Set(v.env.Words.Error(err), widgets.Bad)
			if err == nil {
				v.known = k
			}
			v.show(id)
			v.tell(err)
		})
}

// show lists what the text in the field finds.
func (v *view) show(id string) {
	if o := v.chosen(); o != nil && id == "" {
		id = o.ID
	}
	text := strings.TrimSpace(v.search.Text())
	v.rows = v.known.find(text, v.olds)
	at := min(0, len(v.rows)-1)
	for i := range v.rows {
		if v.rows[i].ID == id {
			at = i
		}
	}
	switch {
	case text != "":
		v.table.Empty = v.env.T("payables.not-found", nil)
	case merchants.MayChange(v.env):
		v.table.Empty = v.env.T("payables.none", pos.Args{"Add": v.env.Kit.Keys.KeyOf(actAdd).Cap()})
	default:
		v.table.Empty = v.env.T("payables.none-seen", nil)
	}
	v.table.SetRows(len(v.rows))
	v.table.Select(at)
	v.draw()
	v.tell(nil)
}

// draw says on the buttons what they would do.
func (v *view) draw() {
	o := v.chosen()
	v.move.SetEnabled(o != nil)
	label := "payables.archive"
	if o != nil && o.Archived {
		label = "payables.restore"
	}
	v.move.SetLabel(v.env.T(label, nil))
	v.old.SetLabel(v.env.T(map[bool]string{false: "payables.old", true: "payables.old-hide"}[v.olds], nil))
	v.dialog.Refresh()
}

func (v *view) tell(err error) {
	v.env.Shown("payables", "rows", strconv.Itoa(len(v.rows)), "all", strconv.Itoa(len(v.known.offers)), "error", string(pos.CodeOf(err)))
}

func (v *view) chosen() *manual.Offer {
	if i := v.table.Selected(); i >= 0 && i < len(v.rows) {
		return &v.rows[i]
	}
	return nil
}

func (v *view) cell(row, col int) widgets.Cell {
	o := &v.rows[row]
	switch col {
	case 0:
		return widgets.Cell{Text: o.Text, Aside: v.env.T("payables.kind."+string(o.Kind), nil)}
	case 1:
		return widgets.Cell{Text: merchants.Sum(v.env, o.Price, o.Currency)}
	case 2:
		return widgets.Cell{Text: v.known.names(o)}
	case 3:
		return widgets.Cell{Text: strconv.Itoa(o.Window)}
	}
	switch {
	case o.Archived:
		return widgets.Cell{Text: v.env.T("payables.archived", nil), Chip: true, Tone: widgets.Neutral}
	case !v.known.payable(o):
		return widgets.Cell{Text: v.env.T("payables.unpayable", nil), Chip: true, Tone: widgets.Warn}
	}
	return widgets.Cell{Text: v.env.T("payables.in-use", nil), Chip: true, Tone: widgets.Good}
}

func (v *view) onOpen() {
	if o := v.chosen(); o != nil {
		show(v.env, v.b, newDraft(o.ID, o, v.known.merchants, ""), false, v.reload)
	}
}

// onAdd makes an offer; without a merchant there would be nobody to pay it to.
func (v *view) onAdd() {
	set := v.env.Till.Settings()
	show(v.env, v.b, newDraft(v.b.NewID(), nil, v.known.merchants, set.Currency), true, v.reload)
}

func (v *view) onOld() {
	v.olds = !v.olds
	v.show("")
}

// onSystems shows the merchants, which offers choose from.
func (v *view) onSystems() { merchants.Open(v.env, v.b, func() { v.reload("") }) }

// onArchive puts the chosen offer into the archive, or takes it back. Nothing is
// deleted: orders name it.
func (v *view) onArchive() {
	o := v.chosen()
	if o == nil {
		return
	}
	next, a := *o, v.env.Actor
	next.Archived = !next.Archived
	approval.Run(v.env, func(ctx context.Context) (manual.Offer, error) { return v.b.PutOffer(ctx, a, next) },
		func(o manual.Offer, err error) {
			if !v.dialog.Shown() {
				return
			}
			if err != nil {
				v.news.Set(v.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				v.tell(err)
				return
			}
			said := "payables.put-away"
			if !o.Archived {
				said = "payables.taken-back"
			}
			v.env.Kit.Toast(v.env.T(said, pos.Args{"Name": o.Text}), widgets.Good)
			v.reload(o.ID)
		})
}
