package check_test

// These tests change records that guard money behind the till.

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// sealedShop is the small shop with one record of every kind that carries a seal.
func sealedShop(t *testing.T) *tilltest.Snapshot {
	s := tilltest.Small(t)
	anna := s.Person(tilltest.Anna).Customer
	g, err := s.SaveCustomerGroup(s.Context(), s.Owner, pos.CustomerGroup{Name: "VIP", EarnRate: new(money.Percent(1000))})
	require.NoError(t, err)
	n := form(&anna)
	n.Group = g.ID
	_, err = s.UpdateCustomer(s.Context(), s.Owner, anna.ID, n)
	require.NoError(t, err)
	s.Promote(offers.Promotion{Name: "Неделя молока", On: true, Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000}})
	p := s.Promote(offers.Promotion{Name: "По купону", On: true, Rule: offers.Rule{Coupon: true, Effect: offers.PercentOff, Percent: 500}})
	_, err = s.MakeCoupons(s.Context(), s.Owner, p.ID, 2, time.Time{})
	require.NoError(t, err)
	s.SellGift("GIFT-0001", 50_000)
	return s.Snapshot()
}

func TestTill_ARecordChangedPastTheTillIsRefusedTillTheOwnerSealsIt(t *testing.T) {
	day := sealedShop(t)
	ring := func(s *tilltest.Shop) error {
		_, err := s.Scan(s.Context(), s.Who, "milk", 0, nil)
		return err
	}
	attach := func(s *tilltest.Shop) error {
		_, err := s.SetCustomer(s.Context(), s.Who, till.FindCustomer{Card: tilltest.Anna})
		return err
	}
	login := func(pin string) func(*tilltest.Shop) error {
		return func(s *tilltest.Shop) error {
			_, err := s.Login(s.Context(), pin)
			return err
		}
	}
	for name, tt := range map[string]struct {
		sql     string
		kind    pos.SealKind
		act     func(*tilltest.Shop) error
		refused string // "" where the act passes without what was changed
	}{
		"a phone":             {`UPDATE customers SET phone = '+79000000666' WHERE name = 'Анна'`, pos.SealCustomer, attach, "seal.broken-customer"},
		"a hold of a phone":   {`UPDATE customers SET phone_held_until = 1 WHERE name = 'Анна'`, pos.SealCustomer, attach, "seal.broken-customer"},
		"a phone confirmed":   {`UPDATE customers SET phone_confirmed = 1 WHERE name = 'Анна'`, pos.SealCustomer, attach, "seal.broken-customer"},
		"a credit limit":      {`UPDATE customers SET credit_limit = 99999999 WHERE name = 'Анна'`, pos.SealCustomer, attach, "seal.broken-customer"},
		"a seal taken off":    {`UPDATE customers SET seal = x'' WHERE name = 'Анна'`, pos.SealCustomer, attach, "seal.broken-customer"},
		"a seal of another":   {`UPDATE customers SET seal = (SELECT seal FROM customers WHERE name = 'Вера') WHERE name = 'Анна'`, pos.SealCustomer, attach, "seal.broken-customer"},
		"terms of a group":    {`UPDATE customer_groups SET earn_rate = 9000`, pos.SealCustomerGroup, attach, "seal.broken-customer-group"},
		"a group of staff":    {`UPDATE employees SET grp = 'owner' WHERE name = 'Костя'`, pos.SealEmployee, login(tilltest.CashierPIN), "seal.broken-employee"},
		"a PIN of another":    {`UPDATE employees SET pin_hash = (SELECT pin_hash FROM employees WHERE name = 'Костя'), pin_tag = (SELECT pin_tag FROM employees WHERE name = 'Костя') WHERE name = 'Света'; UPDATE employees SET pin_hash = '', pin_tag = '' WHERE name = 'Костя'`, pos.SealEmployee, login(tilltest.CashierPIN), "seal.broken-employee"},
		"rights of a group":   {`UPDATE groups SET rights = rights || ' settings' WHERE id = 'cashier'`, pos.SealGroup, login(tilltest.CashierPIN), "seal.broken-group"},
		"caps of a group":     {`UPDATE groups SET caps = 'line.discount=99999999' WHERE id = 'senior'`, pos.SealGroup, login(tilltest.SeniorPIN), "seal.broken-group"},
		"a price":             {`UPDATE products SET price = 100 WHERE sku = 'milk'`, pos.SealProduct, ring, "seal.broken-product"},
		"a category":          {`UPDATE products SET category = 'x' WHERE sku = 'milk'`, pos.SealProduct, ring, "seal.broken-product"},
		"a code of dear ones": {`INSERT INTO barcodes (code, product, place) SELECT '4600000000999', n, 1 FROM products WHERE sku = 'milk'`, pos.SealProduct, ring, "seal.broken-product"},
		"a promotion":         {`UPDATE promotions SET rule = replace(rule, '1000', '9000') WHERE name = 'Неделя молока'`, pos.SealPromotion, ring, ""},
		"a coupon that ended": {`UPDATE coupons SET expires = 4102444800000 WHERE n = 1`, pos.SealCoupon, func(s *tilltest.Shop) error {
			require.NoError(s, ring(s))
			_, err := s.AddCoupon(s.Context(), s.Who, coupon(s, 1))
			return err
		}, "seal.broken-coupon"},
		"a certificate": {`UPDATE certificates SET expires = 4102444800000`, pos.SealCertificate, func(s *tilltest.Shop) error {
			require.NoError(s, ring(s))
			_, err := s.PayCertificate(s.Context(), s.Who, "GIFT-0001", 1000)
			return err
		}, "seal.broken-certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := day.Open(t)
			s.Tamper(tt.sql)
			require.Subset(t, tilltest.IDs(s.Problems()), []string{"check.seal-" + word(tt.sql)})

			err := tt.act(s)
			if tt.refused != "" {
				require.Equal(t, tt.refused, idOf(err), "%v", err)
			} else {
				require.NoError(t, err)
				require.Zero(t, s.Screen().Totals.Discount)
			}

			list, stand, err := s.BrokenSeals(s.Context(), till.System())
			require.NoError(t, err)
			require.NotEmpty(t, list)
			require.False(t, stand.Since.IsZero())
			kinds := map[pos.SealKind]bool{}
			for _, b := range list {
				kinds[b.Kind] = true
				require.Equal(t, "seal.moved-on", idOf(s.SealAgain(s.Context(), till.System(), b.Kind, b.ID, "x")))
				require.NoError(t, s.SealAgain(s.Context(), till.System(), b.Kind, b.ID, b.Seen))
			}
			require.True(t, kinds[tt.kind])
			assert.Equal(t, len(list), s.Happened(pos.EventSealed))
			for _, p := range s.Problems() {
				assert.NotEqual(t, "I15", p.Invariant, "%v", p)
			}
			if tt.refused != "" && name != "a PIN of another" {
				require.NoError(t, tt.act(s))
			}
		})
	}
}

