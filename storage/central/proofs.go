package central

import (
	"database/sql"
	"time"

	"kassa/backend/store"
	"kassa/pos"
)

// Files of proofs, in a table of their own: no list of orders ever reads one.
const (
	proofColumns = `id, order_id, digest, at, gone`

	sqlAddProof     = `INSERT INTO manual_proofs (` + proofColumns + `, file, loose_of) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`
	sqlProof        = `SELECT ` + proofColumns + `, file FROM manual_proofs WHERE id = $1`
	sqlProofs       = `SELECT ` + proofColumns + ` FROM manual_proofs WHERE order_id = $1 ORDER BY id`
	sqlForgetProofs = `UPDATE manual_proofs SET gone = 1, file = $2 WHERE order_id = $1 AND gone = 0`

	// loose is said of each statement by itself: the index is of these rows alone.
	loose          = ` WHERE loose_of <> '' AND NOT EXISTS (SELECT 1 FROM manual_orders WHERE manual_orders.id = manual_proofs.order_id)`
	sqlLooseProofs = `SELECT COUNT(*) FROM manual_proofs` + loose + ` AND ($1 = '' OR loose_of = $1)`
	sqlTieProofs   = `UPDATE manual_proofs SET loose_of = '' WHERE order_id = $1 AND loose_of <> ''`
	sqlSweepProofs = `DELETE FROM manual_proofs` + loose + ` AND at <= $1`
)

// proofDest is where a row is read to.
func proofDest(p *store.Proof, gone *int64) []any {
	return []any{&p.ID, &p.Order, &p.Digest, scanAt(&p.At), gone}
}

func (x *tx) AddProof(p *store.Proof) (bool, error) {
	file := p.File
	if file == nil {
		file = []byte{}
	}
	n, err := x.exec(sqlAddProof, p.ID, p.Order, p.Digest, ms(p.At), bit(p.Gone), file, p.Loose)
	return n == 1, err
}

func (x *tx) Proof(id string) (*store.Proof, error) {
	var p store.Proof
	var gone int64
	ok, err := x.row(sqlProof, []any{id}, append(proofDest(&p, &gone), &p.File)...)
	if err == nil && !ok {
		err = pos.E(pos.CodeNotFound, "manual.proof-unknown", nil)
	}
	if err != nil {
		return nil, err
	}
	p.Gone = gone != 0
	return &p, nil
}

func (x *tx) Proofs(order string) (all []store.Proof, err error) {
	err = x.each(sqlProofs, []any{order}, func(r *sql.Rows) error {
		var p store.Proof
		var gone int64
		err := r.Scan(proofDest(&p, &gone)...)
		p.Gone = gone != 0
		all = append(all, p)
		return err
	})
	return all, err
}

func (x *tx) LooseProofs(till string) (n int64, err error) {
	_, err = x.row(sqlLooseProofs, []any{till}, &n)
	return n, err
}

func (x *tx) TieProofs(order string) error {
	_, err := x.exec(sqlTieProofs, order)
	return err
}

func (x *tx) SweepProofs(by time.Time) (int64, error) { return x.exec(sqlSweepProofs, ms(by)) }

// forgetProofs takes the files of an order's proofs away, and reports whether there
// were any.
func (x *tx) forgetProofs(order string) (bool, error) {
	n, err := x.exec(sqlForgetProofs, order, []byte{})
	return n > 0, err
}
