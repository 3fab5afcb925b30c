package staff

// What becomes of the locks after wrong PINs and recovery codes where nothing
// proves that time has passed.

import (
	"time"

	"kassa/pos"
	"kassa/pos/recovery"
)

// moveLocks moves the locks in force along with a time that nothing proves: the
// computer was off, or somebody set its clock and it was believed. What was left
// of a lock is left of it still, so that no hand on a clock and no restart gives a
// further try.
func (o *Op) moveLocks(by time.Duration) error {
	before := o.Steady.Add(-by)
	g, err := o.LoginGuard()
	if err != nil {
		return err
	}
	if g.LockedUntil.After(before) {
		g.LockedUntil = before.Add(min(g.LockedUntil.Sub(before), pos.PINLock)).Add(by)
		if err := o.PutLoginGuard(g); err != nil {
			return err
		}
	}
	var r recovery.Guard
	if _, err := o.readMeta(metaRecoveryGuard, &r); err != nil || !r.LockedUntil.After(before) {
		return err
	}
	r.LockedUntil = before.Add(min(r.LockedUntil.Sub(before), recovery.Lock)).Add(by)
	return o.putMeta(metaRecoveryGuard, r)
}
