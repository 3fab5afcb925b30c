package shell

import (
	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/palette"
	"kassa/ui/settings"
	"kassa/ui/widgets"
)

// openPalette finds whatever can be done now by a word of either language: what
// the keys of the screen do, the places of the menu, the pages of the settings.
func (s *Shell) openPalette() {
	palette.Open(s.Env, s.findable(), func() {})
}

func (s *Shell) findable() []palette.Entry {
	k := s.Env.Kit.Keys
	var list []palette.Entry
	tongues := s.tongues()
	names := func(id string) []string {
		all := make([]string, 0, len(tongues))
		for _, w := range tongues {
			all = append(all, w.T(id, nil))
		}
		return all
	}
	for _, a := range k.Reachable() {
		if a.ID == "palette" {
			continue
		}
		list = append(list, palette.Entry{ID: string(a.ID), Title: s.Env.T(a.Label, nil), Where: s.Env.T("keymap.place."+a.Place, nil),
			Key: a.Key, Names: names(a.Label), Run: func() { k.Perform(a.ID) }})
	}
	for _, p := range places() {
		id := "menu." + p.id
		list = append(list, palette.Entry{ID: id, Title: s.Env.T(id, nil), Where: s.Env.T("palette.where.menu", nil),
			Key: k.KeyOf("menu") + " " + p.menuKey(), Names: names(id), Run: func() { s.choose(p, func() { s.goTo(p.id) }, s.sayRefusal) }})
	}
	for _, tab := range settings.Tabs() {
		id := "settings.page." + string(tab)
		list = append(list, palette.Entry{ID: id, Title: s.Env.T(id, nil), Where: s.Env.T("palette.where.settings", nil),
			Key: keys.None, Names: append(names(id), names("settings.tab."+string(tab))...), Run: func() {
				s.choose(place{id: "settings", right: pos.RightSettings}, func() {
					s.Env.Kit.Leave(func() { settings.Open(s.Env, s.Admin, string(tab), s.onSettings) })
				}, s.sayRefusal)
			}})
	}
	return list
}

func (s *Shell) sayRefusal(err error) { s.Env.Kit.Toast(s.Env.Words.Error(err), widgets.Warn) }

// tongues are the words of every language, made when first asked for: only who
// searches pays for them.
func (s *Shell) tongues() []*words.Words {
	if s.spoken == nil {
		set := s.Settings()
		for _, lang := range words.Languages() {
			s.spoken = append(s.spoken, words.New(lang, set.Currency, set.CurrencySymbol))
		}
	}
	return s.spoken
}
