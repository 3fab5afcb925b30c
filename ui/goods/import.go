package goods

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Kind is what a file brings in.
type Kind string

// The kinds.
const (
	KindProducts  Kind = "products"
	KindCustomers Kind = "customers"
)

func (k Kind) bring() func(*till.Till, context.Context, pos.Actor, io.Reader, bool) (*till.ImportReport, error) {
	if k == KindCustomers {
		return (*till.Till).ImportCustomers
	}
	return (*till.Till).ImportProducts
}

const (
	actBrowse keys.ActionID = "goods.browse"
)

// importing is the dialog that brings a file in: a dry run first, which names
// every bad row; only a file without one is stored.
type importing struct {
	env    *ui.Env
	kind   Kind
	path   *widgets.Entry
	news   *widgets.Banner
	counts *widgets.Text
	bad    *widgets.Table
	act    *widgets.Button
	dialog *widgets.Dialog

	tried  *till.ImportReport // of the dry run of the file named now
	done   bool               // the file is stored
	cancel context.CancelFunc // ends the run in progress; nil when none is
	ending bool               // it was told to end and has not yet
	read   atomic.Int64       // bytes of the file read so far
	size   atomic.Int64
	stop   func() // of the timer that shows the progress
}

// Import brings a file of products or customers in. closed is called when the
// window has gone.
func Import(env *ui.Env, kind Kind, closed func()) {
	k, t := env.Kit, env.T
	DefineKeys(k.Keys)
	x := &importing{env: env, kind: kind, news: widgets.NewBanner("", widgets.Bad), counts: widgets.NewText("", widgets.Strong)}
	x.path = k.Entry(widgets.TextEntry, t("goods.import.path", nil))
	x.path.OnChanged = func(string) { x.fresh(); x.refresh() }
	x.path.OnSubmitted = func(string) { x.onAct() }
	x.bad = k.Table([]widgets.Column{
		{Title: t("goods.import.line", nil), Width: 90, Align: fyne.TextAlignTrailing, Style: widgets.Muted},
		{Title: t("goods.import.column", nil), Width: 180, From: 560, Style: widgets.Muted},
		{Title: t("goods.import.reason", nil)},
	}, x.badCell)
	x.bad.Empty = t("goods.import.none-bad", nil)
	x.act = k.KeyButton("", widgets.Primary, keys.Enter, x.onAct)
	x.act.Height = widgets.Large
	back := k.KeyButton(t("goods.back", nil), widgets.Secondary, keys.Esc, x.onBack)
	back.Height = widgets.Large
	browse := k.ActionButton(t("goods.browse", nil), widgets.Secondary, actBrowse)
	x.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.import", Title: t("goods.import."+string(kind)+".title", nil),
		Width: 900, Height: 640, Fills: true, OnEsc: x.onBack,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewText(t("goods.import.file", nil), widgets.SmallMuted),
			widgets.HBox(theme.GapSmall, widgets.Grow(x.path), browse),
			widgets.NewParagraph(t("goods.import."+string(kind)+".hint", nil), widgets.SmallMuted),
			x.news, x.counts, widgets.Grow(widgets.NewFlatCard(x.bad))),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(x.act))})
	x.dialog.OnClosed = func() { x.halt(); closed() }
	x.dialog.Show(x.path.Focusable(), func(s *keys.Scope) {
		s.Bind(actBrowse, x.onBrowse)
		s.BindKey(keys.Enter, x.onAct)
	})
	x.refresh()
}

// fresh forgets what was found about another file.
func (x *importing) fresh() {
	x.tried, x.done = nil, false
	x.news.Set("", widgets.Neutral)
}

// halt ends the run in progress.
func (x *importing) halt() {
	if x.cancel != nil {
		x.cancel()
		x.cancel = nil
	}
	if x.stop != nil {
		x.stop()
		x.stop = nil
	}
	x.ending = false
}

// onBack stops a run, or leaves. Whether anything was stored is known only when
// the run has ended; who does not want to wait for that leaves with a second Esc.
func (x *importing) onBack() {
	if x.cancel == nil || x.ending {
		x.dialog.Close()
		return
	}
	x.cancel()
	x.ending = true
	x.news.Set(x.env.T("goods.import.stopping", nil), widgets.Info)
	x.refresh()
}

func (x *importing) refresh() {
	rows := 0
	if x.tried != nil {
		rows = len(x.tried.Bad)
	}
	x.bad.SetRows(rows)
	counts := ""
	if r := x.tried; r != nil {
		counts = x.env.T("goods.import.counts", pos.Args{"New": r.New, "Updated": r.Updated, "Same": r.Unchanged, "Bad": r.BadCount})
	}
	x.counts.SetText(counts)
	x.counts.Hidden = counts == ""
	x.act.SetLabel(x.actLabel())
	x.act.SetEnabled(x.cancel == nil)
	x.dialog.Refresh()
	x.tell()
}

