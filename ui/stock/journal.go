package stock

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// journal is the list of documents.
type journal struct {
	env    *ui.Env
	kinds  *widgets.Segments // 0: all
	table  *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
	latest *task.Latest
	docs   []pos.StockDoc
	whole  bool
	asking bool
}

// Open shows the documents of the stock. closed is called when the window has
// gone.
func Open(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	k, t := env.Kit, env.T
	j := &journal{env: env, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	names := []string{t("stock.all", nil)}
	for _, kind := range pos.StockKinds {
		names = append(names, kindName(env, kind))
	}
	j.kinds = k.Segments(names, 0, func(int) { j.load() })
	j.table = k.Table([]widgets.Column{
		{Title: t("stock.doc", nil), Share: 1.1},
		{Title: t("stock.about", nil), Share: 1.5, From: 640, Style: widgets.Muted},
		{Title: t("stock.date", nil), Width: 170},
		{Title: "", Width: 130, From: 560},
	}, j.cell)
	j.table.Empty = t("stock.empty-list", nil)
	j.table.OnActivated = func(int) { j.onOpen() }
	j.table.OnSelected = func(row int) {
		if !j.whole && !j.asking && row > len(j.docs)-20 {
			j.more()
		}
	}
	open := k.KeyButton(t("stock.open", nil), widgets.Primary, keys.Enter, j.onOpen)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { j.dialog.Close() })
	j.dialog = k.Dialog(widgets.DialogSpec{Name: "stock", Page: "stock", Title: t("stock.title", nil), Width: widgets.Wide, Height: 700, Fills: true,
		Body: widgets.VBox(theme.GapCards, j.kinds, j.news, widgets.Grow(widgets.NewFlatCard(j.table))),
		Footer: widgets.Footer(theme.GapSmall, back,
			k.ActionButton(kindName(env, pos.Receiving), widgets.Secondary, actReceive),
			k.ActionButton(kindName(env, pos.WriteOff), widgets.Secondary, actOff),
			k.ActionButton(kindName(env, pos.Stocktake), widgets.Secondary, actCount), open)})
	j.dialog.OnClosed = func() { j.latest.Cancel(); closed() }
	j.dialog.Show(j.table, func(s *keys.Scope) {
		s.Bind(actReceive, func() { j.begin(pos.Receiving) })
		s.Bind(actOff, func() { j.begin(pos.WriteOff) })
		s.Bind(actCount, func() { j.begin(pos.Stocktake) })
		s.Bind(actKind, func() {
			j.kinds.SetSelected((j.kinds.Selected() + 1) % len(names))
			j.load()
		})
		s.BindKey(keys.Enter, j.onOpen)
		s.OnScan = func(code string) { movesOfCode(env, code, j.tell) }
		s.Home = j.table
	})
	j.load()
}

func (j *journal) kind() pos.StockKind {
	if i := j.kinds.Selected(); i > 0 {
		return pos.StockKinds[i-1]
	}
	return ""
}

func (j *journal) load() {
	j.docs, j.whole = nil, false
	j.more()
}

func (j *journal) more() {
	a, kind, have := j.env.Actor, j.kind(), len(j.docs)
	j.asking = true
	task.RunLatest(j.env.Ctx, j.latest,
		func(ctx context.Context) ([]pos.StockDoc, error) {
			return j.env.Till.StockDocs(ctx, a, kind, have, pageSize)
		},
		func(page []pos.StockDoc, err error) {
			j.asking = false
			j.whole = err != nil || len(page) < pageSize
			j.docs = append(j.docs, page...)
			j.table.SetRows(len(j.docs))
			if have == 0 {
				j.table.Select(min(0, len(j.docs)-1))
			}
			j.tell(err)
		})
}

func (j *journal) tell(err error) {
	j.news.Set(j.env.Words.Error(err), widgets.Bad)
	j.dialog.Refresh()
	j.env.Shown("stock", "rows", strconv.Itoa(len(j.docs)), "kind", string(j.kind()), "error", errorID(err))
}

func (j *journal) cell(row, col int) widgets.Cell {
	d := &j.docs[row]
	switch col {
	case 0:
		return widgets.Cell{Text: title(j.env, d)}
	case 1:
		return widgets.Cell{Text: about(d)}
	case 2:
		if d.Posted() {
			return widgets.Cell{Text: j.env.Words.DateTime(d.PostedAt)}
		}
		return widgets.Cell{Text: j.env.Words.DateTime(d.CreatedAt), Style: widgets.Muted}
	}
	if !d.Posted() {
		return widgets.Cell{Text: j.env.T("stock.draft-chip", nil), Chip: true, Tone: widgets.Warn}
	}
	return widgets.Cell{}
}

func (j *journal) onOpen() {
	if i := j.table.Selected(); i >= 0 && i < len(j.docs) {
		openDoc(j.env, j.docs[i].ID, j.load)
	}
}

// begin makes a draft and opens it.
func (j *journal) begin(kind pos.StockKind) {
	a := j.env.Actor
	approval.Run(j.env,
		func(ctx context.Context) (*till.StockView, error) {
			return j.env.Till.NewStockDoc(ctx, a, pos.StockDoc{Kind: kind})
		},
		func(v *till.StockView, err error) {
			if err != nil {
				j.tell(err)
				return
			}
			openDoc(j.env, v.Doc.ID, j.load)
		})
}
