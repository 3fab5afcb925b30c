package staff

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"sync"

	"github.com/alexedwards/argon2id"

	"kassa/pos"
)

// A PIN is stored as a slow hash of an HMAC under the till's pepper: six digits
// alone are guessed in minutes by whoever has the database, and the pepper is
// not in it. The first byte of the same HMAC is kept beside it as a tag, so that
// a login runs the slow hash on one employee in 256 and not on everybody.

func (t *Till) pinSecret(pin string) (secret, tag string) {
	mac := hmac.New(sha256.New, t.desk.Pepper)
	mac.Write([]byte(pin))
	secret = hex.EncodeToString(mac.Sum(nil))
	return secret, secret[:2]
}

func (t *Till) slowParams() *argon2id.Params {
	return &argon2id.Params{
		Memory: t.desk.HashCost.MemoryKiB, Iterations: t.desk.HashCost.Passes,
		Parallelism: 1, SaltLength: 16, KeyLength: 32,
	}
}

// hashPIN makes what is stored of a PIN.
func (t *Till) hashPIN(pin string) (hash, tag string, err error) {
	secret, tag := t.pinSecret(pin)
	hash, err = argon2id.CreateHash(secret, t.slowParams())
	if err != nil {
		return "", "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return hash, tag, nil
}

// employeeByPIN returns the employee with that PIN who works here, or nil;
// CodeConflict for one who was changed past the till. A
// PIN whose tag nobody has costs one slow hash too, so that the time of the
// answer does not tell whether the tag exists.
func (o *Op) employeeByPIN(pin string) (*pos.Employee, error) {
	secret, tag := o.t.pinSecret(pin)
	candidates, err := o.EmployeesByPINTag(tag)
	if err != nil {
		return nil, err
	}
	var found *pos.Employee
	for i := range candidates {
		match, err := argon2id.ComparePasswordAndHash(secret, candidates[i].PINHash)
		if err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", fmt.Errorf("PIN hash of employee %s: %w", candidates[i].ID, err))
		}
		if match && !candidates[i].Archived {
			found = &candidates[i]
		}
	}
	if found != nil {
		if err := found.Seal.Guard(pos.SealEmployee, found.Name); err != nil {
			return nil, err
		}
	}
	if len(candidates) == 0 {
		if _, err := argon2id.ComparePasswordAndHash(secret, o.t.dummyHash()); err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
	}
	return found, nil
}

// pinTaken reports whether anybody but the given employee has the PIN. Archived
// employees keep theirs, so that they can come back.
func (o *Op) pinTaken(pin string, but pos.EmployeeID) (bool, error) {
	secret, tag := o.t.pinSecret(pin)
	candidates, err := o.EmployeesByPINTag(tag)
	if err != nil {
		return false, err
	}
	for i := range candidates {
		if candidates[i].ID == but {
			continue
		}
		match, err := argon2id.ComparePasswordAndHash(secret, candidates[i].PINHash)
		if err != nil {
			return false, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		if match {
			return true, nil
		}
	}
	return false, nil
}

// dummies keeps one hash of nothing in particular per cost: what a PIN that
// belongs to nobody is compared with.
var dummies sync.Map // HashCost → string

func (t *Till) dummyHash() string {
	if h, ok := dummies.Load(t.desk.HashCost); ok {
		return h.(string)
	}
	h, err := argon2id.CreateHash("nobody", t.slowParams())
	if err != nil {
		panic(err) // the system has no randomness left: nothing can go on safely
	}
	dummies.Store(t.desk.HashCost, h)
	return h
}

// NewPIN draws a PIN that CheckPIN accepts, uniformly.
func NewPIN() (string, error) {
	for {
		n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
		if err != nil {
			return "", pos.Wrap(pos.CodeUnavailable, "till.internal", err)
		}
		if pin := fmt.Sprintf("%06d", n); pos.CheckPIN(pin) == nil {
			return pin, nil
		}
	}
}
