package local

import (
	"database/sql"
	"encoding/json"
	"strings"

	"kassa/pos"
)

// How the print jobs are kept.
const (
	printColumns = `id, kind, doc, title, lines, qr, copies, state, cause, detail, tries, employee, at`
	sqlPutPrint  = `INSERT INTO prints (` + printColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET copies = excluded.copies, state = excluded.state, cause = excluded.cause,
		detail = excluded.detail, tries = excluded.tries`
	sqlPrint        = `SELECT ` + printColumns + ` FROM prints WHERE id = ?`
	sqlPrints       = `SELECT ` + printColumns + ` FROM prints ORDER BY n DESC LIMIT ?`
	sqlPrintsOpen   = `SELECT ` + printColumns + ` FROM prints WHERE state IN ('failed', 'unknown') ORDER BY n DESC LIMIT ?`
	sqlPrintsGoing  = `SELECT ` + printColumns + ` FROM prints WHERE state IN ('waiting', 'printing') ORDER BY n`
	sqlCountPrints  = `SELECT count(*) FROM prints WHERE state IN ('failed', 'unknown')`
	sqlForgetPrints = `DELETE FROM prints WHERE state IN ('done', 'withdrawn') AND n <= (SELECT n FROM prints
		WHERE state IN ('done', 'withdrawn') ORDER BY n DESC LIMIT 1 OFFSET ?)`
)

func (x *tx) PutPrint(j *pos.PrintJob) error {
	detail, err := json.Marshal(j.Detail)
	if err != nil {
		return err
	}
	_, err = x.Exec(sqlPutPrint, string(j.ID), string(j.Kind), j.Doc, j.Title, strings.Join(j.Lines, "\n"), j.QR, j.Copies,
		string(j.State), j.Cause, string(detail), j.Tries, string(j.Employee), ms(j.At))
	return err
}

// scannedPrint is a row on its way to a job.
type scannedPrint struct {
	pos.PrintJob
	lines, detail string
}

func (p *scannedPrint) dest() []any {
	return []any{&p.ID, &p.Kind, &p.Doc, &p.Title, &p.lines, &p.QR, &p.Copies, &p.State, &p.Cause, &p.detail, &p.Tries, &p.Employee, at(&p.At)}
}

func (p *scannedPrint) job() (*pos.PrintJob, error) {
	p.Lines = strings.Split(p.lines, "\n")
	return &p.PrintJob, json.Unmarshal([]byte(p.detail), &p.Detail)
}

func (x *tx) Print(id pos.PrintID) (*pos.PrintJob, error) {
	var p scannedPrint
	ok, err := x.Row(sqlPrint, []any{string(id)}, p.dest()...)
	if err := found(ok, err, "print.missing"); err != nil {
		return nil, err
	}
	return p.job()
}

func (x *tx) somePrints(text string, args ...any) (out []pos.PrintJob, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var p scannedPrint
		if err := r.Scan(p.dest()...); err != nil {
			return err
		}
		j, err := p.job()
		out = append(out, *j)
		return err
	})
	return out, err
}

func (x *tx) Prints(openOnly bool, limit int) ([]pos.PrintJob, error) {
	if openOnly {
		return x.somePrints(sqlPrintsOpen, limit)
	}
	return x.somePrints(sqlPrints, limit)
}

func (x *tx) PrintsUnderWay() ([]pos.PrintJob, error) { return x.somePrints(sqlPrintsGoing) }

func (x *tx) OpenPrints() (n int, err error) {
	_, err = x.Row(sqlCountPrints, nil, &n)
	return n, err
}

func (x *tx) ForgetPrints(keep int) error {
	_, err := x.Exec(sqlForgetPrints, keep)
	return err
}
