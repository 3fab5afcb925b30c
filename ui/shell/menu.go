package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// tightBelow is the width of a window, at scale 1, in which three columns of names fit
// in small letters only.
const tightBelow = 880

// openMenu shows the menu «Файл»: five groups, and a digit or a letter for every
// entry.
func (s *Shell) openMenu() {
	k := s.Env.Kit
	var d *widgets.Dialog
	news := widgets.NewBanner("", widgets.Warn)
	press := map[keys.Key]func(){}
	entry := func(p place) *widgets.Button {
		choose := func() {
			s.choose(p, func() { d.Close(); s.goTo(p.id) }, func(err error) {
				news.Set(s.Env.Words.Error(err), widgets.Warn)
				d.Refresh()
				s.Env.Shown("menu", "error", string(pos.CodeOf(err)))
			})
		}
		b := k.KeyButton(s.Env.T("menu."+p.id, nil), widgets.Secondary, p.menuKey(), choose)
		b.Leading, b.CapFirst, b.Icon = true, true, p.icon
		if k.Window.Canvas().Size().Width < theme.Px(tightBelow) {
			b.Height = widgets.Compact
		}
		press[p.menuKey()] = choose
		return b
	}
	columns := make([]fyne.CanvasObject, 0, len(menuColumns))
	var first fyne.Focusable
	for _, ids := range menuColumns {
		column := widgets.VBox(theme.GapSmall)
		for _, id := range ids {
			g := groups[slices.IndexFunc(groups, func(g group) bool { return g.id == id })]
			column.Add(widgets.NewText(s.Env.T("menu.group."+g.id, nil), widgets.SmallMuted.InBold()))
			for _, p := range g.places {
				b := entry(p)
				if first == nil {
					first = b
				}
				column.Add(b)
			}
		}
		columns = append(columns, column)
	}
	for i, c := range columns { // the last, the system's, has the longest names
		share := float32(1)
		if i == len(columns)-1 {
			share = 1.09
		}
		columns[i] = widgets.GrowBy(share, c)
	}
	body := widgets.VBox(theme.GapCards, news, widgets.Columns(theme.GapTiny, columns...))
	d = k.Dialog(widgets.DialogSpec{Name: "menu", Title: s.Env.T("menu.title", nil), Width: widgets.Wide, Body: body})
	d.Show(first, func(sc *keys.Scope) {
		for key, f := range press {
			for _, form := range keys.Letters(key) {
				sc.BindKey(form, f)
			}
		}
	})
	s.Env.Shown("menu")
}

// goTo leaves the page that is shown, if any, and opens another.
func (s *Shell) goTo(id string) { s.Env.Kit.Leave(func() { s.open(id) }) }

// choose asks for the right first, so that a refusal names it here, where the
// person still sees what was chosen.
func (s *Shell) choose(p place, open func(), refused func(error)) {
	if p.right == "" {
		open()
		return
	}
	a := s.Env.Actor
	task.Run(s.Env.Ctx, s.Env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, s.Env.Till.Demand(ctx, a, p.right) },
		func(_ struct{}, err error) {
			if err != nil {
				refused(err)
				return
			}
			open()
		})
}
