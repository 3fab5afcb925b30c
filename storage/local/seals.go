package local

import (
	"kassa/pos"
	"kassa/pos/seal"
)

// This file makes and checks the seals of single records, and keeps their sums.

const (
	sqlSealSum    = `SELECT n, hi, lo, seal FROM seal_sums WHERE kind = ?`
	sqlPutSealSum = `INSERT INTO seal_sums (kind, n, hi, lo, seal) VALUES (?,?,?,?,?)
		ON CONFLICT (kind) DO UPDATE SET n = excluded.n, hi = excluded.hi, lo = excluded.lo, seal = excluded.seal`
)

// SealWith has every record that guards money sealed when it is written and
// looked at when it is read, from now on. A record without a seal passes until
// SealsDemanded.
func (s *Store) SealWith(k *seal.Key) {
	s.key.Store(k)
}

// SealsDemanded says that the data was sealed whole: a record without a seal was
// not written by the till.
func (s *Store) SealsDemanded() { s.demanded.Store(true) }

// read tells how the seal of a record is that was just read.
func (x *tx) read(mark []byte, kind pos.SealKind, id string, values ...any) pos.Seal {
	key := x.store.key.Load()
	if key == nil || len(mark) == 0 && !x.store.demanded.Load() {
		return pos.SealWhole
	}
	return key.Check(mark, kind, id, values...)
}

// reseal is the seal of a record that is about to be written over one whose seal
// was was; it takes part in the sum of its kind.
func (x *tx) reseal(was []byte, kind pos.SealKind, id string, values ...any) ([]byte, error) {
	mark := x.mark(was, kind, id, values...)
	sum, err := x.sumOf(kind)
	if err != nil || sum == nil {
		return mark, err
	}
	sum.Drop(was)
	sum.Add(mark)
	return mark, nil
}

// mark is the seal of a record alone; empty where there is no key to seal with.
func (x *tx) mark(was []byte, kind pos.SealKind, id string, values ...any) []byte {
	key := x.store.key.Load()
	if key == nil {
		return []byte{}
	}
	return key.Make(kind, id, was, values...)
}

// unsealed takes the seal of a record that is deleted off the sum of its kind.
func (x *tx) unsealed(was []byte, kind pos.SealKind) error {
	sum, err := x.sumOf(kind)
	if err == nil && sum != nil {
		sum.Drop(was)
	}
	return err
}

// sumOf is the sum of a kind's seals as this transaction changes it; nil without
// a key.
func (x *tx) sumOf(kind pos.SealKind) (*seal.Sum, error) {
	if x.store.key.Load() == nil {
		return nil, nil
	}
	if s, ok := x.sealed[kind]; ok {
		return &s.Sum, nil
	}
	s, err := x.storedSum(kind)
	if err != nil {
		return nil, err
	}
	if x.sealed == nil {
		x.sealed = map[pos.SealKind]*sealSum{}
	}
	x.sealed[kind] = s
	return &s.Sum, nil
}

// sealSum is the sum of a kind's seals with the seal it carries itself.
type sealSum struct {
	seal.Sum
	mark []byte
}

func (x *tx) storedSum(kind pos.SealKind) (*sealSum, error) {
	s := &sealSum{}
	var hi, lo int64
	_, err := x.Row(sqlSealSum, []any{string(kind)}, &s.N, &hi, &lo, &s.mark)
	s.Hi, s.Lo = uint64(hi), uint64(lo)
	return s, err
}

// keepSums stores the sums this transaction changed. One that was tampered with
// stays so: its seal is not made anew by adding to it.
func (x *tx) keepSums() error {
	for kind, s := range x.sealed {
		was, err := x.storedSum(kind)
		if err != nil {
			return err
		}
		mark := was.mark
		if !x.wentBack(kind, was) && (len(mark) == 0 || x.soundSum(kind, was)) {
			mark = x.mark(was.mark, sumKind, string(kind), s.Values()...)
			x.counted(kind, mark)
		}
		v := s.Values()
		if _, err := x.Exec(sqlPutSealSum, string(kind), v[0], v[1], v[2], mark); err != nil {
			return err
		}
	}
	return nil
}

// sumKind is under what the sums are sealed: no record is of that kind.
const sumKind = pos.SealKind("sum")

func (x *tx) soundSum(kind pos.SealKind, s *sealSum) bool {
	key := x.store.key.Load()
	return key != nil && key.Check(s.mark, sumKind, string(kind), s.Values()...) == pos.SealWhole
}
