package staff_test

// These tests hire people and put them into groups.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Employees(t *testing.T) {
	t.Run("a PIN belongs to one person, archived ones included", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.AddEmployee(s.Context(), s.Owner, "Новый", pos.GroupCashier, s.Demo.Employees[1].PIN)
		tilltest.Refused(t, err, pos.CodeConflict, "pin.taken")
		_, err = s.UpdateEmployee(s.Context(), s.Owner, s.Senior.ID, s.Senior.Name, s.Senior.Group, true, "")
		require.NoError(t, err)
		_, err = s.AddEmployee(s.Context(), s.Owner, "Новый", pos.GroupCashier, s.Demo.Employees[1].PIN)
		tilltest.Refused(t, err, pos.CodeConflict, "pin.taken")
	})
	t.Run("one may keep one's own PIN", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.UpdateEmployee(s.Context(), s.Owner, s.Cashier.ID, "Ирина", pos.GroupCashier, false, s.Demo.Employees[2].PIN)
		require.NoError(t, err)
		who, err := s.Login(s.Context(), s.Demo.Employees[2].PIN)
		require.NoError(t, err)
		require.Equal(t, "Ирина", who.Name)
	})
	t.Run("an old PIN ends with a new one", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.UpdateEmployee(s.Context(), s.Owner, s.Cashier.ID, "Ирина", pos.GroupCashier, false, "48291507")
		require.NoError(t, err)
		_, err = s.Login(s.Context(), s.Demo.Employees[2].PIN)
		tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
		_, err = s.Login(s.Context(), "48291507")
		require.NoError(t, err)
	})
	t.Run("the last owner stays", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.UpdateEmployee(s.Context(), s.Owner, s.Owner.ID, "Ольга", pos.GroupAdmin, false, "")
		tilltest.Refused(t, err, pos.CodeConflict, "employee.last-owner")
		_, err = s.UpdateEmployee(s.Context(), s.Owner, s.Owner.ID, "Ольга", pos.GroupOwner, true, "")
		tilltest.Refused(t, err, pos.CodeConflict, "employee.last-owner")
		_, err = s.AddEmployee(s.Context(), s.Owner, "Пётр", pos.GroupOwner, "48291507")
		require.NoError(t, err)
		_, err = s.UpdateEmployee(s.Context(), s.Owner, s.Owner.ID, "Ольга", pos.GroupOwner, true, "")
		tilltest.Refused(t, err, pos.CodeConflict, "employee.self-archive")
		_, err = s.UpdateEmployee(s.Context(), s.Owner, s.Owner.ID, "Ольга", pos.GroupAdmin, false, "")
		require.NoError(t, err)
	})
	t.Run("a cashier manages nobody", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.AddEmployee(s.Context(), s.Cashier, "Новый", pos.GroupCashier, "48291507")
		e := tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		require.Equal(t, pos.RightEmployees, e.Args["Right"])
		require.Equal(t, pos.EventForbidden, s.Kinds()[0])
	})
}

func TestTill_SaveGroup(t *testing.T) {
	// A shop gives its admin the right to manage people, not every right.
	withManager := func(t *testing.T) (*tilltest.Shop, pos.Actor) {
		s := tilltest.Demo(t)
		require.NoError(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{Name: "Управляющие", Rights: []pos.Right{pos.RightEmployees, pos.RightSell}}))
		groups, err := s.Groups(s.Context())
		require.NoError(t, err)
		_, err = s.AddEmployee(s.Context(), s.Owner, "Управляющая", groups[len(groups)-1].ID, "48291507")
		require.NoError(t, err)
		manager, err := s.Login(s.Context(), "48291507")
		require.NoError(t, err)
		return s, manager
	}
	t.Run("one cannot grant rights one does not have", func(t *testing.T) {
		s, manager := withManager(t)
		own := pos.Group{ID: manager.Group, Name: "Управляющие", Rights: []pos.Right{pos.RightEmployees, pos.RightSell, pos.RightSkipCredit}}
		e := tilltest.Refused(t, s.SaveGroup(s.Context(), manager, own), pos.CodeForbidden, "group.beyond-own")
		require.Equal(t, pos.RightSkipCredit, e.Args["Right"])
		_, err := s.AddEmployee(s.Context(), manager, "Подруга", pos.GroupOwner, "59302618")
		tilltest.Refused(t, err, pos.CodeForbidden, "group.beyond-own")
		_, err = s.UpdateEmployee(s.Context(), manager, manager.ID, "Я", pos.GroupOwner, false, "")
		tilltest.Refused(t, err, pos.CodeForbidden, "group.beyond-own")
		_, err = s.UpdateEmployee(s.Context(), manager, s.Owner.ID, "Ольга", pos.GroupOwner, false, "59302618")
		tilltest.Refused(t, err, pos.CodeForbidden, "group.beyond-own")
	})
	t.Run("the owner cannot be cut", func(t *testing.T) {
		s := tilltest.Demo(t)
		tilltest.Refused(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{ID: pos.GroupOwner, Rights: []pos.Right{pos.RightSell}}), pos.CodeConflict, "group.owner-cut")
	})
	t.Run("a right taken away ends at once", func(t *testing.T) {
		s := tilltest.Demo(t)
		require.NoError(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell}}))
		_, err := s.OpenShift(s.Context(), s.Cashier, 0)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	t.Run("two groups need two names", func(t *testing.T) {
		s, _ := withManager(t)
		tilltest.Refused(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{Name: " управляющие"}), pos.CodeConflict, "group.name-taken")
	})
	t.Run("an unknown group is not made by its id", func(t *testing.T) {
		s := tilltest.Demo(t)
		require.Equal(t, pos.CodeNotFound, pos.CodeOf(s.SaveGroup(s.Context(), s.Owner, pos.Group{ID: "nowhere", Name: "x"})))
	})
	t.Run("the trail tells what was given and taken", func(t *testing.T) {
		s := tilltest.Demo(t)
		rights := append([]pos.Right{pos.RightCashOut}, s.Cashier.Rights[1:]...)
		require.NoError(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{ID: pos.GroupCashier, Rights: rights}))
		s.Look(func(tx till.Tx) error {
			list, err := tx.Events(string(pos.GroupCashier), 1)
			require.Equal(t, map[string]string{"given": "cash.out", "taken": "sell"}, list[0].Detail)
			return err
		})
	})
}

