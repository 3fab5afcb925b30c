package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"github.com/alexedwards/argon2id"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/recovery"
)

// Where the recovery code and the count of wrong ones are kept in the meta, and
// under what subject the trail tells of them.
const (
	metaRecovery      = "recovery.code"
	metaRecoveryGuard = "recovery.guard"
	recoverySubject   = "recovery"
)

// NewRecovery draws the owner's recovery code and keeps a slow hash of it; the
// code before is void. This is the only time it is told. It needs every right the
// owner has, since it is a way to them (CodeForbidden).
func (t *Till) NewRecovery(ctx context.Context, a pos.Actor) (hidden.Text, error) {
	code, err := recovery.New()
	if err != nil {
		return hidden.Text{}, err
	}
	hash, err := argon2id.CreateHash(code.Reveal(), t.slowParams())
	if err != nil {
		return hidden.Text{}, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	err = t.desk.Change(ctx, a, pos.RightEmployees, func(o *Op) error {
		if err := o.mayGrant(pos.GroupOwner); err != nil {
			return err
		}
		if err := o.putMeta(metaRecovery, recovery.Made{Hash: hash, At: o.At, For: a.ID}); err != nil {
			return err
		}
		if err := o.PutMeta(metaRecoveryGuard, ""); err != nil {
			return err
		}
		return o.Note(pos.EventRecoveryMade, recoverySubject, map[string]string{"mark": recoveryMark(hash)})
	})
	if err != nil {
		return hidden.Text{}, err
	}
	return code, nil
}

// RecoveryMade tells when the recovery code was made, zero for none.
func (t *Till) RecoveryMade(ctx context.Context) (at time.Time, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		var m recovery.Made
		_, err := o.readMeta(metaRecovery, &m)
		at = m.At
		return err
	})
	return at, err
}

// CheckRecovery tells whether a typed code is the shop's, and whom it lets in. A
// wrong one is counted: CodeForbidden "recovery.wrong" with Args "Left" tries,
// CodeWait "recovery.locked" with Args "Until". CodeNotFound "recovery.none" where
// there is no code, CodeInvalid for what cannot be one.
func (t *Till) CheckRecovery(ctx context.Context, typed hidden.Text) (owner string, err error) {
	code, err := recovery.Parse(typed)
	if err != nil {
		return "", err
	}
	err = t.desk.ChangeOrRefuse(ctx, pos.Actor{}, "", func(o *Op) (refused, err error) {
		e, refused, err := o.recovering(code)
		if e != nil {
			owner = e.Name
		}
		return refused, err
	})
	return owner, err
}

// Recover lets the owner in by the recovery code and puts the till's secret
// behind everything: all PINs and codes under way are void, the owner has the new
// PIN, the others get theirs from him, and the code itself is used up. Refusals are those of CheckRecovery and of
// a PIN that cannot be one.
func (t *Till) Recover(ctx context.Context, typed hidden.Text, pin string) (pos.Actor, error) {
	code, err := recovery.Parse(typed)
	if err != nil {
		return pos.Actor{}, err
	}
	if err := pos.CheckPIN(pin); err != nil {
		return pos.Actor{}, err
	}
	var who pos.Actor
	err = t.desk.ChangeOrRefuse(ctx, pos.Actor{}, "", func(o *Op) (refused, err error) {
		who = pos.Actor{}
		e, refused, err := o.recovering(code)
		if refused != nil || err != nil {
			return refused, err
		}
		// The keys first: what stands under the old ones can be relied on no more.
		o.Actor = pos.Actor{ID: e.ID, Name: e.Name, Group: e.Group}
		if err := o.NewKeys(); err != nil {
			return nil, err
		}
		if e, err = o.Employee(e.ID); err != nil { // as NewKeys left it
			return nil, err
		}
		if who, err = o.ActorOf(e); err != nil {
			return nil, err
		}
		o.Actor = who
		if err := o.setPIN(e, pin); err != nil {
			return nil, err
		}
		if err := o.PutEmployee(e); err != nil {
			return nil, err
		}
		if err := o.PutLoginGuard(pos.LoginGuard{}); err != nil {
			return nil, err
		}
		if err := o.PutMeta(metaRecovery, ""); err != nil { // it was typed where others may have looked on
			return nil, err
		}
		return nil, o.Note(pos.EventRecovered, recoverySubject, map[string]string{"owner": string(e.ID)})
	})
	return who, err
}

