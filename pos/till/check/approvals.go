package check

import (
	"strings"

	"kassa/pos"
)

// approval is what the audit trail tells of one.
type approval struct {
	granted string // digest of what was granted, "" untold
	used    string // digest of its use, "" while unused
	uses    int
	acted   bool // something that happened names it
}

// hearApproval remembers what was approved and what came of it.
func (w *walk) hearApproval(e *pos.Event) {
	id := pos.ApprovalID(e.Subject)
	switch e.Kind {
	case pos.EventApprovalGranted:
		a := w.approved[id]
		a.granted = e.Detail["digest"]
		w.approved[id] = a
	case pos.EventApprovalUsed:
		a := w.approved[id]
		a.used, a.uses = e.Detail["use"], a.uses+1
		w.approved[id] = a
	default:
		for _, named := range strings.Fields(e.Detail[pos.DetailApproval]) {
			a := w.approved[pos.ApprovalID(named)]
			a.acted = true
			w.approved[pos.ApprovalID(named)] = a
		}
	}
}

// approvals is I12 for what employees approved of one another: each is stored
// as the audit trail tells it, was used once at most and while it held, and
// whatever names an approval had one.
func (w *walk) approvals() error {
	err := w.EachApproval(func(a *pos.Approval) error {
		told, known := w.approved[a.ID]
		delete(w.approved, a.ID)
		switch {
		case !known || told.granted != a.Digest() || a.AskedBy == a.GrantedBy:
			w.broken("I12", "check.approval-changed", pos.Args{"Approval": string(a.ID)})
		case a.Used() != (told.uses == 1) || told.uses > 1 || (a.Used() && told.used != a.UseDigest()):
			w.broken("I12", "check.approval-use", pos.Args{"Approval": string(a.ID)})
		case a.Used() && !a.Fresh(a.UsedAt), told.acted && !a.Used():
			w.broken("I12", "check.approval-late", pos.Args{"Approval": string(a.ID)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id := range w.approved {
		w.broken("I12", "check.approval-missing", pos.Args{"Approval": string(id)})
	}
	return nil
}