func TestTill_GroupsWithCaps(t *testing.T) {
	manager := func(t *testing.T) (*tilltest.Shop, pos.Actor) {
		s := capped(t)
		require.NoError(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{Name: "Управляющие",
			Rights: []pos.Right{pos.RightEmployees, pos.RightLineDiscount}, Caps: map[pos.Right]money.Amount{pos.RightLineDiscount: 1000}}))
		groups, err := s.Groups(s.Context())
		require.NoError(t, err)
		_, err = s.AddEmployee(s.Context(), s.Owner, "Марк", groups[len(groups)-1].ID, "847261")
		require.NoError(t, err)
		a, err := s.Login(s.Context(), "847261")
		require.NoError(t, err)
		return s, a
	}
	t.Run("nobody gives a higher cap than one's own, or none", func(t *testing.T) {
		s, mark := manager(t)
		g := pos.Group{Name: "Стажёры", Rights: []pos.Right{pos.RightLineDiscount}}
		tilltest.Refused(t, s.SaveGroup(s.Context(), mark, g), pos.CodeForbidden, "group.beyond-own")
		g.Caps = map[pos.Right]money.Amount{pos.RightLineDiscount: 1001}
		tilltest.Refused(t, s.SaveGroup(s.Context(), mark, g), pos.CodeForbidden, "group.beyond-own")
		g.Caps[pos.RightLineDiscount] = 1000
		require.NoError(t, s.SaveGroup(s.Context(), mark, g))
	})
	t.Run("the trail tells which caps were set and lifted", func(t *testing.T) {
		s := capped(t)
		require.Equal(t, "line.discount=100000", s.Last(pos.EventGroupChanged).Detail["caps"])
		s.Cap(pos.GroupSeniorCashier, nil)
		require.Equal(t, "line.discount=", s.Last(pos.EventGroupChanged).Detail["caps"])
	})
	t.Run("a cap of a right that was taken goes with it", func(t *testing.T) {
		s := capped(t)
		require.NoError(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell},
			Caps: map[pos.Right]money.Amount{pos.RightLineDiscount: 500}}))
		groups, err := s.Groups(s.Context())
		require.NoError(t, err)
		require.Empty(t, groups[3].Caps)
	})
	t.Run("a group is deleted once nobody is in it", func(t *testing.T) {
		s, mark := manager(t)
		tilltest.Refused(t, s.DeleteGroup(s.Context(), s.Owner, mark.Group), pos.CodeConflict, "group.in-use")
		_, err := s.UpdateEmployee(s.Context(), s.Owner, mark.ID, "Марк", mark.Group, true, "")
		require.NoError(t, err)
		tilltest.Refused(t, s.DeleteGroup(s.Context(), s.Owner, mark.Group), pos.CodeConflict, "group.in-use")
		_, err = s.UpdateEmployee(s.Context(), s.Owner, mark.ID, "Марк", pos.GroupCashier, true, "")
		require.NoError(t, err)
		tilltest.Refused(t, s.DeleteGroup(s.Context(), s.Cashier, mark.Group), pos.CodeForbidden, "till.forbidden")
		require.NoError(t, s.DeleteGroup(s.Context(), s.Owner, mark.Group))
		tilltest.Refused(t, s.DeleteGroup(s.Context(), s.Owner, mark.Group), pos.CodeNotFound, "group.unknown")
		tilltest.Refused(t, s.DeleteGroup(s.Context(), s.Owner, pos.GroupCashier), pos.CodeConflict, "group.preset")
	})
}

func TestTill_InitShop(t *testing.T) {
	s := tilltest.Empty(t)
	require.NoError(t, s.InitShop(s.Context()))
	groups, err := s.Groups(s.Context())
	require.NoError(t, err)
	require.Len(t, groups, len(pos.PresetGroups()))

	owner, err := s.CreateOwner(s.Context(), "Ольга", "482915")
	require.NoError(t, err)
	require.NoError(t, s.SaveGroup(s.Context(), owner, pos.Group{ID: pos.GroupCashier, Name: "Кассиры", Rights: []pos.Right{pos.RightSell}}))
	require.NoError(t, s.InitShop(s.Context()), "again")
	groups, err = s.Groups(s.Context())
	require.NoError(t, err)
	require.Equal(t, "Кассиры", groups[3].Name, "what a shop changed stays")
}
