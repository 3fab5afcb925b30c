package till_test

import (
	"testing"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// bring picks a line of a sale for the open return, opening one when there is
// none.
func (s *shop) bring(sale *pos.Sale, no int, qty money.Quantity) *till.ReturnView {
	s.Helper()
	v, err := s.OpenReturn(s.Context())
	s.ok(err)
	if v.Draft.ID == "" {
		_, err = s.StartReturn(s.Context(), s.owner, till.FindSale{ID: sale.ID})
		s.ok(err)
	}
	v, err = s.ReturnLine(s.Context(), s.owner, no, qty, "", true)
	s.ok(err)
	return v
}

// back finishes the open return.
func (s *shop) back() *pos.Return {
	s.Helper()
	r, err := s.FinishReturn(s.Context(), s.owner, "не подошло")
	s.ok(err)
	return r
}

// shelf is what stands on the shelf of a product.
func (s *shop) shelf(sku string) money.Quantity {
	s.Helper()
	found, err := s.SearchProducts(s.Context(), sku, 1)
	s.ok(err)
	return found[0].Stock
}

func TestTill_Return(t *testing.T) {
	t.Run("gives cash back and puts the goods on the shelf", func(t *testing.T) {
		s := newShop(t)
		s.scan("3*milk")
		s.cash(300_00)
		sale := s.finish()
		v := s.bring(sale, 1, 2000)
		if v.Preview.Total != 200_00 || v.Preview.Refunded(pos.Cash) != 200_00 || v.Needs != pos.RightReturn {
			t.Fatalf("the view tells %+v, needs %s", v.Preview, v.Needs)
		}
		r := s.back()
		if r.Number != 1 || r.Total != 200_00 || r.VAT != 18_18 || len(r.Refunds) != 1 {
			t.Errorf("returned %+v", r)
		}
		if got := s.shelf("Молоко"); got != 9000 {
			t.Errorf("the shelf holds %v", got)
		}
		s.bring(sale, 1, 1000)
		_, err := s.ReturnLine(s.Context(), s.owner, 1, 2000, "", true)
		s.refuses(err, pos.CodeLimit, "return.too-many")
		s.back()
		_, err = s.StartReturn(s.Context(), s.owner, till.FindSale{ID: sale.ID})
		s.refuses(err, pos.CodeConflict, "return.all-back")
	})
}
