package shell

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/palette"
	"kassa/ui/uitest"
)

// TestPalette_FindsBySynonyms: whatever word a shop has for it, the thing is among
// the first that are offered.
func TestPalette_FindsBySynonyms(t *testing.T) {
	all := selling(t, pos.GroupOwner).shell.findable()
	for query, want := range map[string]string{
		"долг": "palette.repay", "погашение": "palette.repay", "debt": "palette.repay", "борг": "palette.repay", "қарыз": "palette.repay",
		"сдача": "sale.pay", "решта": "sale.pay", "размен": "sale.drawer",
		"бэкап": "menu.backup", "backup": "menu.backup", "флешка": "menu.backup",
		"принтер": "settings.page.printer", "принтер этикеток": "menu.labels", "пин": "menu.people",
		"lj,fdbnm inere": "sale.more", "ljku": "palette.repay", "токен": "settings.page.integrations", "сторно": "sale.cancel",
		"остатки": "menu.stock", "выручка": "menu.reports", "смс": "settings.page.integrations", "возврат": "sale.return", "обмен": "sale.return",
		"скидко": "sale.discount", "прнитер": "settings.page.printer", "отчот": "sale.x", "пагашение": "palette.repay", "екран": "settings.page.front",
	} {
		var got []string
		for _, e := range palette.Find(all, query).List {
			got = append(got, e.ID)
		}
		assert.Contains(t, got[:min(len(got), 6)], want, "%s", query)
	}
}

// TestPalette_SaysFurtherWordsOfEverything: each thing has its synonyms in every
// language, and nothing is shown under another's words.
func TestPalette_SaysFurtherWordsOfEverything(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	for _, e := range s.shell.findable() {
		for _, w := range s.shell.tongues() {
			id := "palette.also." + e.ID
			if assert.True(t, w.Has(id), "%s in %s", id, w.Lang()) {
				words := strings.Split(w.T(id, nil), ", ")
				assert.Equal(t, len(words), len(slices.Compact(slices.Sorted(slices.Values(words)))), "%s in %s says a word twice", id, w.Lang())
			}
		}
	}
}

// TestPalette_LeadsToTheRightPlaceFirst: what a new shop looks for stands first.
func TestPalette_LeadsToTheRightPlaceFirst(t *testing.T) {
	all := selling(t, pos.GroupOwner).shell.findable()
	for query, want := range map[string]string{
		"language": "settings.page.till", "язык": "settings.page.till", "vat": "menu.goods", "tax": "menu.goods", "ндс": "menu.goods",
		"export": "menu.goods", "экспорт": "menu.goods", "permission": "menu.people", "users": "menu.people", "права": "menu.people",
	} {
		list := palette.Find(all, query).List
		if assert.NotEmpty(t, list, query) {
			assert.Equal(t, want, list[0].ID, query)
		}
	}
	var locks int
	for _, e := range all {
		if strings.HasSuffix(e.ID, "lock") {
			locks++
		}
	}
	assert.Equal(t, 1, locks, "one thing stands there once")
}

// TestPalette_AGuessSpeaksTheLanguageOfTheScreen: a word of another language finds,
// but is not shown.
func TestPalette_AGuessSpeaksTheLanguageOfTheScreen(t *testing.T) {
	all := []palette.Entry{{ID: "backup", Title: "Резервная копия", Said: []string{"флешка"}, Names: []string{"Sicherung"}}}
	assert.Empty(t, palette.Find(all, "sicherumg").Meant)
	assert.Len(t, palette.Find(all, "sicherumg").List, 1)
	assert.Equal(t, "флешка", palette.Find(all, "флешкс").Meant)
}

func TestPalette_TakesARepayment(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	uitest.Press(s.Window, "Ctrl+K")
	uitest.Type(s.Window, "ljku")
	s.Shows("palette", "first", "palette.repay")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("customer.find")
	s.Fine()
}

// TestPalette_AGuessIsNotDoneUnchosen: one slip finds the action, and Enter does it
// only once it was chosen.
func TestPalette_AGuessIsNotDoneUnchosen(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	uitest.Press(s.Window, "Ctrl+K")
	uitest.Type(s.Window, "пагашение")
	assert.True(t, uitest.HasText(s.Window, "Точно такого нет. Похоже на «погашение»:"))
	s.Shows("palette", "first", "")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("palette")
	uitest.Press(s.Window, keys.Down, keys.Enter)
	s.Shows("customer.find")
}

// Over a window that has to be answered first the key says so instead of nothing.
func TestPalette_OverAWindowSaysWhyNot(t *testing.T) {
	s := selling(t, pos.GroupSeniorCashier)
	s.Scan(0)
	uitest.Press(s.Window, "F9")
	assert.Equal(t, "payment", s.Last())
	uitest.Press(s.Window, "Ctrl+K")
	assert.Equal(t, "payment", s.Last())
	assert.True(t, s.tells("Сначала закройте это окно"), uitest.Texts(s.Window))
}
