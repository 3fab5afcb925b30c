package storagetest

import (
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// approval is a usual one: approvals are kept and used once, caps are kept.
func approval(id string, at time.Time) *pos.Approval {
	return &pos.Approval{ID: pos.ApprovalID(id), Right: pos.RightLineDiscount, Sum: 1190, Subject: "cheque", AskedBy: "e1", GrantedBy: "e2",
		Reason: "помята упаковка", At: at, Expires: at.Add(pos.ApprovalLife)}
}

func keepsApprovals(t *testing.T, f *fixture) {
	a, b := approval("a", noon), approval("b", noon.Add(time.Hour))
	f.update(func(x store.Tx) error { return puts(x.PutApproval, *b, *a) })
	reads(f, "Approval", a, func(x store.Tx) (*pos.Approval, error) { return x.Approval("a") })
	reads(f, "Approvals", []pos.Approval{*a, *b}, func(x store.Tx) ([]pos.Approval, error) {
		return x.Approvals(noon, noon.Add(2*time.Hour))
	})
	reads(f, "Approvals up to", []pos.Approval{*a}, func(x store.Tx) ([]pos.Approval, error) {
		return x.Approvals(noon, noon.Add(time.Hour))
	})
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutApproval(a) })
	f.view(func(x store.Tx) error {
		_, err := x.Approval("none")
		same(f, "unknown", pos.CodeOf(err), pos.CodeNotFound)
		all, err := walk(x.EachApproval)
		same(f, "EachApproval", all, []pos.Approval{*b, *a})
		return err
	})
}

func usesAnApprovalOnce(t *testing.T, f *fixture) {
	a := approval("a", noon)
	use := func(id pos.ApprovalID, at time.Time) (used bool) {
		f.update(func(x store.Tx) (err error) {
			used, err = x.UseApproval(id, at, "move")
			return err
		})
		return used
	}
	f.update(func(x store.Tx) error { return x.PutApproval(a) })
	err := f.store.Update(t.Context(), func(x store.Tx) error {
		_, err := x.UseApproval("a", noon, "move")
		return errors.Join(err, errUndo)
	})
	same(f, "undone", errors.Is(err, errUndo), true)
	same(f, "the first time", use("a", noon.Add(time.Second)), true)
	same(f, "the second time", use("a", noon.Add(time.Minute)), false)
	same(f, "one there is not", use("b", noon), false)
	a.UsedAt, a.UsedFor = noon.Add(time.Second), "move"
	reads(f, "used", a, func(x store.Tx) (*pos.Approval, error) { return x.Approval("a") })
}

func keepsCaps(t *testing.T, f *fixture) {
	g := pos.Group{ID: "own", Name: "Стажёры", Rights: []pos.Right{pos.RightSell, pos.RightLineDiscount, pos.RightCashOut},
		Caps: map[pos.Right]money.Amount{pos.RightLineDiscount: 0, pos.RightCashOut: money.MaxAmount}}
	f.update(func(x store.Tx) error { return x.PutGroup(&g) })
	reads(f, "Group", &g, func(x store.Tx) (*pos.Group, error) { return x.Group("own") })
	reads(f, "Groups", []pos.Group{g}, func(x store.Tx) ([]pos.Group, error) { return x.Groups() })
	g.Caps = nil
	f.update(func(x store.Tx) error { return x.PutGroup(&g) })
	reads(f, "without caps", &g, func(x store.Tx) (*pos.Group, error) { return x.Group("own") })

	f.update(func(x store.Tx) error {
		return x.PutEmployee(&pos.Employee{ID: "e", Name: "Е", Group: "own", Archived: true})
	})
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.DeleteGroup("own") })
	f.update(func(x store.Tx) error {
		return x.PutEmployee(&pos.Employee{ID: "e", Name: "Е", Group: pos.GroupCashier})
	})
	f.update(func(x store.Tx) error { return x.DeleteGroup("own") })
	f.view(func(x store.Tx) error {
		_, err := x.Group("own")
		same(f, "deleted", pos.CodeOf(err), pos.CodeNotFound)
		return nil
	})
}
