// Package login lets an employee in: by PIN at the lock screen, and once, on
// the very first start, by making the owner.
package login

import (
	"errors"
	"time"

	"kassa/pos"
)

// DemoPIN is a line of the login screen of a demo shop.
type DemoPIN struct{ Name, Group, PIN string }

// owner checks what the first start asks before the till is bothered: the
// wizard names the field that is wrong.
func owner(name, pin, again string) (field int, err error) {
	switch {
	case name == "":
		return 0, pos.E(pos.CodeInvalid, "login.name-empty", nil)
	case pos.CheckPIN(pin) != nil:
		return 1, pos.CheckPIN(pin)
	case pin != again:
		return 2, pos.E(pos.CodeInvalid, "login.pin-differs", nil)
	}
	return 0, nil
}

// lockedUntil tells until when a refusal of the login holds, zero when it may
// be tried again at once.
func lockedUntil(err error) time.Time {
	var e *pos.Error
	if errors.As(err, &e) && e.Code == pos.CodeWait {
		until, _ := e.Args["Until"].(time.Time)
		return until
	}
	return time.Time{}
}
