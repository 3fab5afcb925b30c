package storagetest

import (
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/offers"
	"kassa/pos/till/store"
)

// keepsCertificates: they come back with what is left on them; promotions, coupons
// and what they took off follow.
func keepsCertificates(t *testing.T, f *fixture) {
	sold := pos.Certificate{Number: "GC-1", Amount: 100_000, Sale: "sale-1", IssuedAt: noon, IssuedBy: "e",
		Expires: noon.Add(time.Hour), State: pos.CertificateActive}
	given := pos.Certificate{Number: "GC-2", Amount: 500, IssuedAt: noon, IssuedBy: "e", Note: "приз", State: pos.CertificateActive}
	owes := &ledger.Entry{N: 1, At: noon, Kind: ledger.KindSale, Doc: "sale-1", Postings: []ledger.Posting{
		{Account: ledger.Drawer, Currency: "RUB", Amount: 100_000}, {Account: ledger.CertificateOf("GC-1"), Currency: "RUB", Amount: -100_000}}}
	if err := owes.Seal(""); err != nil {
		t.Fatal(err)
	}
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutSale(sale(1)), x.PutCertificate(&sold), x.PutCertificate(&given), x.AppendEntry(owes))
	})
	reads(f, "one", &pos.CertificateBalance{Certificate: sold, Left: 100_000}, func(x store.Tx) (*pos.CertificateBalance, error) {
		return x.Certificate("GC-1", "RUB")
	})
	f.refused(pos.CodeConflict, func(x store.Tx) error {
		return x.PutCertificate(&pos.Certificate{Number: "GC-1", Amount: 1, State: pos.CertificateActive})
	})
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.Certificate("GC-3", "RUB"); return err })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { return x.SetCertificateState("GC-3", pos.CertificateBlocked, "x") })
	f.update(func(x store.Tx) error { return x.SetCertificateState("GC-2", pos.CertificateBlocked, "потерян") })
	given.State, given.Reason = pos.CertificateBlocked, "потерян"
	list := func(text string) func(store.Tx) ([]pos.CertificateBalance, error) {
		return func(x store.Tx) ([]pos.CertificateBalance, error) { return x.Certificates(text, "RUB", 9) }
	}
	both := []pos.CertificateBalance{{Certificate: given}, {Certificate: sold, Left: 100_000}}
	reads(f, "all, newest first", both, list(""))
	reads(f, "by a part of the number", both[1:], list("-1"))
	reads(f, "movements", []pos.CertificateMove{{At: noon, Kind: "sale", Doc: "sale-1", Number: 1, Amount: 100_000}},
		func(x store.Tx) ([]pos.CertificateMove, error) { return x.CertificateMoves("GC-1", 9) })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachCertificate)
		same(f, "EachCertificate", all, []pos.Certificate{sold, given})
		return err
	})
}

func keepsPromotions(_ *testing.T, f *fixture) {
	low := offers.Promotion{ID: "p1", Name: "Утро", Priority: 1, On: true, Rule: offers.Rule{Days: []time.Weekday{time.Monday},
		After: 480, Before: 600, Effect: offers.PercentOff, Percent: 500}}
	high := offers.Promotion{ID: "p2", Name: "3 по цене 2", Priority: 5, Rule: offers.Rule{Categories: []string{"Сыр"},
		Effect: offers.SomeOff, Percent: 10_000, Group: 3, Free: 1, Alone: true}}
	f.update(func(x store.Tx) error { return errors.Join(x.PutPromotion(&low), x.PutPromotion(&high)) })
	reads(f, "all", []offers.Promotion{high, low}, func(x store.Tx) ([]offers.Promotion, error) { return x.Promotions() })
	reads(f, "active", []offers.Promotion{low}, func(x store.Tx) ([]offers.Promotion, error) { return x.ActivePromotions() })
	low.On, low.Archived = false, true
	f.update(func(x store.Tx) error { return x.PutPromotion(&low) })
	reads(f, "one", &low, func(x store.Tx) (*offers.Promotion, error) { return x.Promotion("p1") })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.Promotion("p3"); return err })

	free := pos.Coupon{Number: "C-1", Offer: "p2", MadeAt: noon}
	spent := pos.Coupon{Number: "C-2", Offer: "p2", MadeAt: noon, Expires: noon.Add(time.Hour)}
	f.update(func(x store.Tx) error { return errors.Join(x.PutCoupon(&free), x.PutCoupon(&spent)) })
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutCoupon(&free) })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.Coupon("C-3"); return err })
	use := func(want bool) {
		f.Helper()
		f.update(func(x store.Tx) error {
			ok, err := x.UseCoupon("C-2", "sale-1", noon)
			same(f, "UseCoupon", ok, want)
			return err
		})
	}
	use(true)
	use(false)
	spent.Sale, spent.UsedAt = "sale-1", noon
	reads(f, "coupons", []pos.Coupon{spent, free}, func(x store.Tx) ([]pos.Coupon, error) { return x.Coupons("p2", 9) })
	reads(f, "counts", map[pos.OfferID]pos.CouponCount{"p2": {Made: 2, Used: 1}},
		func(x store.Tx) (map[pos.OfferID]pos.CouponCount, error) { return x.CouponCounts() })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachCoupon)
		same(f, "EachCoupon", all, []pos.Coupon{free, spent})
		return err
	})
}

// keepsWhatWasGiven is that a line, a tender, a cheque and a sale keep what they
// tell of discounts, certificates and coupons.
func keepsWhatWasGiven(_ *testing.T, f *fixture) {
	cheap := line(1)
	cheap.Flags.NoOffers = true
	cheap.Offers = []pos.Given{{Offer: "p1", Name: "Утро «для своих»", Sum: 100}, {Offer: "p2", Name: "Сыр", Sum: 5}}
	gift := line(2)
	gift.Certificate, gift.Expires = "GC-1", noon
	pay := pos.Tender{No: 1, Method: pos.ByCertificate, Amount: 700, Certificate: "GC-2"}
	c := pos.Cheque{ID: "c1", State: pos.ChequeOpen, Coupons: []string{"C-1", "C-2"}}
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutChequeHead(&c), x.PutChequeLine("c1", cheap), x.PutChequeLine("c1", gift), x.PutTender("c1", &pay))
	})
	c.Lines, c.Tenders = []pos.Line{*cheap, *gift}, []pos.Tender{pay}
	reads(f, "a cheque", &c, func(x store.Tx) (*pos.Cheque, error) { return x.OpenCheque() })
	c.Coupons = nil
	f.update(func(x store.Tx) error { return x.PutChequeHead(&c) })
	reads(f, "without coupons", &c, func(x store.Tx) (*pos.Cheque, error) { return x.OpenCheque() })

	s := sale(1)
	s.Coupons = []string{"C-1"}
	s.Lines[0] = pos.SaleLine{Line: *cheap, LineTotals: pos.LineTotals{No: 1, Gross: 13485, Offered: 105, Discount: 105, Sum: 13380}}
	s.Lines = append(s.Lines, pos.SaleLine{Line: *gift, LineTotals: pos.LineTotals{No: 2, Gross: 500, Sum: 500}})
	s.Tenders = append(s.Tenders, pos.SaleTender{Tender: pay})
	f.update(func(x store.Tx) error { return x.PutSale(s) })
	reads(f, "a sale", s, func(x store.Tx) (*pos.Sale, error) { return x.Sale(s.ID) })
	f.view(func(x store.Tx) error {
		r, err := x.ShiftTotals(s.Shift)
		if err == nil {
			same(f, "prepaid", r.Prepaid, 500)
		}
		return err
	})
}
