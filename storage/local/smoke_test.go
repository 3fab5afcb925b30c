package local

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/till"
)

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, Params{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(ctx, func(x till.Tx) error {
		for i := range 30 {
			p := &pos.Product{ID: pos.ProductID(fmt.Sprint("p", i)), SKU: fmt.Sprint(i), Name: fmt.Sprint("Молоко Лёгкое ", i), Barcodes: []string{fmt.Sprint(46000 + i)}, Stock: 5000}
			if err := x.PutProduct(p); err != nil {
				return err
			}
			if err := x.MoveStock(p.ID, -1000, "d", time.Now()); err != nil {
				return err
			}
			if err := x.CountSold(p.ID, int64(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"лего", "мо", "мол 2", "4600", "л", "\"*", "легк"} {
		s.View(ctx, func(x till.Tx) error {
			ps, err := x.SearchProducts(q, 5)
			t.Log(q, len(ps), err)
			for _, p := range ps {
				t.Log(p)
			}
			return err
		})
	}
	f, err := s.Backup(ctx, "")
	t.Log(f, err)
	s.View(ctx, func(x till.Tx) error { l, err := x.EngineProblems(false); t.Logf("%q %v", l, err); return err })
}
