package local

import (
	"database/sql"
	"time"

	"kassa/pos"
)

// How approvals are kept.
const (
	approvalColumns = `id, right, sum, subject, asked_by, granted_by, reason, at, expires, used_at, used_for, seal`
	sqlApproval     = `SELECT ` + approvalColumns + ` FROM approvals WHERE id = ?`
	sqlPutApproval  = `INSERT INTO approvals (` + approvalColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`
	sqlUseApproval  = `UPDATE approvals SET used_at = ?, used_for = ? WHERE id = ? AND used_at IS NULL`
	sqlApprovals    = `SELECT ` + approvalColumns + ` FROM approvals WHERE at >= ? AND at < ? ORDER BY at, n`
	sqlEachApproval = `SELECT ` + approvalColumns + ` FROM approvals ORDER BY n`
)

func approvalDest(a *pos.Approval, mark *[]byte) []any {
	return []any{&a.ID, &a.Right, &a.Sum, &a.Subject, &a.AskedBy, &a.GrantedBy, &a.Reason, at(&a.At), at(&a.Expires), at(&a.UsedAt), &a.UsedFor, mark}
}

// approvalSealed is what an approval's seal covers: what was granted. It is asked
// when the approval is used; afterwards the audit trail tells of it.
func approvalSealed(a *pos.Approval) []any {
	return []any{string(a.Right), int64(a.Sum), a.Subject, string(a.AskedBy), string(a.GrantedBy), a.Reason, ms(a.At), ms(a.Expires)}
}

func (x *tx) Approval(id pos.ApprovalID) (*pos.Approval, error) {
	a := &pos.Approval{}
	var mark []byte
	ok, err := x.Row(sqlApproval, []any{string(id)}, approvalDest(a, &mark)...)
	if err := found(ok, err, "approval.unknown"); err != nil {
		return nil, err
	}
	a.Seal = x.read(mark, pos.SealApproval, string(id), approvalSealed(a)...)
	return a, nil
}

func (x *tx) PutApproval(a *pos.Approval) error {
	_, err := x.Exec(sqlPutApproval, string(a.ID), string(a.Right), int64(a.Sum), a.Subject, string(a.AskedBy), string(a.GrantedBy),
		a.Reason, ms(a.At), ms(a.Expires), ms(a.UsedAt), a.UsedFor, x.mark(nil, pos.SealApproval, string(a.ID), approvalSealed(a)...))
	return err
}

func (x *tx) UseApproval(id pos.ApprovalID, at time.Time, usedFor string) (bool, error) {
	n, err := x.Exec(sqlUseApproval, ms(at), usedFor, string(id))
	return n == 1, err
}

func (x *tx) eachApproval(text string, args []any, fn func(*pos.Approval) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		a := &pos.Approval{}
		var mark []byte
		if err := r.Scan(approvalDest(a, &mark)...); err != nil {
			return err
		}
		return fn(a)
	})
}

func (x *tx) Approvals(from, to time.Time) (out []pos.Approval, err error) {
	err = x.eachApproval(sqlApprovals, []any{from.UnixMilli(), to.UnixMilli()}, func(a *pos.Approval) error {
		out = append(out, *a)
		return nil
	})
	return out, err
}

func (x *tx) EachApproval(fn func(*pos.Approval) error) error {
	return x.eachApproval(sqlEachApproval, nil, fn)
}
