// Package login lets an employee in by PIN, at the lock screen.
package login

import (
	"errors"
	"time"

	"kassa/pos"
)

// DemoPIN is a line of the login screen of a demo shop.
type DemoPIN struct{ Name, Group, PIN string }

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
