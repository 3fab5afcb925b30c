package goods

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// chooser walks through folders to a file.
type chooser struct {
	env    *ui.Env
	chosen func(path string)
	wanted func(name string) bool // files of that name can be chosen
	dir    string
	list   []entry
	table  *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
}

// choose lets somebody pick one of the wanted files, beginning where the path
// typed so far leads; none is what a folder without any says.
func choose(env *ui.Env, typed string, wanted func(name string) bool, none string, chosen func(path string)) {
	k, t := env.Kit, env.T
	c := &chooser{env: env, chosen: chosen, wanted: wanted, news: widgets.NewBanner("", widgets.Bad)}
	c.table = k.List([]widgets.Column{{}, {Width: 110, Style: widgets.Muted}}, c.cell)
	c.table.OnActivated = func(int) { c.onOpen() }
	c.table.Empty = none
	open := k.KeyButton(t("goods.browse.open", nil), widgets.Primary, keys.Enter, c.onOpen)
	open.Height = widgets.Large
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	back.Height = widgets.Large
	up := k.KeyButton(t("goods.browse.up", nil), widgets.Secondary, keys.Left, func() { c.enter(filepath.Dir(c.dir)) })
	up.Height = widgets.Large
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.browse", Title: t("goods.browse.title", nil), Width: widgets.Middle, Height: 600, Fills: true,
		Body:   widgets.VBox(theme.GapCards, c.news, widgets.Grow(widgets.NewFlatCard(c.table))),
		Footer: widgets.HBox(theme.GapCards, back, up, widgets.Grow(open))})
	c.dialog.Show(c.table, func(s *keys.Scope) {
		s.BindKey(keys.Left, func() { c.enter(filepath.Dir(c.dir)) })
		s.BindKey(keys.Right, c.onOpen)
		s.BindKey(keys.Enter, c.onOpen)
	})
	c.begin(typed)
}

// begin opens the folder the typed path leads to; asking the disk may take its
// time.
func (c *chooser) begin(typed string) {
	task.Run(c.env.Ctx, c.env.Runner,
		func(context.Context) (string, error) { return folderOf(typed), nil },
		func(dir string, _ error) { c.enter(dir) })
}

// folderOf is the folder a path lies in or is, or the person's own.
func folderOf(path string) string {
	path = expandHome(path)
	for _, dir := range []string{path, filepath.Dir(path)} {
		if st, err := os.Stat(dir); path != "" && err == nil && st.IsDir() {
			if abs, err := filepath.Abs(dir); err == nil {
				return abs
			}
		}
	}
	return ui.Home()
}

func (c *chooser) enter(dir string) {
	from := filepath.Base(c.dir)
	task.Run(c.env.Ctx, c.env.Runner,
		func(context.Context) ([]entry, error) { return browse(dir, c.wanted) },
		func(list []entry, err error) {
			c.news.Set(c.env.Words.Error(err), widgets.Bad)
			if err == nil {
				c.dir, c.list = dir, list
				c.dialog.SetTitle(c.env.T("goods.browse.title", nil), dir, "")
				c.table.SetRows(len(list))
				c.table.Select(c.placeOf(from))
			}
			c.dialog.Refresh()
			c.env.Shown("goods.browse", "dir", c.dir, "entries", strconv.Itoa(len(c.list)))
		})
}

// placeOf is the row of a folder just left, so that one sees where one was.
func (c *chooser) placeOf(name string) int {
	for i, e := range c.list {
		if e.folder && e.name == name {
			return i
		}
	}
	return min(0, len(c.list)-1)
}

func (c *chooser) cell(row, col int) widgets.Cell {
	e := c.list[row]
	switch {
	case col == 0 && e.folder:
		return widgets.Cell{Text: e.name, Style: widgets.Strong}
	case col == 0:
		return widgets.Cell{Text: e.name}
	case e.folder:
		return widgets.Cell{Text: c.env.T("goods.browse.folder", nil)}
	}
	return widgets.Cell{}
}

func (c *chooser) onOpen() {
	i := c.table.Selected()
	if i < 0 || i >= len(c.list) {
		return
	}
	e := c.list[i]
	path := filepath.Join(c.dir, e.name)
	if e.folder {
		c.enter(path)
		return
	}
	c.dialog.Close()
	c.chosen(path)
}
