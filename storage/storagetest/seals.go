package storagetest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/seal"
	"kassa/pos/till/store"
)

// guarded is a record of every kind that carries a seal, every guarded field set,
// and one of each with none.
type guarded struct {
	customers  []pos.Customer
	terms      []pos.CustomerGroup
	employees  []pos.Employee
	groups     []pos.Group
	products   []pos.Product
	promotions []offers.Promotion
	coupons    []pos.Coupon
	certs      []pos.Certificate
}

func guardedRecords() *guarded {
	later := noon.Add(time.Hour)
	return &guarded{
		customers: []pos.Customer{{ID: "c1", Name: "Анна", Phone: "+79000000001", PhoneConfirmed: true, Card: "2000001", Group: "g1", CreditLimit: 500,
			CreatedAt: noon, PhoneChangedAt: noon, PhoneHeldUntil: later, Archived: true, MergedInto: "c2", ErasedAt: later}, {ID: "c2", Name: "Вера"}},
		terms: []pos.CustomerGroup{{ID: "g1", Name: "VIP", EarnRate: new(money.Percent(500)), MaxPointsShare: new(money.Percent(900)),
			CreditLimit: new(money.Amount(700)), DueDays: new(30), Archived: true}, {ID: "g2", Name: "Прочие"}},
		employees: []pos.Employee{{ID: "e1", Name: "Ольга", Group: pos.GroupOwner, PINHash: "$hash", PINTag: "ab", Archived: true, CreatedAt: noon}, {ID: "e2"}},
		groups: []pos.Group{{ID: "owner", Rights: []pos.Right{pos.RightSell, pos.RightPrice}, Caps: map[pos.Right]money.Amount{pos.RightPrice: 100}},
			{ID: "own", Name: "Свои"}},
		products: []pos.Product{{ID: "p1", SKU: "milk", Name: "Молоко", Barcodes: []string{"4600000000022", "4600000000015"}, Unit: "шт", Price: 100, VAT: 1000,
			Category: "Молочное", Cost: 50, ScaleCode: "12", Flags: pos.ProductFlags{Weighed: true, NoEarn: true, NoOffers: true}, Archived: true},
			{ID: "p2", SKU: "x", VAT: pos.NoVAT, Flags: pos.ProductFlags{AskPrice: true, NoPoints: true}}},
		promotions: []offers.Promotion{{ID: "o1", Name: "Утро", Priority: -1, On: true, Archived: true,
			Rule: offers.Rule{Days: []time.Weekday{time.Monday}, Effect: offers.PercentOff, Percent: 500}}, {ID: "o2", On: true}},
		coupons: []pos.Coupon{{Number: "C-1", Offer: "o1", MadeAt: noon, Expires: later}, {Number: "C-2", Offer: "o2"}},
		certs: []pos.Certificate{{Number: "G-1", Amount: 500, Sale: "s", IssuedAt: noon, IssuedBy: "e1", Expires: later, State: pos.CertificateBlocked, Reason: "потерян"},
			{Number: "G-2", Amount: 1, State: pos.CertificateActive}},
	}
}

func (g *guarded) put(x store.Tx) error {
	return errors.Join(puts(x.PutCustomer, g.customers...), puts(x.PutCustomerGroup, g.terms...), puts(x.PutEmployee, g.employees...),
		puts(x.PutGroup, g.groups...), puts(x.PutProduct, g.products[0]), x.AddProducts([]*pos.Product{&g.products[1]}, "import", noon),
		puts(x.PutPromotion, g.promotions...), puts(x.PutCoupon, g.coupons...), puts(x.PutCertificate, g.certs...))
}

// again puts what may be replaced, each by itself.
func (g *guarded) again() map[pos.SealKind]func(store.Tx) error {
	return map[pos.SealKind]func(store.Tx) error{
		pos.SealCustomer:      func(x store.Tx) error { return x.PutCustomer(&g.customers[0]) },
		pos.SealCustomerGroup: func(x store.Tx) error { return x.PutCustomerGroup(&g.terms[0]) },
		pos.SealEmployee:      func(x store.Tx) error { return x.PutEmployee(&g.employees[0]) },
		pos.SealGroup:         func(x store.Tx) error { return x.PutGroup(&g.groups[0]) },
		pos.SealProduct:       func(x store.Tx) error { return x.PutProduct(&g.products[0]) },
		pos.SealPromotion:     func(x store.Tx) error { return x.PutPromotion(&g.promotions[0]) },
		pos.SealCertificate:   func(x store.Tx) error { return x.SetCertificateState("G-1", pos.CertificateActive, "") },
	}
}

// found are the seals as the getters find them, one of each record.
func (g *guarded) found(x store.Tx) (all []pos.Seal, err error) {
	note := func(s pos.Seal, e error) { all, err = append(all, s), errors.Join(err, e) }
	for i := range 2 {
		if c, e := x.Customer(g.customers[i].ID); e == nil {
			note(c.Seal, nil)
		}
		if t, e := x.CustomerGroup(g.terms[i].ID); e == nil {
			note(t.Seal, nil)
		}
		if m, e := x.Employee(g.employees[i].ID); e == nil {
			note(m.Seal, nil)
		}
		if r, e := x.Group(g.groups[i].ID); e == nil {
			note(r.Seal, nil)
		}
		if p, e := x.Product(g.products[i].ID); e == nil {
			note(p.Seal, nil)
		}
		if o, e := x.Promotion(g.promotions[i].ID); e == nil {
			note(o.Seal, nil)
		}
		if c, e := x.Coupon(g.coupons[i].Number); e == nil {
			note(c.Seal, nil)
		}
		if c, e := x.Certificate(g.certs[i].Number, "RUB"); e == nil {
			note(c.Seal, nil)
		}
	}
	return all, err
}

