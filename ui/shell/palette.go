package shell

import (
	"slices"
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/merchants"
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
	names := s.names
	for _, a := range k.Reachable() {
		if a.ID == "palette" {
			continue
		}
		list = append(list, palette.Entry{ID: string(a.ID), Title: s.Env.T(a.Label, nil), Where: s.Env.T("keymap.place."+a.Place, nil),
			Key: a.Key, Said: s.said("palette.also." + string(a.ID)), Names: names(a.Label, "palette.also."+string(a.ID)), Run: func() { k.Perform(a.ID) }})
	}
	list = append(list, s.repaying(), s.systems())
	for _, p := range places() {
		id := "menu." + p.id
		if p.id == "lock" && slices.ContainsFunc(list, func(e palette.Entry) bool { return e.ID == p.id }) {
			continue // its key says the same
		}
		list = append(list, palette.Entry{ID: id, Title: s.Env.T(id, nil), Where: s.Env.T("palette.where.menu", nil),
			Key: k.KeyOf("menu") + " " + p.menuKey(), Said: s.said("palette.also." + id), Names: names(id, "palette.also."+id), Run: func() { s.choose(p, func() { s.goTo(p.id) }, s.sayRefusal) }})
	}
	for _, tab := range settings.Tabs() {
		id := "settings.page." + string(tab)
		list = append(list, palette.Entry{ID: id, Title: s.Env.T(id, nil), Where: s.Env.T("palette.where.settings", nil),
			Key: keys.None, Said: s.said("palette.also." + id), Names: names(id, "settings.tab."+string(tab), "palette.also."+id), Run: func() {
				s.choose(place{id: "settings", right: pos.RightSettings}, func() {
					s.Env.Kit.Leave(func() { settings.Open(s.Env, s.Admin, string(tab), s.onSettings) })
				}, s.sayRefusal)
			}})
	}
	return list
}

// repaying takes a debt back: the customer is found first, as there is no key for it
// on a screen.
func (s *Shell) repaying() palette.Entry {
	const id = "palette.repay"
	return palette.Entry{ID: id, Title: s.Env.T(id, nil), Where: s.Env.T("menu.customers", nil), Key: keys.None,
		Said: s.said("palette.also." + id), Names: s.names(id, "palette.also."+id), Run: func() {
			s.choose(place{id: "customers", right: pos.RightRepay}, func() {
				customer.Find(s.Env, func(c pos.CustomerState) { customer.Repay(s.Env, c.ID, s.refresh) })
			}, s.sayRefusal)
		}}
}

// systems are the payment systems, which the settings hold.
func (s *Shell) systems() palette.Entry {
	const id = "merchants.title"
	return palette.Entry{ID: id, Title: s.Env.T(id, nil), Where: s.Env.T("palette.where.settings", nil), Key: keys.None,
		Said: s.said("palette.also." + id), Names: s.names(id, "palette.also."+id), Run: func() {
			s.choose(place{id: "settings", right: pos.RightSettings}, func() {
				s.Env.Kit.Leave(func() { merchants.Open(s.Env, s.Admin.PaymentSystems(), s.refresh) })
			}, s.sayRefusal)
		}}
}

// said are the further words of an action in the language of the screen.
func (s *Shell) said(id string) []string {
	if !s.Env.Words.Has(id) {
		return nil
	}
	return strings.Split(s.Env.T(id, nil), ", ")
}

// names are texts in every language; one that a language has no words for is left
// out. The further words of an action are a list between commas.
func (s *Shell) names(ids ...string) []string {
	var all []string
	for _, w := range s.tongues() {
		for _, id := range ids {
			if w.Has(id) {
				all = append(all, strings.Split(w.T(id, nil), ", ")...)
			}
		}
	}
	return all
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
