// Package savepdf asks for a file and writes a PDF into it.
package savepdf

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// asking is the dialog.
type asking struct {
	env    *ui.Env
	save   func(path string) error
	path   *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	dialog *widgets.Dialog
	sure   string // the file that may be written over: it was asked about
}

// Slip saves lines of text as a page. The name is offered for the file.
func Slip(env *ui.Env, name string, lines []string) {
	Ask(env, name, func(path string) error { return env.Documents.Slip(path, name, lines) })
}

// Ask asks where to save and saves. save may be called once or, when the first
// file could not be written, again, in the background.
func Ask(env *ui.Env, name string, save func(path string) error) {
	k, t := env.Kit, env.T
	s := &asking{env: env, save: save, news: widgets.NewBanner("", widgets.Bad)}
	s.path = k.Entry(widgets.TextEntry, "")
	s.path.MaxLength = 400
	s.path.SetText(filepath.Join(folder(), fileName(name)+".pdf"))
	s.path.OnChanged = func(string) { s.say("", widgets.Bad) }
	s.path.OnSubmitted = func(string) { s.onSave() }
	s.act = k.KeyButton(t("savepdf.do", nil), widgets.Primary, keys.Enter, s.onSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { s.dialog.Close() })
	s.act.Height, back.Height = widgets.Large, widgets.Large
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "savepdf", Title: t("savepdf.title", nil), Subtitle: name, Width: widgets.Narrow,
		Body:   widgets.VBox(theme.GapCards, widgets.Field(t("savepdf.file", nil), s.path), s.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(s.act))})
	s.dialog.Show(s.path.Focusable(), nil)
	env.Shown("savepdf", "file", filepath.Base(s.path.Text()))
}

// folder is where people keep their papers.
func folder() string {
	home := ui.Home()
	for _, name := range []string{"Documents", "Документы"} {
		if st, err := os.Stat(filepath.Join(home, name)); err == nil && st.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// fileName makes a name every system takes.
func fileName(title string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r < ' ' {
			return '-'
		}
		return r
	}, title))
}

func (s *asking) say(text string, tone widgets.Tone) {
	s.news.Set(text, tone)
	if s.dialog != nil {
		s.dialog.Refresh()
	}
}

func (s *asking) onSave() {
	path := strings.Trim(strings.TrimSpace(s.path.Text()), `"`)
	if s.act.Disabled() || path == "" {
		return
	}
	if !strings.EqualFold(filepath.Ext(path), ".pdf") {
		path += ".pdf"
	}
	if _, err := os.Stat(path); err == nil && s.sure != path {
		s.sure = path
		s.say(s.env.T("savepdf.exists", nil), widgets.Warn)
		s.env.Shown("savepdf", "asked", "yes")
		return
	}
	s.act.Disable()
	task.Run(s.env.Ctx, s.env.Runner,
		func(context.Context) (struct{}, error) { return struct{}{}, s.save(path) },
		func(_ struct{}, err error) {
			s.act.Enable()
			if err != nil {
				s.say(s.env.Words.Error(err), widgets.Bad)
				s.env.Shown("savepdf", "error", string(pos.CodeOf(err)))
				return
			}
			s.dialog.Close()
			s.env.Kit.Toast(s.env.T("savepdf.saved", pos.Args{"File": path}), widgets.Good)
			s.env.Shown("savepdf.done", "file", path)
		})
}