// word is how the check tells of a change: a row that came in or lost its seal is
// without one.
func word(sql string) string {
	if sql == `UPDATE customers SET seal = x'' WHERE name = 'Анна'` {
		return "missing"
	}
	return "broken"
}

func coupon(s *tilltest.Shop, n int) (number string) {
	all, err := s.Promotions(s.Context(), s.Owner)
	require.NoError(s, err)
	for _, p := range all {
		list, err := s.Coupons(s.Context(), s.Owner, p.ID)
		require.NoError(s, err)
		if len(list) >= n {
			number = list[len(list)-n].Number
		}
	}
	return number
}

func idOf(err error) string {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return ""
	}
	return e.ID
}

func form(c *pos.Customer) till.NewCustomer {
	return till.NewCustomer{Name: c.Name, Phone: c.Phone, Email: c.Email, Card: c.Card, Language: c.Language, Group: c.Group,
		CreditLimit: c.CreditLimit, Birthday: c.Birthday, Note: c.Note}
}

func TestTill_ARecordTakenOutOrPutBackIsMissed(t *testing.T) {
	s := tilltest.Small(t)
	s.Tamper(`CREATE TABLE aside AS SELECT price, seal FROM products WHERE sku = 'milk'`)
	milk := s.Stored("milk")
	milk.Price += 5000
	_, err := s.PutProduct(s.Context(), s.Owner, milk)
	require.NoError(t, err)
	require.NotContains(t, tilltest.IDs(s.Problems()), "check.seal-count")
	before := s.Snapshot()
	for name, sql := range map[string]string{
		"goods as they once were": `UPDATE products SET price = aside.price, seal = aside.seal FROM aside WHERE sku = 'milk'`,
		"an employee taken out":   `DELETE FROM employees WHERE name = 'Костя'`,
		"a sum":                   `UPDATE seal_sums SET n = n + 1`,
		"the sums":                `DELETE FROM seal_sums`,
	} {
		t.Run(name, func(t *testing.T) {
			s := before.Open(t)
			s.Tamper(sql)
			require.Contains(t, tilltest.IDs(s.Problems()), "check.seal-count")
			list, _, err := s.BrokenSeals(s.Context(), s.Owner)
			require.NoError(t, err)
			for _, b := range list {
				require.NoError(t, s.SealAgain(s.Context(), s.Owner, b.Kind, b.ID, b.Seen))
			}
			require.NotContains(t, tilltest.IDs(s.Problems()), "check.seal-count")
		})
	}
}

// What is written over a tampered record would seal it as somebody left it.
func TestTill_ATamperedRecordIsNotSealedByTheWay(t *testing.T) {
	s := tilltest.Small(t)
	s.Tamper(`UPDATE products SET price = 100 WHERE sku = 'milk'`, `UPDATE customers SET phone = '+79000000666' WHERE name = 'Анна'`,
		`UPDATE groups SET rights = rights || ' settings' WHERE id = 'cashier'`)
	milk := s.Stored("milk")
	milk.Seal = pos.SealWhole // as from a form that knows nothing of seals
	_, err := s.PutProduct(s.Context(), s.Owner, milk)
	assert.Equal(t, "seal.broken-product", idOf(err))
	c := s.Person(tilltest.Anna).Customer
	n := form(&c)
	n.Note = "x"
	_, err = s.UpdateCustomer(s.Context(), s.Owner, c.ID, n)
	assert.Equal(t, "seal.broken-customer", idOf(err))
	g := pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell}}
	assert.Equal(t, "seal.broken-group", idOf(s.SaveGroup(s.Context(), s.Owner, g)))
	require.NoError(t, s.MergeCategories(s.Context(), s.Owner, categoryOf(s, "Молочное"), categoryOf(s, "Хлеб")))
	assert.Equal(t, pos.SealBroken, s.Stored("milk").Seal)
}

