package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
)

func TestTill_CreateOwner(t *testing.T) {
	b := newBackroom(t)
	t.Run("refuses a PIN that is easily guessed", func(t *testing.T) {
		_, err := b.CreateOwner(b.ctx, "Ольга", "111111")
		refused(t, err, pos.CodeInvalid, "pin.obvious")
	})
	t.Run("refuses nobody", func(t *testing.T) {
		_, err := b.CreateOwner(b.ctx, "  ", "482915")
		refused(t, err, pos.CodeInvalid, "employee.name-empty")
	})
	t.Run("makes the first employee, who may do everything", func(t *testing.T) {
		owner, err := b.CreateOwner(b.ctx, " Ольга  Волкова ", "482915")
		require.NoError(t, err)
		require.Equal(t, "Ольга Волкова", owner.Name)
		require.ElementsMatch(t, pos.Rights, owner.Rights)
		again, err := b.Login(b.ctx, "482915")
		require.NoError(t, err)
		require.Equal(t, owner, again)
	})
	t.Run("makes only one", func(t *testing.T) {
		_, err := b.CreateOwner(b.ctx, "Пётр", "593026")
		refused(t, err, pos.CodeConflict, "owner.exists")
	})
	t.Run("keeps neither the PIN nor its bare hash", func(t *testing.T) {
		b.view(func(tx till.Tx) error {
			all, err := tx.Employees()
			require.Len(t, all, 1)
			require.Regexp(t, `^\$argon2id\$`, all[0].PINHash)
			require.Regexp(t, `^[0-9a-f]{2}$`, all[0].PINTag)
			return err
		})
		shown, err := b.Employees(b.ctx)
		require.NoError(t, err)
		require.Empty(t, shown[0].PINHash+shown[0].PINTag)
	})
}

func TestTill_Login(t *testing.T) {
	// wrong is a PIN nobody in any demo has: seven digits, they have six.
	const wrong = "4829150"

	t.Run("locks after five wrong PINs for fifteen minutes, through a restart", func(t *testing.T) {
		b := newDemo(t)
		right := b.demo.Employees[2].PIN
		for left := pos.PINTries - 1; left > 0; left-- {
			_, err := b.Login(b.ctx, wrong)
			e := refused(t, err, pos.CodeForbidden, "login.wrong")
			require.Equal(t, left, e.Args["Left"])
			b.restart()
		}
		_, err := b.Login(b.ctx, wrong)
		e := refused(t, err, pos.CodeWait, "login.locked")
		require.Equal(t, b.clock.Now().Add(pos.PINLock), e.Args["Until"].(time.Time).In(time.UTC))
		b.restart()

		_, err = b.Login(b.ctx, right)
		refused(t, err, pos.CodeWait, "login.locked")
		b.clock.Move(pos.PINLock - time.Millisecond)
		_, err = b.Login(b.ctx, right)
		refused(t, err, pos.CodeWait, "login.locked")
		b.clock.Move(time.Millisecond)
		who, err := b.Login(b.ctx, right)
		require.NoError(t, err)
		require.Equal(t, b.cashier, who)
		require.Equal(t, []pos.EventKind{pos.EventLoggedIn, pos.EventLoginLocked, pos.EventLoginRefused, pos.EventLoginRefused}, b.events()[:4])
	})
	t.Run("a right PIN forgets the wrong ones", func(t *testing.T) {
		b := newDemo(t)
		for range 3 {
			for range pos.PINTries - 1 {
				_, err := b.Login(b.ctx, wrong)
				refused(t, err, pos.CodeForbidden, "login.wrong")
			}
			_, err := b.Login(b.ctx, b.demo.Employees[0].PIN)
			require.NoError(t, err)
		}
	})
	t.Run("a lock that ended starts a new count", func(t *testing.T) {
		b := newDemo(t)
		for range pos.PINTries {
			_, _ = b.Login(b.ctx, wrong)
		}
		b.clock.Move(pos.PINLock)
		_, err := b.Login(b.ctx, wrong)
		e := refused(t, err, pos.CodeForbidden, "login.wrong")
		require.Equal(t, pos.PINTries-1, e.Args["Left"])
	})
	t.Run("a clock put back does not lock for years", func(t *testing.T) {
		b := newDemo(t)
		b.clock.Move(10 * 365 * 24 * time.Hour)
		for range pos.PINTries {
			_, _ = b.Login(b.ctx, wrong)
		}
		b.clock.Move(-10 * 365 * 24 * time.Hour)
		_, err := b.Login(b.ctx, b.demo.Employees[0].PIN)
		refused(t, err, pos.CodeWait, "login.locked")
		b.clock.Move(pos.PINLock)
		_, err = b.Login(b.ctx, b.demo.Employees[0].PIN)
		require.NoError(t, err)
	})
	t.Run("refuses somebody who left", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.UpdateEmployee(b.ctx, b.owner, b.cashier.ID, b.cashier.Name, b.cashier.Group, true, "")
		require.NoError(t, err)
		_, err = b.Login(b.ctx, b.demo.Employees[2].PIN)
		refused(t, err, pos.CodeForbidden, "login.wrong")
		_, err = b.OpenShift(b.ctx, b.cashier, 0)
		refused(t, err, pos.CodeForbidden, "till.not-logged-in")
	})
	t.Run("keeps no PIN in the trail", func(t *testing.T) {
		b := newDemo(t)
		_, _ = b.Login(b.ctx, wrong)
		b.view(func(tx till.Tx) error {
			return tx.EachEvent(0, func(e *pos.Event) error {
				for _, v := range e.Detail {
					require.NotContains(t, v, wrong)
					for _, who := range b.demo.Employees {
						require.NotContains(t, v, who.PIN)
					}
				}
				return nil
			})
		})
	})
}

