package till_test

import (
	"testing"
)

func TestTill_BeginAndEnd(t *testing.T) {
	s := newShop(t)
	first, err := s.Begin(s.Context())
	s.ok(err)
	if !first.Orderly || first.LastSale != nil || first.FirstRun || first.OpenCheque {
		t.Errorf("first start %+v", first)
	}
	s.scan("milk")
	s.cash(10_000)
	sale := s.finish()
	s.restart()
	crashed, err := s.Begin(s.Context())
	s.ok(err)
	if crashed.Orderly || crashed.LastSale == nil || crashed.LastSale.ID != sale.ID {
		t.Errorf("start after a crash %+v", crashed)
	}
	s.ok(s.End(s.Context()))
	s.restart()
	orderly, err := s.Begin(s.Context())
	s.ok(err)
	if !orderly.Orderly {
		t.Error("an orderly stop was not noticed")
	}
}
