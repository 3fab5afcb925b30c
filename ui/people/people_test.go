package people

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/uitest"
)

var scenes = map[string]func(d *desk){
	"list":        func(d *desk) { d.open() },
	"employee":    func(d *desk) { d.open().press("Enter") },
	"refused":     func(d *desk) { d.open().press("F2"); d.typed("Пётр"); d.press("Ctrl+S") },
	"group":       func(d *desk) { d.open().press("Tab", "Down", "Down", "Enter") },
	"group-caps":  func(d *desk) { d.open().press("Tab", "Down", "Down", "Enter", "F4"); d.typed("1500") },
	"group-owner": func(d *desk) { d.open().press("Tab", "Enter") },
	"group-new":   func(d *desk) { d.open().press("F3", "Ctrl+S") },
}

func (d *desk) employee(name string) pos.Employee {
	d.T.Helper()
	list, err := d.Till.Employees(d.T.Context())
	require.NoError(d.T, err)
	i := slices.IndexFunc(list, func(e pos.Employee) bool { return e.Name == name })
	require.GreaterOrEqual(d.T, i, 0, "nobody is called %s", name)
	return list[i]
}

func (d *desk) groupNamed(id pos.GroupID) pos.Group {
	d.T.Helper()
	list, err := d.Till.Groups(d.T.Context())
	require.NoError(d.T, err)
	i := slices.IndexFunc(list, func(g pos.Group) bool { return g.ID == id })
	require.GreaterOrEqual(d.T, i, 0, "there is no group %s", id)
	return list[i]
}

func TestPeople_NewEmployee(t *testing.T) {
	t.Run("is made by keys and can log in", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F2")
		d.typed("Пётр Новый")
		d.press("Tab", "Tab")
		d.typed("840275")
		d.press("Enter")
		d.typed("840275")
		d.press("Enter")
		require.Equal(t, "people", d.Last())
		assert.Equal(t, "4", d.Facts["people"]["employees"])
		e := d.employee("Пётр Новый")
		assert.Equal(t, pos.GroupCashier, e.Group, "the least powerful group is proposed")
		a, err := d.Till.Login(t.Context(), "840275")
		require.NoError(t, err)
		assert.Equal(t, e.ID, a.ID)
	})
	for name, tt := range map[string]struct {
		name, pin, again, says string
	}{
		"two PINs that differ": {"Пётр", "840275", "840276", "PIN-коды не совпали"},
		"no PIN":               {"Пётр", "", "", "PIN"},
		"an obvious PIN":       {"Пётр", "123456", "123456", "PIN"},
		"no name":              {"", "840275", "840275", "имя"},
	} {
		t.Run("is refused with "+name, func(t *testing.T) {
			d := newDesk(t, uitest.Usual, "ru").open()
			d.press("F2")
			d.typed(tt.name)
			d.press("Tab", "Tab")
			d.typed(tt.pin)
			d.press("Tab")
			d.typed(tt.again)
			d.press("Ctrl+S")
			assert.Equal(t, "people.employee", d.Last())
			assert.Equal(t, "invalid", d.Facts["people.employee"]["error"])
			assert.True(t, uitest.HasText(d.Window, tt.says), uitest.Texts(d.Window))
			assert.False(t, uitest.HasText(d.Window, "840275"), "a PIN is never shown")
			list, err := d.Till.Employees(t.Context())
			require.NoError(t, err)
			assert.Len(t, list, 3)
		})
	}
	t.Run("a PIN somebody has is refused", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F2")
		d.typed("Пётр")
		d.press("Tab", "Tab")
		d.typed(d.Demo.Employees[1].PIN)
		d.press("Tab")
		d.typed(d.Demo.Employees[1].PIN)
		d.press("Ctrl+S")
		assert.Equal(t, "conflict", d.Facts["people.employee"]["error"])
	})
}

func TestPeople_ChangeEmployee(t *testing.T) {
	cashier := func(t *testing.T) *desk { // the card of the demo's cashier, first by name
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Enter")
		require.Equal(t, string(d.employee("Ирина Котова").ID), d.Facts["people.employee"]["id"])
		return d
	}
	t.Run("name and group, the PIN stays", func(t *testing.T) {
		d := cashier(t)
		d.press("Ctrl+A")
		d.typed("Ирина Кот")
		d.press("Tab", "Up", "Ctrl+S")
		assert.Equal(t, pos.GroupSeniorCashier, d.employee("Ирина Кот").Group)
		_, err := d.Till.Login(t.Context(), d.Demo.Employees[2].PIN)
		assert.NoError(t, err)
	})
	t.Run("into the archive, where nobody logs in from", func(t *testing.T) {
		d := cashier(t)
		d.press("Tab", "Tab", "Tab", "Tab", "Space", "Ctrl+S")
		assert.True(t, d.employee("Ирина Котова").Archived)
		_, err := d.Till.Login(t.Context(), d.Demo.Employees[2].PIN)
		assert.Error(t, err)
		assert.True(t, uitest.HasText(d.Window, "в архиве"))
	})
	t.Run("Esc changes nothing", func(t *testing.T) {
		d := cashier(t)
		d.typed("!")
		d.press("Esc", "Del")
		d.employee("Ирина Котова")
		d.press("Esc")
		assert.Equal(t, 1, d.closed)
	})
	t.Run("needs the right, and the refusal names it", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.Login(pos.GroupCashier)
		d.open().press("Enter")
		d.typed("!")
		d.press("Ctrl+S", "Esc")
		assert.Equal(t, "forbidden", d.Facts["people.employee"]["error"])
		assert.True(t, uitest.HasText(d.Window, "Сотрудники и группы"))
	})
}

