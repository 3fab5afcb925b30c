package shell

// The rail beside the pages of the back office.

import (
	"slices"

	"kassa/pos/exchange"
	"kassa/ui/keys"
	"kassa/ui/widgets"
)

// The keys that go from page to page.
const (
	actBefore keys.ActionID = "page.before"
	actAfter  keys.ActionID = "page.after"
)

// setPages says what surrounds the pages of a wide window: the bar, which stays
// in sight, and the rail.
func (s *Shell) setPages() {
	s.Env.Kit.SetPages(widgets.Pages{
		Top:     s.barHeight,
		Rail:    s.rail,
		Menu:    widgets.RailPlace{Name: s.Env.T("menu.short", nil), Open: s.openMenu},
		MenuKey: "menu",
		Before:  actBefore,
		After:   actAfter,
		Bind: func(sc *keys.Scope, when keys.Option) {
			sc.Bind("menu", s.openMenu, when)
			sc.Bind("palette", s.openPalette, when)
		},
	})
}

func (s *Shell) barHeight() float32 { return s.bar.content.Size().Height }

// rail lists the places as the menu does, the cheque first.
func (s *Shell) rail() []widgets.RailGroup {
	list := make([]widgets.RailGroup, 0, len(groups))
	for _, g := range groups {
		rg := widgets.RailGroup{Title: s.Env.T("menu.group."+g.id, nil)}
		if g.id == "sale" {
			rg.Places = append(rg.Places, widgets.RailPlace{ID: "cheque", Name: s.Env.T("menu.cheque", nil),
				Open: func() { s.Env.Kit.Leave(func() {}) }})
		}
		for _, p := range g.places {
			if !p.deed {
				rg.Places = append(rg.Places, s.railPlace(p))
			}
		}
		list = append(list, rg)
	}
	return list
}

func (s *Shell) railPlace(p place) widgets.RailPlace {
	return widgets.RailPlace{
		ID: p.id, Name: s.Env.T("menu."+p.id, nil), Seldom: p.seldom && !(p.id == "queue" && s.bar.look != exchange.Nothing),
		Quiet: p.right != "" && !slices.Contains(s.Env.Actor.Rights, p.right),
		Open:  func() { s.choose(p, func() { s.goTo(p.id) }, s.sayRefusal) },
	}
}