func TestTill_Logout(t *testing.T) {
	b := newDemo(t)
	require.NoError(t, b.Logout(b.ctx, b.cashier))
	require.Equal(t, pos.EventLoggedOut, b.events()[0])
}

func TestTill_Employees(t *testing.T) {
	t.Run("a PIN belongs to one person, archived ones included", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.AddEmployee(b.ctx, b.owner, "Новый", pos.GroupCashier, b.demo.Employees[1].PIN)
		refused(t, err, pos.CodeConflict, "pin.taken")
		_, err = b.UpdateEmployee(b.ctx, b.owner, b.senior.ID, b.senior.Name, b.senior.Group, true, "")
		require.NoError(t, err)
		_, err = b.AddEmployee(b.ctx, b.owner, "Новый", pos.GroupCashier, b.demo.Employees[1].PIN)
		refused(t, err, pos.CodeConflict, "pin.taken")
	})
	t.Run("one may keep one's own PIN", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.UpdateEmployee(b.ctx, b.owner, b.cashier.ID, "Ирина", pos.GroupCashier, false, b.demo.Employees[2].PIN)
		require.NoError(t, err)
		who, err := b.Login(b.ctx, b.demo.Employees[2].PIN)
		require.NoError(t, err)
		require.Equal(t, "Ирина", who.Name)
	})
	t.Run("an old PIN ends with a new one", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.UpdateEmployee(b.ctx, b.owner, b.cashier.ID, "Ирина", pos.GroupCashier, false, "48291507")
		require.NoError(t, err)
		_, err = b.Login(b.ctx, b.demo.Employees[2].PIN)
		refused(t, err, pos.CodeForbidden, "login.wrong")
		_, err = b.Login(b.ctx, "48291507")
		require.NoError(t, err)
	})
	t.Run("the last owner stays", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.UpdateEmployee(b.ctx, b.owner, b.owner.ID, "Ольга", pos.GroupAdmin, false, "")
		refused(t, err, pos.CodeConflict, "employee.last-owner")
		_, err = b.UpdateEmployee(b.ctx, b.owner, b.owner.ID, "Ольга", pos.GroupOwner, true, "")
		refused(t, err, pos.CodeConflict, "employee.last-owner")
		_, err = b.AddEmployee(b.ctx, b.owner, "Пётр", pos.GroupOwner, "48291507")
		require.NoError(t, err)
		_, err = b.UpdateEmployee(b.ctx, b.owner, b.owner.ID, "Ольга", pos.GroupOwner, true, "")
		refused(t, err, pos.CodeConflict, "employee.self-archive")
		_, err = b.UpdateEmployee(b.ctx, b.owner, b.owner.ID, "Ольга", pos.GroupAdmin, false, "")
		require.NoError(t, err)
	})
	t.Run("a cashier manages nobody", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.AddEmployee(b.ctx, b.cashier, "Новый", pos.GroupCashier, "48291507")
		e := refused(t, err, pos.CodeForbidden, "till.forbidden")
		require.Equal(t, pos.RightEmployees, e.Args["Right"])
		require.Equal(t, pos.EventForbidden, b.events()[0])
	})
}

