package goods

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// Kind is what a file brings in.
type Kind = imports.Kind

// The kinds.
const (
	KindProducts  = imports.KindProducts
	KindCustomers = imports.KindCustomers
)

// The actions of the window.
const (
	actBrowse   keys.ActionID = "goods.browse"
	actCharset  keys.ActionID = "goods.import.charset"
	actComma    keys.ActionID = "goods.import.comma"
	actHeader   keys.ActionID = "goods.import.header"
	actDecimal  keys.ActionID = "goods.import.decimal"
	actExisting keys.ActionID = "goods.import.existing"
	actNew      keys.ActionID = "goods.import.new"
	actMissing  keys.ActionID = "goods.import.missing-goods"
	actTurn     keys.ActionID = "goods.import.turn"
	actWithout  keys.ActionID = "goods.import.without"
	actPreset   keys.ActionID = "goods.import.preset"
	actRow      keys.ActionID = "goods.import.row"
	actDates    keys.ActionID = "goods.import.dates"
)

func defineImportKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actCharset, Label: "key.goods.import.charset", Key: "F3", Place: "goods.files"},
		keys.Action{ID: actComma, Label: "key.goods.import.comma", Key: "F4", Place: "goods.files"},
		keys.Action{ID: actHeader, Label: "key.goods.import.header", Key: "F5", Place: "goods.files"},
		keys.Action{ID: actDecimal, Label: "key.goods.import.decimal", Key: "F6", Place: "goods.files"},
		keys.Action{ID: actExisting, Label: "key.goods.import.existing", Key: "F7", Place: "goods.files"},
		keys.Action{ID: actNew, Label: "key.goods.import.new", Key: "F8", Place: "goods.files"},
		keys.Action{ID: actMissing, Label: "key.goods.import.missing-goods", Key: "F9", Place: "goods.files"},
		keys.Action{ID: actTurn, Label: "key.goods.import.turn", Key: "F11", Place: "goods.files"},
		keys.Action{ID: actPreset, Label: "key.goods.import.preset", Key: "Shift+F3", Place: "goods.files"},
		keys.Action{ID: actRow, Label: "key.goods.import.row", Key: "Shift+F5", Place: "goods.files"},
		keys.Action{ID: actDates, Label: "key.goods.import.dates", Key: "Shift+F6", Place: "goods.files"},
		keys.Action{ID: actWithout, Label: "key.goods.import.without", Key: "Ctrl+Enter", Place: "goods.files"},
	)
}

// importing is the dialog that brings a file in: it shows how the file was
// understood, tries it, names every bad row, and stores it.
type importing struct {
	env  *ui.Env
	plan plan
	show showing

	known  bool               // the plan is of the file named now
	tried  *till.ImportReport // of the last run as things are set now
	done   bool               // the file is stored
	list   listed             // what the table shows
	cancel context.CancelFunc // ends the run in progress; nil when none is
	ending bool               // it was told to end and has not yet
	stop   func()             // of the timer that shows the progress
	began  time.Time
	dry    bool
	rows   atomic.Int64 // of the run in progress
	stored atomic.Int64
	read   atomic.Int64
	size   atomic.Int64
}

// Import brings a file of products or customers in. closed is called when the
// window has gone.
func Import(env *ui.Env, kind Kind, closed func()) {
	DefineKeys(env.Kit.Keys)
	x := &importing{env: env, plan: plan{kind: kind}}
	x.build(closed)
	x.refresh()
}

// fresh forgets what was found about another file.
func (x *importing) fresh() {
	x.known, x.list = false, listColumns
	x.plan = plan{kind: x.plan.kind, preset: x.plan.preset, existing: x.plan.existing, skipNew: x.plan.skipNew, archive: x.plan.archive}
	x.untried()
}

