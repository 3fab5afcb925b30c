package health

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// support is the dialog that shows what the parcel holds and saves it.
type support struct {
	env    *ui.Env
	doctor Doctor
	bundle *health.Bundle
	lines  []string // of the file looked into
	ctx    context.Context
	news   *widgets.Banner
	files  *widgets.Table
	text   *widgets.Table
	path   *widgets.Entry
	save   *widgets.Button
	dialog *widgets.Dialog
	saving bool
}

// packUp gathers the parcel, shows every file of it and saves it where somebody
// says.
func packUp(env *ui.Env, d Doctor) {
	k, t := env.Kit, env.T
	ctx, cancel := context.WithCancel(env.Ctx)
	s := &support{env: env, doctor: d, ctx: ctx, news: widgets.NewBanner(t("health.support.wait", nil), widgets.Info)}
	s.path = k.Entry(widgets.TextEntry, "")
	s.path.MaxLength = 400
	s.path.SetText(filepath.Join(ui.Home(), "kassa-support-"+env.Kit.Timers.Now().Format("20060102-150405")+".zip"))
	s.path.OnSubmitted = func(string) { s.onSave() }
	s.files = k.Table([]widgets.Column{{Title: t("health.support.files", nil), Share: 1},
		{Title: t("health.support.size", nil), Width: 96, Align: fyne.TextAlignTrailing, Style: widgets.Muted}}, s.file)
	s.files.OnSelected = func(i int) { s.look(i) }
	s.text = k.List([]widgets.Column{{Title: t("health.support.text", nil), Share: 1}}, func(i, _ int) widgets.Cell { return widgets.Cell{Text: s.lines[i]} })
	s.save = k.KeyButton(t("health.support.save", nil), widgets.Primary, keys.Enter, s.onSave)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { s.dialog.Close() })
	s.save.Height, back.Height = widgets.Large, widgets.Large
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "health.support", Title: t("health.support.title", nil), Subtitle: t("health.support.why", nil),
		Width: widgets.Wide, Height: 660, Fills: true,
		Body: widgets.VBox(theme.GapCards, s.news,
			widgets.Grow(widgets.Columns(theme.GapCards, widgets.FixedWidth(288, widgets.NewFlatCard(s.files)), widgets.Grow(widgets.NewFlatCard(s.text)))),
			widgets.Field(t("health.support.path", nil), s.path)),
		Footer: widgets.Footer(theme.GapCards, back, s.save)})
	s.dialog.OnClosed = cancel
	s.dialog.Show(s.path.Focusable(), nil)
	s.refresh("")
	a := env.Actor
	task.Run(ctx, env.Runner, func(ctx context.Context) (*health.Bundle, error) { return d.Support(ctx, a) }, s.gathered)
}

func (s *support) gathered(b *health.Bundle, err error) {
	if !s.dialog.Shown() {
		return // put away before it was done
	}
	if err != nil {
		s.refuse(err)
		return
	}
	s.bundle = b
	s.files.SetRows(len(b.Files))
	s.files.Select(0)
	s.look(0)
	s.news.Set(s.env.T("health.support.ready", pos.Args{"Count": len(b.Files)}), widgets.Info)
	s.refresh("")
}

func (s *support) refuse(err error) {
	s.news.Set(s.env.Words.Error(err), widgets.Bad)
	s.refresh(string(pos.CodeOf(err)))
}

func (s *support) refresh(fault string) {
	s.save.SetEnabled(s.bundle != nil && !s.saving)
	s.dialog.Refresh()
	files := 0
	if s.bundle != nil {
		files = len(s.bundle.Files)
	}
	s.env.Shown("health.support", "files", strconv.Itoa(files), "lines", strconv.Itoa(len(s.lines)), "error", fault)
}

func (s *support) file(i, col int) widgets.Cell {
	f := &s.bundle.Files[i]
	if col == 0 {
		return widgets.Cell{Text: f.Name}
	}
	return widgets.Cell{Text: s.env.T("copies.kib", pos.Args{"Size": (len(f.Body) + 1023) / 1024})}
}

// look shows what a file says, line by line.
func (s *support) look(i int) {
	if s.bundle == nil || i < 0 || i >= len(s.bundle.Files) {
		return
	}
	body := s.bundle.Files[i].Body
	if !utf8.Valid(body) {
		body = []byte(strings.ToValidUTF8(string(body), "�"))
	}
	s.lines = strings.Split(strings.TrimRight(strings.ReplaceAll(string(body), "\t", "    "), "\n"), "\n")
	s.text.SetRows(len(s.lines))
}

func (s *support) onSave() {
	path := strings.Trim(strings.TrimSpace(s.path.Text()), `"`)
	if s.bundle == nil || s.saving || path == "" {
		return
	}
	s.saving = true
	s.refresh("")
	a, b := s.env.Actor, s.bundle
	task.Run(s.ctx, s.env.Runner, func(ctx context.Context) (string, error) { return s.doctor.SaveSupport(ctx, a, b, path) },
		func(file string, err error) {
			s.saving = false
			if err != nil {
				s.refuse(err)
				return
			}
			s.dialog.Close()
			s.env.Kit.Toast(s.env.T("health.support.saved", pos.Args{"File": file}), widgets.Good)
			s.env.Shown("health.support.done", "file", file)
		})
}
