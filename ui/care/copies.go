package care

import (
	"context"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Keeper looks after the shop's data. Its errors are *pos.Error.
type Keeper interface {
	// Copies tells what lies in the folders of copies.
	Copies(ctx context.Context, a pos.Actor) ([]pos.CopyFolder, error)
	// MakeCopies makes a checked copy in each folder of the settings.
	MakeCopies(ctx context.Context, a pos.Actor) ([]pos.CopyResult, error)
	// Plan opens and checks a copy beside the data; key opens a sealed one. The
	// copy stays at hand until it is placed or another is looked at.
	Plan(ctx context.Context, a pos.Actor, file string, key hidden.Text) (*till.RestorePlan, error)
	// Place makes the copy looked at last the shop's next data and returns where
	// the data of now will lie. Nothing may be sold before the till begins anew.
	Place(ctx context.Context, a pos.Actor) (aside string, err error)
	// Drop forgets the copy looked at.
	Drop()
	// Restart ends the program and begins it anew.
	Restart()
}

// The actions of the window of copies.
const (
	actMake    keys.ActionID = "copies.make"
	actRestore keys.ActionID = "copies.restore"
	actPlace   keys.ActionID = "copies.place"
)

// DefineKeys names the actions of these windows.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actMake, Label: "key.copies.make", Key: "F5"},
		keys.Action{ID: actRestore, Label: "key.copies.restore", Key: "F8"},
		keys.Action{ID: actPlace, Label: "key.copies.place", Key: "F9"},
		keys.Action{ID: actRenew, Label: "key.seal.renew", Key: "F8"},
		keys.Action{ID: actSealLook, Label: "key.seal.look", Key: "F5"},
		keys.Action{ID: actDecideCopy, Label: "key.missing.restore", Key: "F8"},
		keys.Action{ID: actGoOn, Label: "key.missing.go-on", Key: "F9"},
	)
}

// copies is the window in which copies are made and looked through.
type copies struct {
	env     *ui.Env
	keeper  Keeper
	folders []pos.CopyFolder
	rows    []copyRow
	made    string // path of the copy just made
	fault   string // id of the refusal told
	busy    bool
	dialog  *widgets.Dialog
	news    *widgets.Banner
	worry   *widgets.Banner
	table   *widgets.Table
	make    *widgets.Button
	restore *widgets.Button
}

// Copies shows the copies of the shop's data; closed is called when the window
// has gone.
func Copies(env *ui.Env, k Keeper, closed func()) {
	kit, t := env.Kit, env.T
	DefineKeys(kit.Keys)
	v := &copies{env: env, keeper: k, news: widgets.NewBanner("", widgets.Info), worry: widgets.NewBanner("", widgets.Warn)}
	v.table = kit.Table([]widgets.Column{
		{Title: t("copies.col.at", nil), Width: 176},
		{Title: t("copies.col.folder", nil), Share: 1, Style: widgets.Muted, From: 480},
		{Title: t("copies.col.sales", nil), Width: 100, Align: fyne.TextAlignTrailing, From: 640},
		{Title: t("copies.col.size", nil), Width: 104, Align: fyne.TextAlignTrailing, Style: widgets.Muted},
		{Title: t("copies.col.state", nil), Width: 176},
	}, v.cell)
	v.table.Empty = t("copies.none", nil)
	v.table.OnActivated = func(int) { v.onRestore() }
	v.make = kit.ActionButton(t("copies.make", nil), widgets.Primary, actMake)
	v.restore = kit.ActionButton(t("copies.restore", nil), widgets.Secondary, actRestore)
	back := kit.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	for _, b := range []*widgets.Button{v.make, v.restore, back} {
		b.Height = widgets.Large
	}
	v.dialog = kit.Dialog(widgets.DialogSpec{Name: "backup", Page: "backup", Title: t("copies.title", nil), Subtitle: t("copies.why", nil),
		Width: widgets.Wide, Height: 640, Fills: true,
		Body:   widgets.VBox(theme.GapCards, v.worry, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapCards, back, v.restore, v.make)})
	v.dialog.OnClosed = closed
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.Bind(actMake, v.onMake)
		s.Bind(actRestore, v.onRestore)
	})
	v.load()
}