// records is how many of them there are.
const records = 16

// sealsWhatGuardsMoney is that each such record carries a seal under one key, and
// that another key finds each broken and writes over none.
func sealsWhatGuardsMoney(t *testing.T, f *fixture) {
	g := guardedRecords()
	f.store.SealWith(sealKey(1))
	f.store.SealsDemanded()
	f.update(g.put)
	f.stands(g, pos.SealWhole, 0)
	for _, put := range g.again() {
		f.update(put)
	}
	f.stands(g, pos.SealWhole, 0)

	f.store.SealWith(sealKey(2))
	if n, err := f.store.SealAll(context.Background()); err != nil || n != records {
		t.Fatalf("SealAll = %d, %v", n, err)
	}
	f.stands(g, pos.SealWhole, 0)
	f.store.SealWith(sealKey(3))
	f.view(func(x store.Tx) error {
		stand, err := x.Seals(false, func(*seal.Record) error { return errors.New("told of one by one") })
		if err == nil && (!stand.Foreign || stand.Sealed != records) {
			t.Errorf("under another key: %+v", stand)
		}
		return err
	})
	for kind, put := range g.again() {
		err := f.store.Update(context.Background(), put)
		if e, ok := errors.AsType[*pos.Error](err); !ok || e.ID != "seal.broken-"+string(kind) {
			t.Errorf("%s written over: %v", kind, err)
		}
	}
	f.update(func(x store.Tx) error { return x.SealAgain(pos.SealCustomer, "c1") })
	f.view(func(x store.Tx) error {
		c, err := x.Customer("c1")
		same(f, "sealed again", c.Seal, pos.SealWhole)
		return err
	})
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.SealedRecord(pos.SealCustomer, "none"); return err })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.SealedRecord("none", "c1"); return err })
}

// demandsSeals is that a record from before passes until seals are demanded.
func demandsSeals(_ *testing.T, f *fixture) {
	g := guardedRecords()
	f.update(g.put)
	f.store.SealWith(sealKey(1))
	f.stands(g, pos.SealWhole, 0)
	f.store.SealsDemanded()
	f.view(func(x store.Tx) error {
		all, err := g.found(x)
		for _, s := range all {
			same(f, "without a seal", s, pos.SealMissing)
		}
		return err
	})
	f.update(func(x store.Tx) error { return x.SealAgain(pos.SealGroup, "owner") })
	_, err := f.store.SealAll(context.Background())
	same(f, "SealAll", err, nil)
	f.stands(g, pos.SealWhole, 0)
}

// sealsCodes is that a code and an approval carry a seal until they are used.
func sealsCodes(_ *testing.T, f *fixture) {
	f.store.SealWith(sealKey(1))
	f.store.SealsDemanded()
	open := &confirm.Challenge{ID: "ch1", Sale: "s1", Operation: confirm.SpendPoints, Customer: "c", Phone: "+79000000001", Amount: 100, Points: 1, Total: 200,
		Cashier: "e", Digest: "d", CodeHash: "h", Digits: 6, State: confirm.Sent, Sends: 1, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour),
		Override: &pos.Override{Challenge: "ch1", Reason: "x", At: noon}}
	f.update(func(x store.Tx) error { return errors.Join(x.PutChallenge(open), x.PutApproval(approval("a", noon))) })
	seals := func(want pos.Seal) {
		f.Helper()
		f.view(func(x store.Tx) error {
			c, err := x.Challenge("ch1")
			a, err2 := x.Approval("a")
			if err := errors.Join(err, err2); err != nil {
				return err
			}
			same(f, "the code", c.Seal, want)
			same(f, "the approval", a.Seal, want)
			return nil
		})
	}
	seals(pos.SealWhole)
	f.store.SealWith(sealKey(2))
	seals(pos.SealBroken)
}

func sealKey(n byte) *seal.Key { return seal.NewKey(bytes.Repeat([]byte{n}, 32)) }

// stands asks how every record's seal is found, by its getter, by the list of its
// table and by the look through all.
func (f *fixture) stands(g *guarded, want pos.Seal, broken int) {
	f.Helper()
	look := func(x store.Tx) error {
		all, err := g.found(x)
		same(f, "records found", len(all), records)
		for _, s := range all {
			same(f, "a seal", s, want)
		}
		n := 0
		stand, err2 := x.Seals(false, func(r *seal.Record) error {
			f.Errorf("%s %q: %d", r.Kind, r.ID, r.Seal)
			n++
			return nil
		})
		if err2 == nil {
			same(f, "sealed", stand.Sealed, int64(records))
		}
		same(f, "broken", n, broken)
		return errors.Join(err, err2)
	}
	f.view(look)
	f.update(look)
}
