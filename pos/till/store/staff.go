package store

import (
	"time"

	"kassa/pos"
)

// People are the employees and their groups.
type People interface {
	Employee(id pos.EmployeeID) (*pos.Employee, error)
	Employees() ([]pos.Employee, error) // by name, archived last
	EmployeesByPINTag(tag string) ([]pos.Employee, error)
	PutEmployee(e *pos.Employee) error
	Group(id pos.GroupID) (*pos.Group, error)
	Groups() ([]pos.Group, error) // presets in their order, then by name
	PutGroup(g *pos.Group) error
	// DeleteGroup removes a group nobody is in; the caller has made sure.
	DeleteGroup(id pos.GroupID) error
	LoginGuard() (pos.LoginGuard, error)
	PutLoginGuard(g pos.LoginGuard) error
}

// Approvals are what one employee allowed another to do once.
type Approvals interface {
	Approval(id pos.ApprovalID) (*pos.Approval, error)
	// PutApproval inserts a new one; what was granted is never edited.
	PutApproval(a *pos.Approval) error
	// UseApproval marks an approval as used. It reports false when it was not
	// there or used before: the caller rolls back.
	UseApproval(id pos.ApprovalID, at time.Time, usedFor string) (bool, error)
	Approvals(from, to time.Time) ([]pos.Approval, error) // by when granted, oldest first
	EachApproval(fn func(*pos.Approval) error) error      // oldest first
}
