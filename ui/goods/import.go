package goods

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"kassa/pos"
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
		keys.Action{ID: actWithout, Label: "key.goods.import.without", Key: "Ctrl+Enter", Place: "goods.files"},
	)
}

// importing is the dialog that brings a file in: it shows how the file was
// understood, tries it, names every bad row, and stores it.
type importing struct {
	env  *ui.Env
	plan plan
	show showing

	known   bool               // the plan is of the file named now
	tried   *till.ImportReport // of the last run as things are set now
	done    bool               // the file is stored
	columns bool               // the columns are shown rather than the bad rows
	cancel  context.CancelFunc // ends the run in progress; nil when none is
	ending  bool               // it was told to end and has not yet
	stop    func()             // of the timer that shows the progress
	began   time.Time
	dry     bool
	rows    atomic.Int64 // of the run in progress
	stored  atomic.Int64
	read    atomic.Int64
	size    atomic.Int64
}

// Import brings a file of products or customers in. closed is called when the
// window has gone.
func Import(env *ui.Env, kind Kind, closed func()) {
	DefineKeys(env.Kit.Keys)
	x := &importing{env: env, plan: plan{kind: kind}, columns: true}
	x.build(closed)
	x.refresh()
}

// fresh forgets what was found about another file.
func (x *importing) fresh() {
	x.known, x.columns = false, true
	x.plan = plan{kind: x.plan.kind, existing: x.plan.existing, skipNew: x.plan.skipNew, archive: x.plan.archive}
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

// onAct looks at the file, stores it, or leaves: whatever the blue button says.
func (x *importing) onAct() {
	switch {
	case x.cancel != nil:
	case x.done:
		x.show.dialog.Close()
	default:
		x.run(!x.ready(), false)
	}
}

// onWithout stores the good rows and puts the bad ones into a file beside.
func (x *importing) onWithout() {
	if x.cancel == nil && x.partly() {
		x.run(false, true)
	}
}

// result is what a run came to.
type result struct {
	plan   plan
	report *till.ImportReport
	file   string // of the rows left out
}

// run tries the file or stores it in the background; Esc ends it after the
// batch in progress.
func (x *importing) run(dry, skipBad bool) {
	ctx, cancel := context.WithCancel(x.env.Ctx)
	x.cancel, x.dry = cancel, dry
	for _, n := range []*atomic.Int64{&x.rows, &x.stored, &x.read, &x.size} {
		n.Store(0)
	}
	x.began = x.env.Kit.Timers.Now()
	x.stop = x.env.Kit.Timers.Every(200*time.Millisecond, x.onProgress)
	x.onProgress(x.began)
	x.refresh()
	p, known, a := x.plan, x.known, x.env.Actor
	p.path = x.show.path.Text()
	task.Run(ctx, x.env.Runner, func(ctx context.Context) (r result, err error) {
		if r.plan = p; !known {
			if r.plan, err = look(ctx, x.env, a, p); err != nil {
				return r, err
			}
		}
		r.report, r.file, err = x.bring(ctx, a, r.plan, dry, skipBad)
		return r, err
	}, func(r result, err error) {
		stopped := ctx.Err() != nil
		x.halt()
		if len(r.plan.sample) > 0 {
			x.known, x.plan = true, r.plan
		}
		x.onRun(r, err, stopped)
	})
}

func (x *importing) bring(ctx context.Context, a pos.Actor, p plan, dry, skipBad bool) (*till.ImportReport, string, error) {
	im := p.bring(x.env)
	im.DryRun, im.SkipBad = dry, skipBad || !dry // what is stored was tried before
	im.Progress = func(r till.ImportReport) {
		x.rows.Store(r.Total)
		x.stored.Store(r.Stored())
		x.read.Store(r.Done)
		x.size.Store(r.Size)
	}
	if dry {
		r, err := x.env.Till.Import(ctx, a, im)
		return r, "", err
	}
	left := x.env.Tables.Refused(expandHome(p.path), x.env.T("import.refused.line", nil), x.env.T("import.refused.reason", nil))
	im.Refused = func(r till.RefusedRow) error {
		list := make([]string, len(r.Bad))
		for i, b := range r.Bad {
			list[i] = x.env.T(b.ID, b.Args)
		}
		return left.Add(r.Header, r.Cells, r.Line, strings.Join(list, " "))
	}
	r, err := x.env.Till.Import(ctx, a, im)
	file, leftErr := left.Close()
	if err == nil {
		err = leftErr
	}
	return r, file, err
}

func (x *importing) onProgress(now time.Time) {
	if x.ending {
		return
	}
	rows, share, speed := x.rows.Load(), float32(0), int64(0)
	if size := x.size.Load(); size > 0 {
		share = float32(x.read.Load()) / float32(size)
	}
	if ms := now.Sub(x.began).Milliseconds(); ms > 0 {
		speed = rows * 1000 / ms
	}
	id := "goods.import.storing"
	if x.dry {
		id = "goods.import.busy"
	}
	x.show.progress.Set(share)
	x.show.news.Set(x.env.T(id, pos.Args{"Rows": rows, "Speed": speed}), widgets.Info)
	x.show.dialog.Refresh()
}

// onRun tells what a run came to.
func (x *importing) onRun(r result, err error, stopped bool) {
	n := x.show.news
	rep := r.report
	if rep != nil && (err == nil || !rep.DryRun) {
		x.tried = rep
	}
	switch {
	case stopped && (rep == nil || rep.DryRun || rep.Stored() == 0):
		x.tried = nil
		n.Set(x.env.T("goods.import.stopped", nil), widgets.Info)
	case stopped && !rep.Applied:
		x.tried = nil
		n.Set(x.env.T("goods.import.stopped-part", pos.Args{"Count": rep.Stored()}), widgets.Warn)
	case err != nil && rep != nil && rep.Stored() > 0:
		n.Set(x.env.Words.Error(err)+" "+x.env.T("goods.import.stopped-part", pos.Args{"Count": rep.Stored()}), widgets.Bad)
		x.tried = nil
	case err != nil:
		x.tried = nil
		n.Set(x.env.Words.Error(err), widgets.Bad)
	case rep.Applied:
		x.onStored(rep, r.file)
	case rep.BadCount > 0:
		x.columns = false
		id := "goods.import.refused"
		if x.partly() {
			id = "goods.import.partly"
		}
		n.Set(x.env.T(id, pos.Args{"Count": rep.BadCount}), widgets.Bad)
	case rep.Stored()+rep.Archived == 0:
		n.Set(x.env.T("goods.import.nothing", nil), widgets.Info)
	case len(rep.Ignored) > 0:
		n.Set(x.env.T("goods.import.fine", nil)+" "+x.env.T("goods.import.ignored", pos.Args{"Columns": rep.Ignored}), widgets.Warn)
	default:
		n.Set(x.env.T("goods.import.fine", nil), widgets.Good)
	}
	x.refresh()
}

func (x *importing) onStored(r *till.ImportReport, file string) {
	x.done, x.columns = true, r.BadCount == 0
	text, tone := x.env.T("goods.import.stored", pos.Args{"File": x.plan.name()}), widgets.Good
	if r.RefusedRows > 0 {
		text, tone = x.env.T("goods.import.left", pos.Args{"Count": r.RefusedRows, "File": file}), widgets.Warn
	}
	if !x.show.dialog.Shown() {
		x.env.Kit.Toast(text, tone)
	}
	x.show.news.Set(text, tone)
}

// set changes how the file is read: what was tried is tried again.
func (x *importing) set(change func(p *plan)) {
	if x.cancel != nil || !x.known {
		return
	}
	change(&x.plan)
	x.untried()
	x.columns = true
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
	x.columns = true
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
		"columns", strings.Join(cols, ","), "remembered", strconv.FormatBool(x.plan.remembered)}
	if r := x.tried; r != nil {
		facts = append(facts, "new", strconv.FormatInt(r.New, 10), "updated", strconv.FormatInt(r.Updated, 10),
			"same", strconv.FormatInt(r.Unchanged, 10), "bad", strconv.FormatInt(r.BadCount, 10))
	}
	x.env.Shown("goods.import", facts...)
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
