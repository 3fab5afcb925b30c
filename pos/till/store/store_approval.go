package store

import (
	"time"

	"kassa/pos"
)

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
	// DeleteGroup removes a group nobody is in; the caller has made sure.
	DeleteGroup(id pos.GroupID) error
}