func TestTill_SaveGroup(t *testing.T) {
	// A shop gives its admin the right to manage people, not every right.
	withManager := func(t *testing.T) (*backroom, pos.Actor) {
		b := newDemo(t)
		require.NoError(t, b.SaveGroup(b.ctx, b.owner, pos.Group{Name: "Управляющие", Rights: []pos.Right{pos.RightEmployees, pos.RightSell}}))
		groups, err := b.Groups(b.ctx)
		require.NoError(t, err)
		_, err = b.AddEmployee(b.ctx, b.owner, "Управляющая", groups[len(groups)-1].ID, "48291507")
		require.NoError(t, err)
		manager, err := b.Login(b.ctx, "48291507")
		require.NoError(t, err)
		return b, manager
	}
	t.Run("one cannot grant rights one does not have", func(t *testing.T) {
		b, manager := withManager(t)
		own := pos.Group{ID: manager.Group, Name: "Управляющие", Rights: []pos.Right{pos.RightEmployees, pos.RightSell, pos.RightSkipCredit}}
		e := refused(t, b.SaveGroup(b.ctx, manager, own), pos.CodeForbidden, "group.beyond-own")
		require.Equal(t, pos.RightSkipCredit, e.Args["Right"])
		_, err := b.AddEmployee(b.ctx, manager, "Подруга", pos.GroupOwner, "59302618")
		refused(t, err, pos.CodeForbidden, "group.beyond-own")
		_, err = b.UpdateEmployee(b.ctx, manager, manager.ID, "Я", pos.GroupOwner, false, "")
		refused(t, err, pos.CodeForbidden, "group.beyond-own")
		_, err = b.UpdateEmployee(b.ctx, manager, b.owner.ID, "Ольга", pos.GroupOwner, false, "59302618")
		refused(t, err, pos.CodeForbidden, "group.beyond-own")
	})
	t.Run("the owner cannot be cut", func(t *testing.T) {
		b := newDemo(t)
		refused(t, b.SaveGroup(b.ctx, b.owner, pos.Group{ID: pos.GroupOwner, Rights: []pos.Right{pos.RightSell}}), pos.CodeConflict, "group.owner-cut")
	})
	t.Run("a right taken away ends at once", func(t *testing.T) {
		b := newDemo(t)
		require.NoError(t, b.SaveGroup(b.ctx, b.owner, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell}}))
		_, err := b.OpenShift(b.ctx, b.cashier, 0)
		refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	t.Run("two groups need two names", func(t *testing.T) {
		b, _ := withManager(t)
		refused(t, b.SaveGroup(b.ctx, b.owner, pos.Group{Name: " управляющие"}), pos.CodeConflict, "group.name-taken")
	})
	t.Run("an unknown group is not made by its id", func(t *testing.T) {
		b := newDemo(t)
		require.Equal(t, pos.CodeNotFound, pos.CodeOf(b.SaveGroup(b.ctx, b.owner, pos.Group{ID: "nowhere", Name: "x"})))
	})
	t.Run("the trail tells what was given and taken", func(t *testing.T) {
		b := newDemo(t)
		rights := append([]pos.Right{pos.RightCashOut}, b.cashier.Rights[1:]...)
		require.NoError(t, b.SaveGroup(b.ctx, b.owner, pos.Group{ID: pos.GroupCashier, Rights: rights}))
		b.view(func(tx till.Tx) error {
			list, err := tx.Events(string(pos.GroupCashier), 1)
			require.Equal(t, map[string]string{"given": "cash.out", "taken": "sell"}, list[0].Detail)
			return err
		})
	})
}

func TestTill_DemandAndNote(t *testing.T) {
	b := newDemo(t)
	require.NoError(t, b.Demand(b.ctx, b.owner, pos.RightSettings))
	e := refused(t, b.Demand(b.ctx, b.cashier, pos.RightSettings), pos.CodeForbidden, "till.forbidden")
	require.Equal(t, pos.RightSettings, e.Args["Right"])
	require.Equal(t, pos.EventForbidden, b.events()[0])
	require.NoError(t, b.Note(b.ctx, b.owner, pos.EventSettingsChanged, "sms", map[string]string{"provider": "smsru"}))
	require.Equal(t, pos.EventSettingsChanged, b.events()[0])
	b.healthy()
}
