package prints

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the list.
const (
	actAgain    keys.ActionID = "prints.again"
	actWithdraw keys.ActionID = "prints.withdraw"
	actAll      keys.ActionID = "prints.all"
)

// DefineKeys names the actions of the list.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actAgain, Label: "key.prints.again", Key: "F5"},
		keys.Action{ID: actWithdraw, Label: "key.prints.withdraw", Key: "F8"},
		keys.Action{ID: actAll, Label: "key.prints.all", Key: "F3"})
}

// view is the list with the text of the chosen slip beside it.
type view struct {
	env    *ui.Env
	jobs   []pos.PrintJob
	all    bool // what came out is shown too
	busy   bool
	dialog *widgets.Dialog
	table  *widgets.Table
	paper  *widgets.Mono
	news   *widgets.Banner
	why    *widgets.Banner // why the chosen slip did not come out
	again  *widgets.Button
	drop   *widgets.Button
	show   *widgets.Button
}

// Open shows the list; closed is called when it has gone.
func Open(env *ui.Env, closed func()) {
	k, t := env.Kit, env.T
	DefineKeys(k.Keys)
	v := &view{env: env, paper: widgets.NewMono(""), news: widgets.NewBanner("", widgets.Warn), why: widgets.NewBanner("", widgets.Warn)}
	v.table = k.Table([]widgets.Column{
		{Title: t("prints.col.title", nil)},
		{Title: t("prints.col.state", nil), Width: 150},
	}, v.cell)
	v.table.Tall = func(int) bool { return true }
	v.table.Empty = t("prints.none", nil)
	v.table.OnSelected = func(int) { v.choose() }
	v.table.OnActivated = func(int) { v.onAgain() }
	v.again = k.ActionButton(t("prints.again", nil), widgets.Primary, actAgain)
	v.drop = k.ActionButton(t("prints.withdraw", nil), widgets.Secondary, actWithdraw)
	v.show = k.ActionButton(t("prints.all", nil), widgets.Secondary, actAll)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	for _, b := range []*widgets.Button{v.again, v.drop, v.show, back} {
		b.Height = widgets.Large
	}
	slip := widgets.NewPanel(container.NewVScroll(v.paper), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapSmall, theme.GapCards)
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "prints", Page: "prints", Title: t("prints.title", nil), Subtitle: t("prints.why", nil),
		Width: widgets.Wide, Height: 660, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.Columns(theme.GapInside,
			widgets.Grow(widgets.NewFlatCard(v.table)),
			k.Width(func(window float32) float32 { return min(440, window*0.46) }, widgets.VBox(theme.GapSmall, v.why, widgets.Grow(slip)))))),
		Footer: widgets.Footer(theme.GapCards, back, v.show, v.drop, v.again)})
	v.dialog.OnClosed = func() {
		env.Print.Refresh()
		if closed != nil {
			closed()
		}
	}
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.BindKey(keys.Enter, v.onAgain)
		s.Bind(actAgain, v.onAgain)
		s.Bind(actWithdraw, v.onWithdraw)
		s.Bind(actAll, v.onAll)
	})
	v.load()
}

func (v *view) load() {
	all := v.all
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) ([]pos.PrintJob, error) { return v.env.Till.Prints(ctx, !all, most) },
		func(jobs []pos.PrintJob, err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			v.take(jobs)
		})
}

func (v *view) take(jobs []pos.PrintJob) {
	kept := pos.PrintID("")
	if j := v.chosen(); j != nil {
		kept = j.ID
	}
	v.jobs = jobs
	v.table.SetRows(len(jobs))
	at := min(0, len(jobs)-1)
	for i := range jobs {
		if jobs[i].ID == kept {
			at = i
		}
	}
	v.table.Select(at)
	v.choose()
}

func (v *view) chosen() *pos.PrintJob {
	i := v.table.Selected()
	if i < 0 || i >= len(v.jobs) {
		return nil
	}
	return &v.jobs[i]
}

// choose shows the chosen slip and what can be done with it.
func (v *view) choose() {
	j := v.chosen()
	text, open, one := "", false, row{tone: widgets.Warn}
	if j != nil {
		text, open, one = strings.Join(j.Lines, "\n"), j.State.Open(), tell(v.env, j)
	}
	v.paper.SetText(text)
	v.why.Set(one.reason, one.tone)
	v.again.SetEnabled(open && !v.busy)
	v.drop.SetEnabled(open && !v.busy)
	id := "prints.all"
	if v.all {
		id = "prints.open-only"
	}
	v.show.SetLabel(v.env.T(id, nil))
	v.dialog.Refresh()
	v.tell("")
}

func (v *view) cell(i, col int) widgets.Cell {
	r := tell(v.env, &v.jobs[i])
	if col == 0 {
		return widgets.Cell{Text: r.title, Sub: r.at}
	}
	return widgets.Cell{Text: r.state, Chip: true, Tone: r.tone}
}

// onAgain prints the chosen slip because somebody asked.
func (v *view) onAgain() {
	j := v.chosen()
	if j == nil || !j.State.Open() || v.busy {
		return
	}
	if v.env.Print == nil {
		v.refuse(pos.E(pos.CodeUnavailable, "print.none", nil))
		return
	}
	v.busy = true
	v.news.Set(v.env.T("prints.printing", pos.Args{"Title": j.Title}), widgets.Info)
	v.choose()
	v.env.Print.Again(j.ID, func(done *pos.PrintJob, err error) {
		v.busy = false
		switch {
		case err != nil:
			v.refuse(err)
		case done.State.Open():
			v.news.Set(v.env.Words.Error(done.Problem()), widgets.Bad)
		default:
			v.news.Set(v.env.T("prints.printed", pos.Args{"Title": done.Title}), widgets.Good)
		}
		v.load()
	})
}

// onWithdraw takes the chosen slip off the list.
func (v *view) onWithdraw() {
	j := v.chosen()
	if j == nil || !j.State.Open() || v.busy {
		return
	}
	a, id, title := v.env.Actor, j.ID, j.Title
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (*pos.PrintJob, error) { return v.env.Till.WithdrawPrint(ctx, a, id) },
		func(_ *pos.PrintJob, err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			v.news.Set(v.env.T("prints.withdrawn", pos.Args{"Title": title}), widgets.Info)
			v.load()
		})
}

// onAll shows what came out too, or only what did not.
func (v *view) onAll() {
	v.all = !v.all
	v.load()
}

func (v *view) refuse(err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.dialog.Refresh()
	v.tell(string(pos.CodeOf(err)))
}

func (v *view) tell(fault string) {
	facts := []string{"found", strconv.Itoa(len(v.jobs)), "open", strconv.Itoa(count(v.jobs)), "error", fault}
	if j := v.chosen(); j != nil {
		facts = append(facts, "kind", string(j.Kind), "state", string(j.State), "doc", j.Doc)
	}
	v.env.Shown("prints", facts...)
}
