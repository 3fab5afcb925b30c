package goods

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// This file tries a list, stores it, and tells what that came to.

// result is what a run came to.
type result struct {
	plan   plan
	report *till.ImportReport
	file   string // of the rows left out
	notes  string // of the rows that came in otherwise than they stand
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
		if len(r.plan.doubts) > 0 { // it is asked first
			return r, nil
		}
		err = x.bring(ctx, a, &r, dry, skipBad)
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

func (x *importing) bring(ctx context.Context, a pos.Actor, r *result, dry, skipBad bool) (err error) {
	p := &r.plan
	im := p.bring(x.env)
	im.DryRun, im.SkipBad = dry, skipBad || !dry // what is stored was tried before
	im.Progress = func(r till.ImportReport) {
		x.rows.Store(r.Total)
		x.stored.Store(r.Stored())
		x.read.Store(r.Done)
		x.size.Store(r.Size)
	}
	if dry {
		r.report, err = x.env.Till.Import(ctx, a, im)
		return err
	}
	line := x.env.T("import.refused.line", nil)
	left := x.env.Tables.Refused(expandHome(p.path), line, x.env.T("import.refused.reason", nil))
	noted := x.env.Tables.Noted(expandHome(p.path), line, x.env.T("import.refused.note", nil))
	im.Refused = func(r till.RefusedRow) error { return left.Add(r.Header, r.Cells, r.Line, x.reasons(r.Bad)) }
	var unwritten error // of the notes, which the screen tells all the same
	im.Noted = func(r till.RefusedRow) error {
		if unwritten == nil {
			unwritten = noted.Add(r.Header, r.Cells, r.Line, x.reasons(r.Bad))
		}
		return nil
	}
	r.report, err = x.env.Till.Import(ctx, a, im)
	var leftErr, notedErr error
	r.file, leftErr = left.Close()
	if r.notes, notedErr = noted.Close(); unwritten != nil || notedErr != nil {
		r.notes = ""
	}
	if err == nil {
		err = leftErr
	}
	return err
}

// reasons are what there is to say of one row, each with its column.
func (x *importing) reasons(rows []till.BadRow) string {
	list := make([]string, len(rows))
	for i, b := range rows {
		if list[i] = x.env.T(b.ID, b.Args); x.columnOf(b) != "" {
			list[i] = x.columnOf(b) + ": " + list[i]
		}
	}
	return strings.Join(list, " ")
}

// columnOf is what the file calls a column, or else the screen.
func (x *importing) columnOf(b till.BadRow) string {
	if b.Column == "" && b.Field != "" {
		return x.env.T("goods.import.field."+string(x.plan.kind)+"."+string(b.Field), nil)
	}
	return b.Column
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
	case rep == nil && err == nil && !stopped:
		x.tried, x.list = nil, listColumns // refresh asks
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
		x.onStored(rep, r)
	case rep.BadCount > 0:
		x.list = listBad
		id := "goods.import.refused"
		if x.partly() {
			id = "goods.import.partly"
		}
		n.Set(x.env.T(id, pos.Args{"Count": rep.BadCount}), widgets.Bad)
	case rep.Stored()+rep.Archived == 0:
		n.Set(x.env.T("goods.import.nothing", nil), widgets.Info)
	default:
		x.onFine(rep)
	}
	x.refresh()
}

// ignoredShown is how many columns without a meaning are named.
const ignoredShown = 5

// onFine tells of a list without errors what is passed over of it.
func (x *importing) onFine(r *till.ImportReport) {
	text, tone := x.env.T("goods.import.fine", nil), widgets.Good
	if names := r.Ignored; len(names) > 0 {
		if len(names) > ignoredShown {
			names = append(slices.Clone(names[:ignoredShown]), "…")
		}
		text, tone = text+" "+x.env.T("goods.import.ignored", pos.Args{"Columns": names}), widgets.Warn
	}
	if x.list = listColumns; r.NoteCount > 0 {
		x.list, tone = listNotes, widgets.Warn
	}
	x.show.news.Set(text, tone)
}

func (x *importing) onStored(r *till.ImportReport, came result) {
	x.done = true
	switch x.list = listColumns; {
	case r.BadCount > 0:
		x.list = listBad
	case r.NoteCount > 0:
		x.list = listNotes
	}
	text, tone := x.env.T("goods.import.stored", pos.Args{"File": x.plan.name()}), widgets.Good
	if r.RefusedRows > 0 {
		text, tone = x.env.T("goods.import.left", pos.Args{"Count": r.RefusedRows, "File": came.file}), widgets.Warn
	}
	if came.notes != "" {
		text += " " + x.env.T("goods.import.notes-file", pos.Args{"File": came.notes})
	}
	if !x.show.dialog.Shown() {
		x.env.Kit.Toast(text, tone)
	}
	x.show.news.Set(text, tone)
}
