package staff

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
)

// CreateOwner makes the first employee, or another owner where no PIN is left
// because the secret behind them was lost. CodeConflict when somebody has one.
func (t *Till) CreateOwner(ctx context.Context, name, pin string) (pos.Actor, error) {
	var owner pos.Actor
	err := t.desk.Change(ctx, pos.Actor{}, "", func(o *Op) error {
		staffed, err := o.Staffed()
		if err != nil {
			return err
		}
		if staffed {
			return pos.E(pos.CodeConflict, "owner.exists", nil)
		}
		// A shop that was never initialised has no groups yet.
		if err := o.InitShop(); err != nil {
			return err
		}
		e, err := o.Hire(name, pos.GroupOwner, pin)
		if err != nil {
			return err
		}
		owner, err = o.ActorOf(e)
		if err != nil {
			return err
		}
		o.Actor = owner
		return o.Note(pos.EventEmployeeChanged, string(e.ID), map[string]string{"added": "1", "group": string(e.Group)})
	})
	return owner, err
}

// Login finds the employee by PIN. CodeForbidden for a wrong one with Args
// "Left" tries, CodeWait with Args "Until" while the till is locked, CodeConflict
// "login.pins-taken" where all PINs were taken out of the file past the till,
// CodeUnavailable "login.nobody" where no PIN can be right.
//
// A refusal changes the stored guard, so it is kept while the caller gets an
// error: the operation itself succeeds and remembers what to answer.
func (t *Till) Login(ctx context.Context, pin string) (pos.Actor, error) {
	if t.desk.Keyless {
		return pos.Actor{}, pos.E(pos.CodeUnavailable, "login.no-keys", nil)
	}
	var who pos.Actor
	var refused error
	err := t.desk.Change(ctx, pos.Actor{}, "", func(o *Op) error {
		who, refused = pos.Actor{}, nil
		guard, err := o.guard()
		if err != nil {
			return err
		}
		if !guard.LockedUntil.IsZero() {
			refused = pos.E(pos.CodeWait, "login.locked", pos.Args{"Until": o.Shown(guard.LockedUntil)})
			return nil
		}
		e, err := o.employeeByPIN(strings.TrimSpace(pin))
		if err != nil {
			return err
		}
		if e == nil {
			if taken, err := o.pinsTaken(); err != nil {
				return err
			} else if taken {
				refused = pos.E(pos.CodeConflict, "login.pins-taken", nil)
				return nil
			}
			refused, err = o.noSuchPIN(guard)
			return err
		}
		if who, err = o.ActorOf(e); err != nil {
			return err
		}
		o.Actor = who
		if err := o.ProveKeys(); err != nil {
			return err
		}
		if guard != (pos.LoginGuard{}) {
			if err := o.PutLoginGuard(pos.LoginGuard{}); err != nil {
				return err
			}
		}
		return o.Note(pos.EventLoggedIn, string(who.ID), nil)
	})
	if err == nil {
		err = refused
	}
	return who, err
}

// Logout notes that the employee left.
func (t *Till) Logout(ctx context.Context, a pos.Actor) error {
	return t.desk.Change(ctx, a, "", func(o *Op) error {
		return o.Note(pos.EventLoggedOut, string(a.ID), nil)
	})
}

// guard reads the stored counter. A lock that ended starts a new count. A lock
// further away than a lock can last comes from a clock that was put back; it is
// cut to its full length, so that a wrong clock cannot shut the shop for years.
func (o *Op) guard() (pos.LoginGuard, error) {
	g, err := o.LoginGuard()
	if err != nil {
		return g, err
	}
	switch {
	case g.LockedUntil.IsZero():
	case !g.LockedUntil.After(o.Steady):
		g = pos.LoginGuard{}
	case g.LockedUntil.Sub(o.Steady) > pos.PINLock:
		g.LockedUntil = o.Steady.Add(pos.PINLock)
		err = o.PutLoginGuard(g)
	}
	return g, err
}

// noSuchPIN is what to tell of a PIN that nobody has: that it is wrong, unless
// nobody has any, as after a restored copy whose keys are lost.
func (o *Op) noSuchPIN(g pos.LoginGuard) (refused, err error) {
	if staffed, err := o.Staffed(); err != nil || !staffed {
		return pos.E(pos.CodeUnavailable, "login.nobody", nil), err
	}
	return o.wrongPIN(g)
}

// wrongPIN counts a wrong entry and locks the till at the last one. It returns
// what to tell the person.
func (o *Op) wrongPIN(g pos.LoginGuard) (refused, err error) {
	g.Wrong++
	kind := pos.EventLoginRefused
	if g.Wrong >= pos.PINTries {
		// Whole milliseconds, as it is stored: what is told now and after a
		// restart is the same.
		g.LockedUntil = o.Steady.Add(pos.PINLock).Truncate(time.Millisecond)
		kind = pos.EventLoginLocked
		refused = pos.E(pos.CodeWait, "login.locked", pos.Args{"Until": o.Shown(g.LockedUntil)})
	} else {
		refused = pos.E(pos.CodeForbidden, "login.wrong", pos.Args{"Left": pos.PINTries - g.Wrong})
	}
	if err := o.PutLoginGuard(g); err != nil {
		return nil, err
	}
	return refused, o.Note(kind, "", map[string]string{"wrong": strconv.Itoa(g.Wrong)})
}

// ActorOf is the employee as logged in, with the group's rights of now.
func (o *Op) ActorOf(e *pos.Employee) (pos.Actor, error) {
	g, err := o.Group(e.Group)
	if err != nil {
		return pos.Actor{}, err
	}
	if err := g.Guard(); err != nil {
		return pos.Actor{}, err
	}
	return pos.Actor{ID: e.ID, Name: e.Name, Group: g.ID, Rights: g.Rights}, nil
}