func (x *importing) actLabel() string {
	switch {
	case x.done:
		return x.env.T("goods.done", nil)
	case x.ready():
		return x.env.T("goods.import.do", pos.Args{"Count": x.tried.New + x.tried.Updated})
	case x.tried != nil:
		return x.env.T("goods.import.again", nil)
	}
	return x.env.T("goods.import.try", nil)
}

// ready tells that the dry run found nothing wrong and something to store.
func (x *importing) ready() bool {
	return x.tried != nil && !x.done && x.tried.BadCount == 0 && x.tried.New+x.tried.Updated > 0
}

func (x *importing) tell() {
	if !x.dialog.Shown() {
		return
	}
	facts := []string{"kind", string(x.kind), "busy", strconv.FormatBool(x.cancel != nil), "done", strconv.FormatBool(x.done)}
	if r := x.tried; r != nil {
		facts = append(facts, "new", strconv.FormatInt(r.New, 10), "updated", strconv.FormatInt(r.Updated, 10),
			"bad", strconv.FormatInt(r.BadCount, 10))
	}
	x.env.Shown("goods.import", facts...)
}

func (x *importing) badCell(row, col int) widgets.Cell {
	b := &x.tried.Bad[row]
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.Itoa(b.Line)}
	case 1:
		return widgets.Cell{Text: b.Column}
	}
	return widgets.Cell{Text: x.env.T(b.ID, b.Args)}
}

// onAct looks at the file, stores it, or leaves: whatever the blue button says.
func (x *importing) onAct() {
	switch {
	case x.cancel != nil:
	case x.done:
		x.dialog.Close()
	default:
		x.run(!x.ready())
	}
}

// run reads the file in the background; Esc ends it and nothing is stored.
func (x *importing) run(dry bool) {
	ctx, cancel := context.WithCancel(x.env.Ctx)
	x.cancel = cancel
	x.read.Store(0)
	x.size.Store(0)
	x.stop = x.env.Kit.Timers.Every(200*time.Millisecond, x.onProgress)
	x.onProgress(time.Time{})
	x.refresh()
	path, a, kind, t := x.path.Text(), x.env.Actor, x.kind, x.env.Till
	task.Run(ctx, x.env.Runner, func(ctx context.Context) (*till.ImportReport, error) {
		f, size, err := openList(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		x.size.Store(size)
		return kind.bring()(t, ctx, a, counting{f, &x.read}, dry)
	}, func(r *till.ImportReport, err error) {
		stopped := ctx.Err() != nil
		x.halt()
		switch {
		case stopped && (r == nil || !r.Applied):
			x.news.Set(x.env.T("goods.import.stopped", nil), widgets.Info)
			x.refresh()
		default: // it may have been stored just before it was told to stop
			x.onRead(r, err)
		}
	})
}

func (x *importing) onProgress(time.Time) {
	if x.ending {
		return
	}
	share := int64(0)
	if size := x.size.Load(); size > 0 {
		share = min(x.read.Load()*100/size, 100)
	}
	x.news.Set(x.env.T("goods.import.busy", pos.Args{"Share": share}), widgets.Info)
	x.dialog.Refresh()
}

func (x *importing) onRead(r *till.ImportReport, err error) {
	x.tried = r
	switch {
	case r == nil:
		x.news.Set(x.env.Words.Error(err), widgets.Bad)
	case r.BadCount > 0:
		x.news.Set(x.env.T("goods.import.refused", pos.Args{"Count": r.BadCount}), widgets.Bad)
	case r.Applied:
		x.done = true
		if !x.dialog.Shown() {
			x.env.Kit.Toast(x.env.T("goods.import.stored", pos.Args{"File": filepath.Base(x.path.Text())}), widgets.Good)
		}
		x.news.Set(x.env.T("goods.import.stored", pos.Args{"File": filepath.Base(x.path.Text())}), widgets.Good)
	case r.New+r.Updated == 0:
		x.news.Set(x.env.T("goods.import.nothing", nil), widgets.Info)
	default:
		x.news.Set(x.env.T("goods.import.fine", nil), widgets.Good)
	}
	if r != nil && len(r.Ignored) > 0 && r.BadCount == 0 && !r.Applied {
		x.news.Set(x.news.Text()+" "+x.env.T("goods.import.ignored", pos.Args{"Columns": r.Ignored}), widgets.Warn)
	}
	x.refresh()
}

// onBrowse chooses a file instead of typing its name.
func (x *importing) onBrowse() {
	if x.cancel != nil {
		return
	}
	choose(x.env, x.path.Text(), func(path string) {
		x.path.SetText(path)
		x.fresh()
		x.refresh()
		x.onAct()
	})
}
