package ui

import (
	"context"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// ActPrint prints what is on the screen.
const ActPrint keys.ActionID = "paper.print"

// ActPDF saves what is on the screen as a PDF.
const ActPDF keys.ActionID = "paper.pdf"

// DefinePrintKey names the key that prints what is on the screen.
func DefinePrintKey(r *keys.Router) {
	r.Define(keys.Action{ID: ActPrint, Label: "key.print", Key: "Ctrl+P"},
		keys.Action{ID: ActPDF, Label: "key.pdf", Key: "Ctrl+E"})
}

// Paper is the window's way to the printer and the cash drawer. What it is asked
// for happens in the background: a printer that is dead holds nobody up, and
// what did not come out is told and stays on the list. It belongs to the
// window's goroutine. A nil Paper, as a shop without a printer, does nothing.
type Paper struct {
	env     *Env
	printer Printer
	open    int

	// Changed hears how many slips did not come out, when that may have changed.
	Changed func(open int)
}

// NewPaper puts a printer behind a window.
func NewPaper(env *Env, p Printer) *Paper { return &Paper{env: env, printer: p} }

// Ready reports whether a printer is set.
func (p *Paper) Ready() bool { return p != nil && p.printer.Ready() }

// Settings are those of the printer; a shop without one prints nothing by
// itself.
func (p *Paper) Settings() pos.PaperSettings {
	if !p.Ready() {
		return pos.PaperSettings{Receipt: pos.PrintNever}
	}
	return p.env.Till.Settings().Paper
}

// Printer is what prints; nil without a window to tell of it.
func (p *Paper) Printer() Printer {
	if p == nil {
		return nil
	}
	return p.printer
}

// Width is how many columns a slip has.
func (p *Paper) Width() int { return p.env.Till.Settings().Width }

// Words speak the language of receipts. They may be used in the background.
func (p *Paper) Words() *words.Words {
	set := p.env.Till.Settings()
	return p.env.WordsFor(set.ReceiptLanguage, &set)
}

// Text prints lines under the usual name of their kind. doc is the id of the
// document they tell of, "" for none.
func (p *Paper) Text(kind pos.PrintKind, doc string, lines []string) {
	p.Slip(pos.PrintJob{Kind: kind, Doc: doc, Lines: lines})
}

// Slip prints a job. Without a title it has the usual one of its kind, without
// copies one.
func (p *Paper) Slip(j pos.PrintJob) {
	p.Make(j.Kind, func(context.Context) (pos.PrintJob, error) { return j, nil }, nil)
}

// Make prints what is yet to be put together, in the background. told, which may be
// nil, hears how it ended.
func (p *Paper) Make(kind pos.PrintKind, make func(context.Context) (pos.PrintJob, error), told func(*pos.PrintJob, error)) {
	if !p.Ready() {
		p.missing()
		return
	}
	a, title := p.env.Actor, p.env.T("print.kind."+string(kind), nil)
	task.Run(p.env.Ctx, p.env.Runner, func(ctx context.Context) (*pos.PrintJob, error) {
		j, err := make(ctx)
		if err != nil {
			return nil, err
		}
		j.Kind, j.Copies = kind, max(j.Copies, 1)
		if j.Title == "" {
			j.Title = title
		}
		return p.printer.Print(ctx, a, j)
	}, func(j *pos.PrintJob, err error) {
		p.onPrinted(j, err)
		if told != nil {
			told(j, err)
		}
	})
}

// Labels prints a job of price labels on the label printer. done hears whether they
// came out.
func (p *Paper) Labels(j pos.PrintJob, done func(ok bool)) {
	a := p.env.Actor
	if j.Title == "" {
		j.Title = p.env.T("print.kind."+string(j.Kind), nil)
	}
	task.Run(p.env.Ctx, p.env.Runner,
		func(ctx context.Context) (*pos.PrintJob, error) { return p.printer.Print(ctx, a, j) },
		func(j *pos.PrintJob, err error) {
			p.onPrinted(j, err)
			done(err == nil && !j.State.Open())
		})
}

// LabelsReady reports whether a label printer is set.
func (p *Paper) LabelsReady() bool { return p != nil && p.printer.LabelsReady() }

// Again prints a job from the list once more.
func (p *Paper) Again(id pos.PrintID, done func(*pos.PrintJob, error)) {
	a := p.env.Actor
	task.Run(p.env.Ctx, p.env.Runner,
		func(ctx context.Context) (*pos.PrintJob, error) { return p.printer.Again(ctx, a, id) },
		func(j *pos.PrintJob, err error) {
			p.onPrinted(j, err)
			done(j, err)
		})
}

// missing says what to do where a print was asked for and no printer is set.
func (p *Paper) missing() {
	if p == nil {
		return
	}
	p.env.Kit.Toast(p.env.Words.Error(pos.E(pos.CodeUnavailable, "print.none", nil)), widgets.Warn)
	p.env.Shown("printed", "state", "none")
}

func (p *Paper) onPrinted(j *pos.PrintJob, err error) {
	switch {
	case err != nil:
		p.env.Kit.Toast(p.env.Words.Error(err), widgets.Bad)
		p.env.Shown("printed", "error", string(pos.CodeOf(err)))
	default:
		if j.State.Open() {
			p.env.Kit.Toast(p.env.T("print.toast."+string(j.State), pos.Args{"Title": j.Title, "Reason": j.Problem()}), widgets.Bad)
		}
		p.env.Shown("printed", "kind", string(j.Kind), "doc", j.Doc, "state", string(j.State), "cause", j.Cause)
	}
	p.Refresh()
}

// Drawer opens the cash drawer after cash moved. A drawer that stays shut is
// told; the sale stands all the same.
func (p *Paper) Drawer() {
	if set := p.Settings(); !set.HasDrawer() {
		return
	}
	task.Run(p.env.Ctx, p.env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, p.printer.OpenDrawer(ctx) },
		p.onDrawer)
}

// OpenDrawer opens the drawer by hand, which is recorded first.
func (p *Paper) OpenDrawer() {
	if p == nil {
		return
	}
	a, set := p.env.Actor, p.Settings()
	task.Run(p.env.Ctx, p.env.Runner, func(ctx context.Context) (struct{}, error) {
		if !set.HasDrawer() {
			return struct{}{}, pos.E(pos.CodeUnavailable, "print.no-drawer", nil)
		}
		if err := p.env.Till.NoteDrawer(ctx, a); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, p.printer.OpenDrawer(ctx)
	}, p.onDrawer)
}

func (p *Paper) onDrawer(_ struct{}, err error) {
	if err != nil {
		p.env.Kit.Toast(p.env.T("print.drawer-shut", pos.Args{"Reason": err}), widgets.Warn)
	}
	p.env.Shown("drawer", "error", string(pos.CodeOf(err)))
}

// Refresh asks anew how many slips did not come out.
func (p *Paper) Refresh() {
	if p == nil {
		return
	}
	task.Run(p.env.Ctx, p.env.Runner, p.env.Till.OpenPrints, func(n int, err error) {
		if err != nil {
			return // a mark only; the next slip asks again
		}
		p.open = n
		if p.Changed != nil {
			p.Changed(n)
		}
	})
}

// Open is how many slips did not come out, as last known.
func (p *Paper) Open() int {
	if p == nil {
		return 0
	}
	return p.open
}