func (v *copies) load() {
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) ([]pos.CopyFolder, error) { return v.keeper.Copies(ctx, a) },
		func(list []pos.CopyFolder, err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			v.folders, v.rows = list, rowsOf(v.env, list)
			v.table.SetRows(len(v.rows))
			v.table.Select(min(0, len(v.rows)-1))
			v.worry.Set(worries(v.env, list), widgets.Warn)
			v.refresh()
		})
}

// onMake makes copies now.
func (v *copies) onMake() {
	if v.busy {
		return
	}
	v.busy, v.fault = true, ""
	v.news.Set(v.env.T("care.backup.wait", nil), widgets.Info)
	v.refresh()
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) ([]pos.CopyResult, error) { return v.keeper.MakeCopies(ctx, a) },
		v.onMade)
}

func (v *copies) onMade(results []pos.CopyResult, err error) {
	v.busy = false
	whole := 0
	for _, r := range results {
		if r.Copy != nil {
			whole++
			if v.made == "" || whole == 1 {
				v.made = r.Copy.Path
			}
		}
		if err == nil {
			err = r.Err
		}
	}
	if err != nil {
		v.refuse(err)
	} else {
		v.news.Set(v.env.T("care.backup.done", pos.Args{"Path": v.made}), widgets.Good)
	}
	v.load()
}

func (v *copies) refuse(err error) {
	v.fault = string(pos.CodeOf(err))
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.refresh()
}

func (v *copies) refresh() {
	v.make.SetEnabled(!v.busy)
	v.restore.SetEnabled(!v.busy)
	v.dialog.Refresh()
	v.env.Shown("backup", "found", strconv.Itoa(len(v.rows)), "path", v.made, "error", v.fault)
}

func (v *copies) cell(i, col int) widgets.Cell {
	r := &v.rows[i]
	switch col {
	case 0:
		return widgets.Cell{Text: r.at}
	case 1:
		return widgets.Cell{Text: r.folder}
	case 2:
		return widgets.Cell{Text: r.sales}
	case 3:
		return widgets.Cell{Text: r.size}
	}
	return widgets.Cell{Text: r.state, Chip: true, Tone: r.tone}
}

// onRestore asks about the chosen copy, or one somebody names.
func (v *copies) onRestore() {
	if v.busy {
		return
	}
	path := ""
	if i := v.table.Selected(); i >= 0 && i < len(v.rows) {
		path = v.rows[i].path
	}
	askRestore(v.env, v.keeper, path, v.load)
}

// copyRow is one copy as the list tells it.
type copyRow struct {
	path, at, folder, sales, size, state string
	tone                                 widgets.Tone
}

func rowsOf(env *ui.Env, folders []pos.CopyFolder) []copyRow {
	var rows []copyRow
	for _, f := range folders {
		name := f.Folder
		if f.Own {
			name = env.T("copies.own", nil)
		}
		for _, c := range f.Copies {
			r := copyRow{path: c.Path, at: env.Words.DateTime(c.At), folder: name, size: sizeOf(env, c.Bytes), tone: widgets.Neutral, state: env.T("copies.state.unknown", nil)}
			if c.Holds != nil {
				r.sales = strconv.FormatInt(c.Holds.Sales, 10)
			}
			switch {
			case c.Lacking:
				r.state, r.tone = env.T("copies.state.lacking", nil), widgets.Warn
			case c.Verified && c.Sealed:
				r.state, r.tone = env.T("copies.state.sealed", nil), widgets.Good
			case c.Verified:
				r.state, r.tone = env.T("copies.state.verified", nil), widgets.Good
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// sizeOf writes bytes as people do.
func sizeOf(env *ui.Env, n int64) string {
	const mib = 1 << 20
	if n < mib {
		return env.T("copies.kib", pos.Args{"Size": (n + 1023) / 1024})
	}
	return env.T("copies.mib", pos.Args{"Size": (n + mib - 1) / mib})
}

// worries tells of folders whose newest copy failed or that cannot be looked into.
func worries(env *ui.Env, folders []pos.CopyFolder) string {
	text := ""
	for _, f := range folders {
		err := f.Standing.Problem()
		if err == nil {
			err = f.Err
		}
		if err == nil {
			continue
		}
		if text != "" {
			text += " "
		}
		text += env.T("copies.failed", pos.Args{"Folder": filepath.Base(f.Folder), "Reason": env.Words.Error(err)})
	}
	return text
}