func categoryOf(s *tilltest.Shop, name string) pos.CategoryID {
	all, err := s.Categories(s.Context(), s.Owner)
	require.NoError(s, err)
	for _, c := range all {
		if c.Name == name {
			return c.ID
		}
	}
	return ""
}

// A number somebody put into the file is nobody's until its customer was asked.
func TestTill_ACustomerSealedAgainIsHeld(t *testing.T) {
	s := tilltest.Small(t)
	s.Tamper(`UPDATE customers SET phone = '+79000000666', phone_confirmed = 1 WHERE name = 'Анна'`)
	list, _, err := s.BrokenSeals(s.Context(), s.Owner)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(s.SealAgain(s.Context(), s.Senior, list[0].Kind, list[0].ID, list[0].Seen)))
	require.NoError(t, s.SealAgain(s.Context(), s.Owner, list[0].Kind, list[0].ID, list[0].Seen))
	s.Customer(tilltest.Anna)
	s.Ring("milk")
	_, _, err = s.SpendPoints(s.Context(), s.Who, 10)
	assert.Equal(t, "customer.phone-held", idOf(err))
	assert.NotContains(t, s.Last(pos.EventSealed).Detail["phone"], "000000666")
	assert.Equal(t, "seal.whole", idOf(s.SealAgain(s.Context(), s.Owner, list[0].Kind, list[0].ID, list[0].Seen)))
}

// A code marked as entered behind the till confirms nothing.
func TestTill_ACodeMarkedAsEnteredConfirmsNothing(t *testing.T) {
	s := tilltest.Small(t)
	s.Customer(tilltest.Anna)
	s.Ring("milk")
	s.Spend(10)
	s.Cash(9_000)
	s.Tamper(`UPDATE challenges SET state = 'verified', verified_at = sent_at`)
	_, err := s.FinishSale(s.Context(), s.Who)
	require.Equal(t, "code.revoked-tampered", idOf(err))
	require.NotContains(t, s.Tenders(), "points")
}

// An approval slipped into the file allows nothing.
func TestTill_AnApprovalNobodyGaveAllowsNothing(t *testing.T) {
	s := tilltest.Small(t)
	s.Ring("milk")
	at := s.Clock.Now().UnixMilli()
	s.Tamper(`INSERT INTO approvals (id, right, sum, subject, asked_by, granted_by, reason, at, expires, used_at, used_for)
		SELECT 'forged', 'cheque.cancel', 0, '', (SELECT id FROM employees WHERE name = 'Костя'), (SELECT id FROM employees WHERE name = 'Ольга'),
		'так надо', ` + strconv.FormatInt(at-1000, 10) + `, ` + strconv.FormatInt(at+60_000, 10) + `, NULL, ''`)
	ctx := till.WithApproval(context.Background(), "forged")
	_, err := s.CancelCheque(ctx, s.Cashier, "нет")
	assert.Equal(t, "seal.broken-approval", idOf(err), "%v", err)
}

// Who takes all seals out of the file does not get new ones.
func TestTill_SealsTakenOutAreNotRenewedInSilence(t *testing.T) {
	s := tilltest.Small(t)
	s.Tamper(`UPDATE customers SET seal = x'', phone = '+79000000666' WHERE name = 'Анна'`, `UPDATE products SET seal = x''`,
		`DELETE FROM seal_sums`, `DELETE FROM meta WHERE key = 'seals.since'`)
	assert.Subset(t, tilltest.IDs(s.Problems()), []string{"check.seal-missing", "check.seal-count"})
	_, err := s.SetCustomer(s.Context(), s.Who, till.FindCustomer{Card: tilltest.Anna})
	assert.Equal(t, "seal.broken-customer", idOf(err))
}

// After the secret was lost everything is sealed under the new one, once.
func TestTill_SealEverything(t *testing.T) {
	s := tilltest.Small(t)
	s.Spoilt()
	p := s.Params()
	p.Pepper = []byte("another pepper of thirty-two bytes..")
	s.Till = till.New(p)
	problems, err := s.SelfCheck(s.Context(), till.System())
	require.NoError(t, err)
	assert.Equal(t, []string{"check.seals-foreign"}, tilltest.IDs(problems))
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(s.SealEverything(s.Context(), pos.Actor{}, "recovery")))
	require.NoError(t, s.SealEverything(s.Context(), till.System(), "recovery"))
	assert.Empty(t, s.Problems())
	assert.Equal(t, "recovery", s.Last(pos.EventSealsRenewed).Detail["why"])
}
