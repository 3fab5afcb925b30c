// Package backend is what stands behind tills: it takes what they tell, answers
// what they ask, and keeps what they share. Until a shop has a server it is
// carried in the till; the same packages serve several tills from one.
//
// Backend joins one room per family over one desk, as the till does.
package backend

import (
	"context"
	"time"

	"kassa/backend/feed"
	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
	"kassa/backend/manual"
	"kassa/backend/people"
	"kassa/backend/sales"
	"kassa/backend/tills"
)

// What the rooms speak of.
type (
	Till    = tills.Till
	Joining = tills.Joining
	Code    = tills.Code
	Case    = tills.Case
	Orders  = manual.Choice
	Page    = manual.Page

	RefundMove = manual.RefundMove
	Payable    = manual.Payable
	Way        = manual.Way
	Wish       = manual.Wish
	Standing   = manual.Standing

	Person  = people.Person
	Level   = people.Level
	Bounds  = people.Bounds
	Bound   = people.Bound
	Session = people.Session
	Signed  = people.Signed
	SignIn  = people.SignIn
	Day     = sales.Day
	Job     = jobs.Job

	JobFilter = jobs.Filter
	JobState  = jobs.State
	JobsMode  = jobs.Mode
)

// CodeLives is how long a till can be joined by a code.
const CodeLives = tills.CodeLives

// Params are what a backend stands on; see desk.Params.
type Params = desk.Params

// Sealer seals what is nobody's to read; see desk.Sealer.
type Sealer = desk.Sealer

// Backend is an open backend. It is safe for use by several goroutines.
type Backend struct {
	*tills.Tills
	*manual.Manual
	*people.People
	*sales.Sales
	*feed.Feed
	*jobs.Jobs
	desk *desk.Desk
}

// New joins the rooms. It panics when a required parameter is missing.
func New(p Params) *Backend {
	d := desk.New(p)
	j, f := jobs.New(d), feed.New(d)
	m := manual.New(d, j)
	d.Changed = func() {
		f.Noticed()
		if p.Changed != nil {
			p.Changed()
		}
	}
	return &Backend{Jobs: j, Tills: tills.New(d, m.Request, m.Heard), Manual: m, Feed: f, People: people.New(d), Sales: sales.New(d), desk: d}
}

// Carried reports that the backend is carried in a till.
func (b *Backend) Carried() bool { return b.desk.Carried }

// Ready asks whether the database answers.
func (b *Backend) Ready(ctx context.Context) error { return b.desk.Store.Ready(ctx) }

// Now is the backend's time.
func (b *Backend) Now() time.Time { return b.desk.Now() }