func TestPeople_Group(t *testing.T) {
	t.Run("the rights to go on without a code stand first and are given by Space", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Tab", "Down", "Down", "Down", "Enter")
		require.Equal(t, "cashier", d.Facts["people.group"]["id"])
		require.Empty(t, d.Facts["people.group"]["skips"])
		d.press("Tab", "Tab", "Space")
		require.Equal(t, "code.skip.points", d.Facts["people.group"]["skips"])
		d.press("Ctrl+S")
		g := d.groupNamed(pos.GroupCashier)
		assert.True(t, g.Has(pos.RightSkipPoints))
		assert.False(t, g.Has(pos.RightSkipCredit))
		assert.Empty(t, g.Name, "a preset keeps its translated name")
	})
	t.Run("every right has its box, once", func(t *testing.T) {
		var shown []pos.Right
		for _, th := range topics {
			shown = append(shown, th.rights...)
		}
		assert.ElementsMatch(t, pos.Rights, shown)
	})
	t.Run("the owner's rights are shown and locked", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Tab", "Enter")
		require.Equal(t, "owner", d.Facts["people.group"]["id"])
		d.press("Tab", "Space", "Tab", "Space", "Ctrl+S")
		assert.Equal(t, len(pos.Rights), strings.Count(d.Facts["people.group"]["rights"], ",")+1)
		assert.Equal(t, "people.group", d.Last())
		assert.Equal(t, pos.SortRights(pos.Rights), d.groupNamed(pos.GroupOwner).Rights)
	})
	t.Run("caps are typed by keys, and rest while the right is not ticked", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Tab", "Down", "Down", "Enter")
		require.Equal(t, "senior", d.Facts["people.group"]["id"])
		d.press("F4")
		require.Equal(t, "caps", d.Facts["people.group"]["page"])
		d.typed("0")
		d.press("Tab")
		d.typed("1500,50")
		d.press("Ctrl+S")
		require.Equal(t, map[pos.Right]money.Amount{pos.RightPrice: 0, pos.RightLineDiscount: 150_050}, d.groupNamed(pos.GroupSeniorCashier).Caps)
		d.press("Enter", "F4")
		require.True(t, uitest.HasText(d.Window, "1\u2009500,50"), "the card shows what was stored")
		d.press("Ctrl+S")
		require.Len(t, d.groupNamed(pos.GroupSeniorCashier).Caps, 2)
	})
	t.Run("a cap that is no sum is refused and stays", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Tab", "Down", "Down", "Enter")
		d.press("F4")
		d.typed("99999999999999")
		d.press("F4", "Ctrl+S")
		require.Equal(t, "caps", d.Facts["people.group"]["page"], "the card turns to what is wrong")
		require.NotEmpty(t, d.Facts["people.group"]["error"])
		require.Empty(t, d.groupNamed(pos.GroupSeniorCashier).Caps)
		d.Fine()
	})
	t.Run("an empty one is deleted, one that is used is not", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3")
		d.typed("Стажёры")
		d.press("Ctrl+S", "Tab", "Down", "Down", "Down", "Down", "Enter")
		require.True(t, uitest.HasText(d.Window, "Удалить группу"))
		own := pos.GroupID(d.Facts["people.group"]["id"])
		e, err := d.Till.Login(t.Context(), d.Employee(pos.GroupCashier).PIN)
		require.NoError(t, err)
		_, err = d.Till.UpdateEmployee(t.Context(), d.Env.Actor, e.ID, e.Name, own, false, "")
		require.NoError(t, err)
		d.press("Ctrl+Del")
		require.Equal(t, "conflict", d.Facts["people.group"]["error"])
		_, err = d.Till.UpdateEmployee(t.Context(), d.Env.Actor, e.ID, e.Name, pos.GroupCashier, false, "")
		require.NoError(t, err)
		d.press("Ctrl+Del")
		require.Equal(t, "4", d.Facts["people"]["groups"])
	})
	t.Run("a new one needs a name of its own", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3", "Ctrl+S")
		assert.Equal(t, "invalid", d.Facts["people.group"]["error"])
		d.typed("Стажёры")
		d.press("Ctrl+S")
		assert.Equal(t, "5", d.Facts["people"]["groups"])
		d.press("F3")
		d.typed("стажеры")
		d.press("Ctrl+S")
		assert.Equal(t, "conflict", d.Facts["people.group"]["error"])
	})
}
