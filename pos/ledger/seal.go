package ledger

import (
	"kassa/pos"
	"kassa/pos/digest"
	"kassa/pos/money"
)

// Seal checks that the entry balances in every currency and chains it to its
// predecessor's hash (hex, "" for the first). CodeInternal when it does not
// balance or posts nothing: that is a mistake of ours and must not be stored.
func (e *Entry) Seal(prev string) error {
	if err := e.Check(); err != nil {
		return err
	}
	e.Hash = e.chain(prev)
	return nil
}

// Verify reports whether the entry's hash follows from prev and its fields.
func (e *Entry) Verify(prev string) bool { return e.Hash == e.chain(prev) }

// Check tells whether the postings sum to zero in every currency.
func (e *Entry) Check() error {
	sums := map[money.Currency]int64{}
	for _, p := range e.Postings {
		before := sums[p.Currency]
		after := before + p.Amount
		if (p.Amount > 0) != (after > before) && p.Amount != 0 {
			return pos.E(pos.CodeInternal, "ledger.overflow", nil)
		}
		sums[p.Currency] = after
	}
	if len(e.Postings) == 0 {
		return pos.E(pos.CodeInternal, "ledger.empty", nil)
	}
	for c, s := range sums {
		if s != 0 {
			return pos.E(pos.CodeInternal, "ledger.unbalanced", pos.Args{"Currency": string(c), "Sum": s})
		}
	}
	return nil
}

func (e *Entry) chain(prev string) string {
	d := digest.New("kassa.journal.v1")
	d.Text(prev).Int(e.N).Time(e.At).Text(string(e.Kind)).Text(e.Doc).Text(e.Digest)
	d.Text(string(e.Shift)).Text(string(e.Employee)).Int(e.Reverses).Int(int64(len(e.Postings)))
	for _, p := range e.Postings {
		d.Text(string(p.Account)).Text(string(p.Currency)).Int(p.Amount)
	}
	return d.Hex()
}