// recovering is the owner a code lets in, or why it does not.
func (o *Op) recovering(code hidden.Text) (owner *pos.Employee, refused, err error) {
	var m recovery.Made
	switch there, err := o.readMeta(metaRecovery, &m); {
	case err != nil:
		return nil, nil, err
	case !there:
		return nil, pos.E(pos.CodeNotFound, "recovery.none", nil), nil
	}
	// The trail is chained: a code that was put into the file past the till is not
	// in it.
	if told, err := o.recoveryTold(m.Hash); err != nil || !told {
		return nil, pos.E(pos.CodeConflict, "recovery.spoilt", nil), err
	}
	var g recovery.Guard
	if _, err := o.readMeta(metaRecoveryGuard, &g); err != nil {
		return nil, nil, err
	}
	switch {
	case g.LockedUntil.IsZero():
	case !g.LockedUntil.After(o.Steady):
		g = recovery.Guard{}
	default:
		return nil, pos.E(pos.CodeWait, "recovery.locked", pos.Args{"Until": o.Shown(g.LockedUntil)}), nil
	}
	match, err := argon2id.ComparePasswordAndHash(code.Reveal(), m.Hash)
	if err != nil {
		return nil, nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	if !match {
		refused, err = o.wrongRecovery(g)
		return nil, refused, err
	}
	if err := o.PutMeta(metaRecoveryGuard, ""); err != nil {
		return nil, nil, err
	}
	owner, err = o.ownerFor(m.For)
	return owner, nil, err
}

// wrongRecovery counts a wrong code and locks at the last one.
func (o *Op) wrongRecovery(g recovery.Guard) (refused, err error) {
	g.Wrong++
	refused = pos.E(pos.CodeForbidden, "recovery.wrong", pos.Args{"Left": recovery.Tries - g.Wrong})
	if g.Wrong >= recovery.Tries {
		g.LockedUntil = o.Steady.Add(recovery.Lock).Truncate(time.Millisecond)
		refused = pos.E(pos.CodeWait, "recovery.locked", pos.Args{"Until": o.Shown(g.LockedUntil)})
	}
	if err := o.putMeta(metaRecoveryGuard, g); err != nil {
		return nil, err
	}
	return refused, o.Note(pos.EventRecoveryRefused, recoverySubject, map[string]string{"wrong": strconv.Itoa(g.Wrong)})
}

// ownerFor is the owner a code was made for, or another one where that one does
// not work here any more.
func (o *Op) ownerFor(id pos.EmployeeID) (*pos.Employee, error) {
	people, err := o.Tx.Employees()
	if err != nil {
		return nil, err
	}
	var other *pos.Employee
	for i := range people {
		switch e := &people[i]; {
		case e.Archived || e.Group != pos.GroupOwner:
		case e.ID == id:
			return e, nil
		case other == nil:
			other = e
		}
	}
	if other == nil {
		return nil, pos.E(pos.CodeNotFound, "employee.unknown", nil)
	}
	return other, nil
}

// recoveryTold reports whether the code that is kept is the one the trail tells
// of last.
func (o *Op) recoveryTold(hash string) (bool, error) {
	events, err := o.Tx.Events(recoverySubject, 1000)
	for _, e := range events {
		if e.Kind == pos.EventRecoveryMade {
			return e.Detail["mark"] == recoveryMark(hash), err
		}
	}
	return false, err
}

func recoveryMark(hash string) string {
	sum := sha256.Sum256([]byte(hash))
	return hex.EncodeToString(sum[:8])
}

// voidPINs takes everybody's PIN away: under another secret none would be right.
func (o *Op) voidPINs() error {
	people, err := o.Tx.Employees()
	if err != nil {
		return err
	}
	for i := range people {
		if e := &people[i]; e.PINHash != "" {
			e.PINHash, e.PINTag = "", ""
			if err := o.PutEmployee(e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *Op) putMeta(key string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return o.PutMeta(key, string(text))
}

func (o *Op) readMeta(key string, v any) (there bool, err error) {
	text, err := o.Meta(key)
	if err != nil || text == "" {
		return false, err
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return false, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return true, nil
}