// untried forgets what a run found: something it stood on has changed.
func (x *importing) untried() {
	x.tried, x.done = nil, false
	x.show.news.Set("", widgets.Neutral)
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

// onBack stops a run, or leaves. What was stored is known only when the run has
// ended; who does not want to wait for that leaves with a second Esc.
func (x *importing) onBack() {
	if x.cancel == nil || x.ending {
		x.show.dialog.Close()
		return
	}
	x.cancel()
	x.ending = true
	x.show.news.Set(x.env.T("goods.import.stopping", nil), widgets.Info)
	x.refresh()
}

// ready tells that the try found nothing wrong and something to store.
func (x *importing) ready() bool {
	return x.tried != nil && !x.done && x.tried.BadCount == 0 && x.tried.Stored()+x.tried.Archived > 0
}

// partly tells that the try found bad rows beside good ones.
func (x *importing) partly() bool {
	return x.tried != nil && !x.done && x.tried.DryRun && x.tried.BadCount > 0 && x.tried.Stored() > 0
}

// onAct looks at the file, agrees to how it is read, stores it, or leaves:
// whatever the blue button says.
func (x *importing) onAct() {
	switch {
	case x.cancel != nil:
	case x.done:
		x.show.dialog.Close()
	default:
		if x.known {
			x.plan.doubts = nil // whoever goes on has looked and agrees
		}
		x.run(!x.ready(), false)
	}
}

// onWithout stores the good rows and puts the bad ones into a file beside.
func (x *importing) onWithout() {
	if x.cancel == nil && x.partly() {
		x.run(false, true)
	}
}

// set changes how the file is read: what was tried is tried again.
func (x *importing) set(change func(p *plan)) {
	if x.cancel != nil || !x.known {
		return
	}
	change(&x.plan)
	x.untried()
	x.list = listColumns
	x.refresh()
}

// reread changes how the file's bytes are understood, and shows its rows so.
func (x *importing) reread(change func(p *plan)) {
	if x.cancel != nil || !x.known {
		return
	}
	p, a := x.plan, x.env.Actor
	change(&p)
	x.untried()
	x.list = listColumns
	task.Run(x.env.Ctx, x.env.Runner, func(ctx context.Context) (plan, error) { return look(ctx, x.env, a, p) },
		func(p plan, err error) {
			if len(p.sample) > 0 {
				x.plan = p
			} else {
				x.plan.asked = p.asked
			}
			if x.show.news.Set("", widgets.Neutral); err != nil {
				x.show.news.Set(x.env.Words.Error(err), widgets.Bad)
			}
			x.refresh()
		})
}

func (x *importing) tell() {
	if !x.show.dialog.Shown() {
		return
	}
	cols := make([]string, len(x.plan.mapping.Columns))
	for i, c := range x.plan.mapping.Columns {
		cols[i] = string(c)
	}
	f := x.plan.found
	facts := []string{"kind", string(x.plan.kind), "busy", strconv.FormatBool(x.cancel != nil), "done", strconv.FormatBool(x.done),
		"charset", f.Charset, "comma", string(f.Comma), "sheet", f.Sheet, "header", strconv.FormatBool(x.plan.mapping.Header),
		"columns", strings.Join(cols, ","), "remembered", strconv.FormatBool(x.plan.remembered), "row", strconv.Itoa(x.plan.mapping.Row),
		"preset", string(x.plan.preset), "doubts", x.doubtful()}
	if r := x.tried; r != nil {
		facts = append(facts, "new", strconv.FormatInt(r.New, 10), "updated", strconv.FormatInt(r.Updated, 10),
			"same", strconv.FormatInt(r.Unchanged, 10), "bad", strconv.FormatInt(r.BadCount, 10), "notes", strconv.FormatInt(r.NoteCount, 10))
	}
	x.env.Shown("goods.import", facts...)
}

// doubtful are the settings that are asked about.
func (x *importing) doubtful() string {
	list := make([]string, len(x.plan.doubts))
	for i, d := range x.plan.doubts {
		list[i] = string(d.About)
	}
	return strings.Join(list, ",")
}

// onBrowse chooses a file instead of typing its name.
func (x *importing) onBrowse() {
	if x.cancel != nil {
		return
	}
	choose(x.env, x.show.path.Text(), importable, x.env.T("goods.browse.empty", nil), func(path string) {
		x.show.path.SetText(path)
		x.fresh()
		x.refresh()
		x.onAct()
	})
}
