package desk

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"
)

// TrySpan is how long tries are counted together. All have the same: what ended is
// swept at once.
const TrySpan = 15 * time.Minute

// Tries are how often something may be tried within TrySpan.
type Tries struct {
	Key  string
	Most int64
}

// ofNetwork is how many times what one address may is allowed to the network of IPv6
// it belongs to.
const ofNetwork = 3

// From are the tries of whoever asks from an address: its own, and those of its
// network where it is one of IPv6. One person has all of a /64, which counts as one
// address; a home or a firm is given up to a /48, which is 65,536 of them.
func From(key, address string, most int64) []Tries {
	bare, _, _ := strings.Cut(address, "/")
	a, err := netip.ParseAddr(bare)
	if err != nil || !a.Unmap().Is6() {
		if err == nil {
			address = a.Unmap().String()
		}
		return []Tries{{Key: key + address, Most: most}}
	}
	within := func(bits int) string { return netip.PrefixFrom(a.WithZone(""), bits).Masked().String() }
	return []Tries{{Key: key + within(64), Most: most}, {Key: key + within(48), Most: ofNetwork * most}}
}

// Try counts a try under each key before it is made, so that those made at once do
// not pass together; under those after one that is refused it does not. until is when
// to try again, zero for now.
func (d *Desk) Try(ctx context.Context, all ...Tries) (until time.Time, err error) {
	begun := false
	err = d.Change(ctx, func(o *Op) error {
		until = time.Time{}
		for _, t := range all {
			n, since, err := o.CountTry(t.Key, o.At, o.At.Add(-TrySpan))
			if err != nil {
				return err
			}
			if n > t.Most {
				until = since.Add(TrySpan)
				return nil
			}
			begun = begun || n == 1
		}
		return nil
	})
	if begun { // what ended is swept as often as something begins, apart, so that nobody waits for it
		err = errors.Join(err, d.Change(ctx, func(o *Op) error { return o.Sweep(o.At, o.At.Add(-TrySpan)) }))
	}
	return until, err
}
