package shell

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// openMenu shows the menu «Файл». Every entry has a digit or a letter.
func (s *Shell) openMenu() {
	k := s.Env.Kit
	var d *widgets.Dialog
	news := widgets.NewBanner("", widgets.Warn)
	rows := make([]fyne.CanvasObject, 0, len(places))
	press := map[keys.Key]func(){}
	var first fyne.Focusable
	for i, p := range places {
		key := menuKey(i)
		choose := func() {
			s.choose(p, func() { d.Close(); s.open(p.id) }, func(err error) {
				news.Set(s.Env.Words.Error(err), widgets.Warn)
				d.Refresh()
				s.Env.Shown("menu", "error", string(pos.CodeOf(err)))
			})
		}
		b := k.KeyButton(s.Env.T("menu."+p.id, nil), widgets.Secondary, key, choose)
		b.Leading, b.CapFirst = true, true
		if first == nil {
			first = b
		}
		rows = append(rows, b)
		press[key] = choose
	}
	body := widgets.VBox(theme.GapCards, news, menuColumns(rows))
	d = k.Dialog(widgets.DialogSpec{Name: "menu", Title: s.Env.T("menu.title", nil), Width: 320 * float32(menuWidth(len(rows))), Body: body})
	d.Show(first, func(sc *keys.Scope) {
		for key, f := range press {
			for _, form := range keys.Letters(key) {
				sc.BindKey(form, f)
			}
		}
	})
	s.Env.Shown("menu")
}

// menuRows is how many entries of the menu stand one under the other.
const menuRows = 8

// menuKey is the key of the i-th entry: the digits from 1, then the letters.
func menuKey(i int) keys.Key {
	if i < 10 {
		return keys.Key(strconv.Itoa((i + 1) % 10))
	}
	return keys.Key(string(rune('A' + i - 10)))
}

// MenuKey is the key that opens a place once the menu is shown; keys.None for a
// place the menu does not have.
func MenuKey(id string) keys.Key {
	for i, p := range places {
		if p.id == id {
			return menuKey(i)
		}
	}
	return keys.None
}

func menuWidth(entries int) int { return max(2, (entries+menuRows-1)/menuRows) }

// menuColumns splits the entries into columns of nearly the same height.
func menuColumns(rows []fyne.CanvasObject) fyne.CanvasObject {
	n := menuWidth(len(rows))
	columns := make([]fyne.CanvasObject, 0, n)
	for i := range n {
		from, to := i*len(rows)/n, (i+1)*len(rows)/n
		columns = append(columns, widgets.VBox(theme.GapSmall, rows[from:to]...))
	}
	return widgets.Equal(theme.GapCards, columns...)
}

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

// openKeys shows what every key does here, from the live map.
func (s *Shell) openKeys() {
	k := s.Env.Kit
	var left, right []fyne.CanvasObject
	all := k.Keys.Reachable()
	for i, a := range all {
		row := widgets.HBox(theme.GapSmall,
			widgets.FixedWidth(104, widgets.HBox(0, widgets.NewKeyCap(a.Key), widgets.Spring())), widgets.Grow(widgets.NewText(s.Env.T(a.Label, nil), widgets.Body).Ellipsis()))
		if i < (len(all)+1)/2 {
			left = append(left, row)
		} else {
			right = append(right, row)
		}
	}
	body := widgets.VBox(theme.GapCards,
		widgets.Equal(theme.GapInside, widgets.VBox(theme.GapSmall, left...), widgets.VBox(theme.GapSmall, right...)),
		widgets.NewParagraph(s.Env.T("keys.scanner", nil), widgets.SmallMuted))
	var d *widgets.Dialog
	shut := k.KeyButton(s.Env.T("keys.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	shut.Height = widgets.Large
	then := func(id keys.ActionID) func() {
		return func() { d.Close(); k.Keys.Perform(id) }
	}
	why := k.KeyButton(s.Env.T("keys.why", nil), widgets.Secondary, "F2", then("sale.why"))
	why.Height = widgets.Large
	d = k.Dialog(widgets.DialogSpec{Name: "keys", Title: s.Env.T("keys.title", nil), Width: 760, Body: body,
		Footer: widgets.Columns(theme.GapCards, widgets.Grow(why), widgets.Grow(shut))})
	d.Show(shut, func(sc *keys.Scope) {
		sc.BindKey("F1", d.Close)
		sc.BindKey("F2", then("sale.why"))
	})
	s.Env.Shown("keys")
}
