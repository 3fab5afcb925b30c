package till_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
)

// rephone replaces a customer's number with the code sent to it.
func (b *backroom) rephone(id pos.CustomerID, number string) {
	b.t.Helper()
	ch, err := b.StartPhoneChange(b.ctx, b.senior, id, number)
	require.NoError(b.t, err)
	ch, err = b.EnterCode(b.ctx, b.senior, ch.ID, b.sender.Code())
	require.NoError(b.t, err)
	require.Equal(b.t, confirm.Consumed, ch.State)
}

func ptr[T any](v T) *T { return &v }

// group makes a group and puts a demo customer into it.
func (b *backroom) group(g pos.CustomerGroup, customer int) *pos.CustomerGroup {
	b.t.Helper()
	saved, err := b.SaveCustomerGroup(b.ctx, b.owner, g)
	require.NoError(b.t, err)
	n := b.asIs(customer)
	n.Group = saved.ID
	_, err = b.UpdateCustomer(b.ctx, b.owner, b.demo.Customers[customer].ID, n)
	require.NoError(b.t, err)
	return saved
}

// asIs is a demo customer's card as the form would save it again.
func (b *backroom) asIs(customer int) till.NewCustomer {
	c := b.state(customer)
	return till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, Email: c.Email, Language: c.Language, Group: c.Group,
		Birthday: c.Birthday, Note: c.Note, CreditLimit: c.CreditLimit}
}

func (b *backroom) state(customer int) *till.CardView {
	b.t.Helper()
	v, err := b.CustomerCard(b.ctx, b.owner, b.demo.Customers[customer].ID)
	require.NoError(b.t, err)
	return v
}

func (b *backroom) posted(a ledger.Account, c money.Currency) (sum int64) {
	b.t.Helper()
	b.view(func(tx till.Tx) (err error) { sum, err = tx.Balance(a, c); return err })
	return sum
}

func TestTill_CustomerGroups(t *testing.T) {
	t.Run("a group's own rules decide, the shop's fill in", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		g := b.group(pos.CustomerGroup{Name: "VIP", EarnRate: ptr(money.Percent(1000)), MaxPointsShare: ptr(money.Percent(5000)), DueDays: ptr(3)}, 0)
		_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		plain, err := b.Cheque(b.ctx)
		require.NoError(t, err)
		v, err := b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: b.demo.Customers[0].ID})
		require.NoError(t, err)
		require.Equal(t, int64(38), v.Totals.Earn, "10 % of 389,00")
		require.Equal(t, int64(194), v.Totals.MaxPoints, "half of it")
		require.Equal(t, 3, v.Rules.CreditDays)
		v, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{})
		require.NoError(t, err)
		require.Equal(t, plain.Totals, v.Totals, "without the customer the shop's rules are back")
		b.sell(0, 0, func() { b.tender(pos.Credit, 10_000); b.tender(pos.Cash, 28_900) })
		s, err := b.Sale(b.ctx, b.owner, "")
		require.NoError(t, err)
		require.Equal(t, &pos.Terms{Group: g.ID, EarnRate: 1000, MaxPointsShare: 5000, PointValue: 100, CreditLimit: b.state(0).CreditLimit}, s.Terms)
		require.Equal(t, b.clock.Now().AddDate(0, 0, 3).Day(), s.DebtDue.Day())

		g.EarnRate = ptr(money.Percent(0))
		_, err = b.SaveCustomerGroup(b.ctx, b.owner, *g)
		require.NoError(t, err)
		b.healthy() // what was sold under the old rate stays explained
	})
	t.Run("a group is no way around the right to set a limit", func(t *testing.T) {
		b := newDemo(t)
		g := b.group(pos.CustomerGroup{Name: "VIP", CreditLimit: ptr(money.Amount(100_000))}, 5)
		n := till.NewCustomer{Name: "Пётр", Phone: "+79000000071", Group: g.ID}
		_, err := b.AddCustomer(b.ctx, b.cashier, n)
		refused(t, err, pos.CodeForbidden, "till.forbidden")
		n.Group = ""
		_, err = b.AddCustomer(b.ctx, b.cashier, n)
		require.NoError(t, err)
	})
	t.Run("the customer's own limit comes before the group's", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		c, err := b.AddCustomer(b.ctx, b.owner, till.NewCustomer{Name: "Пётр", Phone: "+79000000071"})
		require.NoError(t, err)
		g, err := b.SaveCustomerGroup(b.ctx, b.owner, pos.CustomerGroup{Name: "Соседи", CreditLimit: ptr(money.Amount(20_000))})
		require.NoError(t, err)
		s, err := b.UpdateCustomer(b.ctx, b.owner, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Group: g.ID})
		require.NoError(t, err)
		require.Equal(t, money.Amount(20_000), s.Limit)
		require.Equal(t, money.Amount(20_000), s.Room)
		_, err = b.Scan(b.ctx, b.cashier, b.demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: c.ID})
		require.NoError(t, err)
		_, _, err = b.Tender(b.ctx, b.cashier, pos.Credit, 20_100)
		refused(t, err, pos.CodeLimit, "credit.over-limit")
		b.tender(pos.Credit, 20_000)
		b.tender(pos.Cash, 18_900)
		_, err = b.FinishSale(b.ctx, b.cashier)
		require.NoError(t, err)
		s, err = b.UpdateCustomer(b.ctx, b.owner, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Group: g.ID, CreditLimit: 5_000})
		require.NoError(t, err)
		require.Equal(t, money.Amount(5_000), s.Limit)
		b.healthy()
	})
	t.Run("is refused with a clear reason", func(t *testing.T) {
		b := newDemo(t)
		for id, g := range map[string]pos.CustomerGroup{
			"customer-group.name-empty": {Name: "  "},
			"customer-group.earn":       {Name: "а", EarnRate: ptr(money.Percent(10_001))},
			"customer-group.share":      {Name: "а", MaxPointsShare: ptr(money.Percent(-1))},
			"customer-group.days":       {Name: "а", DueDays: ptr(0)},
			"customer.limit":            {Name: "а", CreditLimit: ptr(money.Amount(-1))},
			"text.control":              {Name: "а\x01"},
		} {
			_, err := b.SaveCustomerGroup(b.ctx, b.owner, g)
			refused(t, err, pos.CodeInvalid, id)
		}
		_, err := b.SaveCustomerGroup(b.ctx, b.cashier, pos.CustomerGroup{Name: "а"})
		require.Equal(t, pos.RightCustomerGroups, refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
		_, err = b.SaveCustomerGroup(b.ctx, b.owner, pos.CustomerGroup{Name: "Ёлки"})
		require.NoError(t, err)
		_, err = b.SaveCustomerGroup(b.ctx, b.owner, pos.CustomerGroup{Name: " елки "})
		refused(t, err, pos.CodeConflict, "customer-group.name-taken")
		n := b.asIs(0)
		n.Group = "none"
		_, err = b.UpdateCustomer(b.ctx, b.owner, b.demo.Customers[0].ID, n)
		refused(t, err, pos.CodeNotFound, "customer-group.unknown")
	})
	t.Run("a list of customers names groups, and comes out again as it went in", func(t *testing.T) {
		b := newDemo(t)
		r, err := b.bring(b.owner, imports.KindCustomers, "имя;телефон;группа;день рождения\nНина;+79000000081;Свои;7.3.1990\nОлег;+79000000082;свои;29.02\n", false)
		require.NoError(t, err)
		require.Equal(t, int64(2), r.New)
		var out strings.Builder
		require.NoError(t, b.takeOut(b.owner, till.ExportedCustomers, &out, exports.CSV))
		require.Contains(t, out.String(), "Свои;1990-03-07")
		require.Contains(t, out.String(), "Свои;02-29")
		r, err = b.bring(b.owner, imports.KindCustomers, out.String(), false)
		require.NoError(t, err)
		require.Zero(t, r.New+r.Updated)
		b.healthy()
	})
}

func TestTill_Consents(t *testing.T) {
	b := newDemo(t)
	id := b.demo.Customers[0].ID
	ads := pos.ConsentTo{Channel: pos.ChannelViber, Purpose: pos.PurposeAdvertising}
	list, err := b.RecordConsents(b.ctx, b.senior, id, []till.Answer{{ConsentTo: ads, Given: true}, {ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper)
	require.NoError(t, err)
	require.Len(t, list, 2)
	b.clock.Move(time.Hour)
	list, err = b.RecordConsents(b.ctx, b.senior, id, []till.Answer{{ConsentTo: ads, Given: false}, {ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentSpoken)
	require.NoError(t, err)
	require.Len(t, list, 3, "what stands already is no new statement")
	now := pos.Consents(list)
	require.False(t, now[ads].Given)
	require.Equal(t, pos.ConsentSpoken, now[ads].Source)
	require.Equal(t, b.senior.ID, now[ads].Employee)
	kept, err := b.Consents(b.ctx, b.cashier, id)
	require.NoError(t, err)
	require.Len(t, kept, 3)
	_, err = b.RecordConsents(b.ctx, b.senior, id, []till.Answer{{ConsentTo: pos.ConsentTo{Channel: "pigeon", Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper)
	refused(t, err, pos.CodeInvalid, "consent.unknown")
	_, err = b.RecordConsents(b.ctx, b.senior, id, nil, pos.ConsentMerge)
	refused(t, err, pos.CodeInvalid, "consent.unknown")
	_, err = b.RecordConsents(b.ctx, b.cashier, id, nil, pos.ConsentPaper)
	refused(t, err, pos.CodeForbidden, "till.forbidden")
	b.healthy()
}

func TestTill_PhoneChange(t *testing.T) {
	setup := func(t *testing.T) (*backroom, pos.CustomerID) {
		b := newDemo(t)
		b.shiftOpen()
		return b, b.demo.Customers[0].ID
	}
	t.Run("the old number is asked, and the new one spends by its own codes", func(t *testing.T) {
		b, id := setup(t)
		ch, err := b.StartPhoneChange(b.ctx, b.senior, id, "8 900 000-00-99")
		require.NoError(t, err)
		require.Equal(t, "+79000000001", ch.Phone)
		require.Equal(t, "+79000000001", b.state(0).Phone)
		got := b.sender.Delivered()
		require.Equal(t, confirm.ChangePhone, got[len(got)-1].Operation)
		ch, err = b.EnterCode(b.ctx, b.senior, ch.ID, b.sender.WrongCode())
		require.NoError(t, err)
		require.Equal(t, 4, ch.AttemptsLeft())
		_, err = b.EnterCode(b.ctx, b.senior, ch.ID, b.sender.Code())
		require.NoError(t, err)
		require.Equal(t, "+79000000099", b.state(0).Phone)
		require.False(t, b.state(0).PhoneConfirmed)
		b.sell(0, 1, func() { b.spendPoints(100); b.tender(pos.Cash, 28_900) })
		got = b.sender.Delivered()
		require.Equal(t, "+79000000099", got[len(got)-1].Phone)
		require.True(t, b.state(0).PhoneConfirmed)
		b.healthy()
	})
	t.Run("nobody changes a number by editing the card", func(t *testing.T) {
		b, id := setup(t)
		for _, number := range []string{"+79000000099", ""} {
			n := b.asIs(0)
			n.Phone = number
			_, err := b.UpdateCustomer(b.ctx, b.owner, id, n)
			refused(t, err, pos.CodeCodeRequired, "customer.phone-by-code")
		}
		b.settings.ConfirmPoints, b.settings.ConfirmCredit = pos.ConfirmNone, pos.ConfirmNone
		n := b.asIs(0)
		n.Phone = "+79000000099"
		_, err := b.UpdateCustomer(b.ctx, b.senior, id, n)
		require.NoError(t, err, "where nothing is confirmed there is nothing to protect")
	})
	t.Run("without the code it takes a right and a reason, and nothing is spent for a day", func(t *testing.T) {
		b, id := setup(t)
		b.sender.Answer(postFails)
		ch, err := b.StartPhoneChange(b.ctx, b.senior, id, "+79000000099")
		require.NoError(t, err)
		_, err = b.SkipCode(b.ctx, b.senior, ch.ID, "потерял телефон")
		require.Equal(t, pos.RightSkipPhone, refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
		_, err = b.SkipCode(b.ctx, b.owner, ch.ID, " ")
		refused(t, err, pos.CodeInvalid, "reason.short")
		ch, err = b.SkipCode(b.ctx, b.owner, ch.ID, "потерял телефон, показал паспорт")
		require.NoError(t, err)
		require.Equal(t, confirm.Consumed, ch.State)
		require.Equal(t, "+79000000099", b.state(0).Phone)
		b.sender.Answer(arrives)
		_, err = b.Scan(b.ctx, b.cashier, b.demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: id})
		require.NoError(t, err)
		_, _, err = b.SpendPoints(b.ctx, b.cashier, 50)
		e := refused(t, err, pos.CodeWait, "customer.phone-held")
		require.Equal(t, b.clock.Now().Add(24*time.Hour).Unix(), e.Args["Until"].(time.Time).Unix())
		_, _, err = b.Tender(b.ctx, b.cashier, pos.Credit, 100)
		refused(t, err, pos.CodeWait, "customer.phone-held")
		b.clock.Move(24*time.Hour + time.Second)
		b.spendPoints(50)
		b.healthy()
	})
	t.Run("a change is void when the card or another change came in between", func(t *testing.T) {
		b, id := setup(t)
		first, err := b.StartPhoneChange(b.ctx, b.senior, id, "+79000000098")
		require.NoError(t, err)
		code := b.sender.Code()
		b.rephone(id, "+79000000099")
		ch, err := b.EnterCode(b.ctx, b.senior, first.ID, code)
		require.NoError(t, err)
		require.Equal(t, confirm.Revoked, ch.State)
		require.Equal(t, "+79000000099", b.state(0).Phone)
	})
	t.Run("five wrong codes end it", func(t *testing.T) {
		b, id := setup(t)
		ch, err := b.StartPhoneChange(b.ctx, b.senior, id, "+79000000098")
		require.NoError(t, err)
		for range confirm.MaxWrong {
			ch, err = b.EnterCode(b.ctx, b.senior, ch.ID, b.sender.WrongCode())
			require.NoError(t, err)
		}
		require.Equal(t, confirm.Dead, ch.State)
		require.Equal(t, "+79000000001", b.state(0).Phone)
		b.healthy()
	})
	t.Run("is refused for no number, the same, somebody else's, or nobody to ask", func(t *testing.T) {
		b, id := setup(t)
		for number, want := range map[string]string{"12": "phone.reason.too_short", "+79000000001": "phone-change.same", "+79000000002": "customer.phone-taken"} {
			_, err := b.StartPhoneChange(b.ctx, b.senior, id, number)
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, want, e.ID)
		}
		c, err := b.AddCustomer(b.ctx, b.owner, till.NewCustomer{Name: "Без телефона"})
		require.NoError(t, err)
		_, err = b.StartPhoneChange(b.ctx, b.senior, c.ID, "+79000000098")
		refused(t, err, pos.CodeConflict, "phone-change.none")
		_, err = b.StartPhoneChange(b.ctx, b.cashier, id, "+79000000098")
		refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	t.Run("a first number of somebody with points is held", func(t *testing.T) {
		b, _ := setup(t)
		_, err := b.bring(b.owner, imports.KindCustomers, "имя;карта;баллы\nЗоя;900;500\n", false)
		require.NoError(t, err)
		found, err := b.SearchCustomers(b.ctx, b.owner, "900", 5)
		require.NoError(t, err)
		i := slices.IndexFunc(found, func(c pos.CustomerState) bool { return c.Card == "900" })
		s, err := b.UpdateCustomer(b.ctx, b.senior, found[i].ID, till.NewCustomer{Name: "Зоя", Card: "900", Phone: "+79000000097"})
		require.NoError(t, err)
		require.Error(t, s.CheckHold(b.clock.Now()))
	})
}

func arrives(d confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.Sent, Channel: "sms", Provider: "test", MessageID: string(d.Challenge)}
}

// merged makes two cards into one: Anna takes in Boris, who owes and has points.
func merged(t testing.TB) (b *backroom, before [2]*till.CardView) {
	b = newDemo(t)
	b.shiftOpen()
	b.sell(0, 1, func() { b.tender(pos.Cash, 38_900) })
	b.sell(1, 2, func() { b.spendPoints(20); b.tender(pos.Credit, 30_000); b.tender(pos.Card, 45_800) })
	before = [2]*till.CardView{b.state(0), b.state(1)}
	_, err := b.RecordConsents(b.ctx, b.owner, before[1].ID, []till.Answer{{ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper)
	require.NoError(t, err)
	_, err = b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: before[0].ID, Duplicate: before[1].ID})
	require.NoError(t, err)
	return b, before
}

func TestTill_MergeCustomers(t *testing.T) {
	t.Run("everything of the duplicate is the survivor's, and both numbers find the person", func(t *testing.T) {
		b, was := merged(t)
		now := b.state(0)
		require.Equal(t, was[0].Points+was[1].Points, now.Points)
		require.Equal(t, was[0].Debt+was[1].Debt, now.Debt)
		require.Len(t, now.History, len(was[0].History)+len(was[1].History))
		require.Equal(t, was[0].ID, b.state(1).ID, "the old card leads to the new one")
		for _, f := range []till.FindCustomer{{Phone: was[1].Phone}, {Card: was[1].Card}, {Phone: was[1].Phone[len(was[1].Phone)-4:]}, {ID: was[1].ID}, {Card: was[0].Card}} {
			v, err := b.SetCustomer(b.ctx, b.cashier, f)
			require.NoError(t, err, f)
			require.Equal(t, was[0].ID, v.Customer.ID)
		}
		found, err := b.SearchCustomers(b.ctx, b.cashier, was[1].Name, 5)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, was[0].ID, found[0].ID)
		said, err := b.Consents(b.ctx, b.owner, was[0].ID)
		require.NoError(t, err)
		require.Equal(t, pos.ConsentMerge, said[0].Source)
		require.Error(t, now.CheckHold(b.clock.Now()), "half of it belonged to another number")
		require.Zero(t, b.posted(ledger.PointsOf(was[1].ID), money.Points))
		require.Zero(t, b.posted(ledger.DebtOf(was[1].ID), "RUB"))
		b.healthy()

		_, left, err := b.RepayDebt(b.ctx, b.cashier, was[1].ID, pos.Cash, now.Debt)
		require.NoError(t, err)
		require.Zero(t, left)
		b.clock.Move(25 * time.Hour)
		_, err = b.CloseShift(b.ctx, b.cashier, 0)
		require.NoError(t, err)
		b.shiftOpen()
		b.sell(0, 2, func() { b.spendPoints(150); b.tender(pos.Cash, 62_800) })
		b.healthy()
	})
	t.Run("three cards in a row become one", func(t *testing.T) {
		b, was := merged(t)
		_, err := b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: b.demo.Customers[2].ID, Duplicate: was[0].ID, TakePhone: true, TakeCard: true, TakeName: true})
		require.NoError(t, err)
		last := b.state(2)
		require.Equal(t, was[0].Phone, last.Phone)
		require.Equal(t, was[0].Name, last.Name)
		for _, number := range []string{was[0].Phone, was[1].Phone} {
			v, err := b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{Phone: number})
			require.NoError(t, err)
			require.Equal(t, last.ID, v.Customer.ID)
		}
		b.healthy()
	})
	t.Run("open codes are void, and the cheque goes on with the survivor", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: b.demo.Customers[1].ID})
		require.NoError(t, err)
		_, ch, err := b.SpendPoints(b.ctx, b.cashier, 10)
		require.NoError(t, err)
		_, err = b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: b.demo.Customers[0].ID, Duplicate: b.demo.Customers[1].ID})
		require.NoError(t, err)
		now, err := b.Challenge(b.ctx, ch.ID)
		require.NoError(t, err)
		require.Equal(t, confirm.Revoked, now.State)
		v, err := b.Cheque(b.ctx)
		require.NoError(t, err)
		require.Equal(t, b.demo.Customers[0].ID, v.Cheque.Customer)
		require.Empty(t, v.Cheque.Tenders)
	})
	t.Run("the preview is what comes, and changes nothing", func(t *testing.T) {
		b := newDemo(t)
		m := till.MergeChoice{Survivor: b.demo.Customers[0].ID, Duplicate: b.demo.Customers[1].ID, TakeLimit: true}
		p, err := b.PreviewMerge(b.ctx, b.owner, m)
		require.NoError(t, err)
		require.Empty(t, b.state(1).MergedInto)
		s, err := b.MergeCustomers(b.ctx, b.owner, m)
		require.NoError(t, err)
		p.Becomes.PhoneChangedAt, p.Becomes.PhoneHeldUntil = s.PhoneChangedAt, s.PhoneHeldUntil
		require.Equal(t, p.Becomes, *s)
		require.Equal(t, p.Duplicate.CreditLimit, s.CreditLimit)
	})
	t.Run("is refused with itself, twice, and without the right", func(t *testing.T) {
		b, was := merged(t)
		_, err := b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: was[0].ID, Duplicate: was[0].ID})
		refused(t, err, pos.CodeInvalid, "merge.same")
		_, err = b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: b.demo.Customers[2].ID, Duplicate: was[1].ID})
		refused(t, err, pos.CodeConflict, "customer.merged")
		_, err = b.MergeCustomers(b.ctx, b.senior, till.MergeChoice{Survivor: b.demo.Customers[2].ID, Duplicate: was[0].ID})
		require.Equal(t, pos.RightMerge, refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
	})
}

func TestTill_ArchiveCustomer(t *testing.T) {
	b := newDemo(t)
	b.shiftOpen()
	anna := b.demo.Customers[0].ID
	_, err := b.ArchiveCustomer(b.ctx, b.senior, b.demo.Customers[1].ID, true)
	refused(t, err, pos.CodeConflict, "customer.archive-debt")
	s, err := b.ArchiveCustomer(b.ctx, b.senior, anna, true)
	require.NoError(t, err)
	require.True(t, s.Archived)
	_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: anna})
	refused(t, err, pos.CodeConflict, "customer.in-archive")
	_, err = b.ArchiveCustomer(b.ctx, b.senior, anna, false)
	require.NoError(t, err)
	_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: anna})
	require.NoError(t, err)
	_, err = b.ArchiveCustomer(b.ctx, b.senior, anna, true)
	refused(t, err, pos.CodeConflict, "customer.archive-cheque")
	b.healthy()
}

func TestTill_EraseCustomer(t *testing.T) {
	t.Run("nothing of the person is left, and the books hold", func(t *testing.T) {
		b, was := merged(t)
		n := b.asIs(0)
		n.Birthday, n.Note, n.Email = "1985-02-03", "любит ряженку", "anna.only@example.test"
		_, err := b.UpdateCustomer(b.ctx, b.owner, was[0].ID, n)
		require.NoError(t, err)
		_, _, err = b.RepayDebt(b.ctx, b.cashier, was[0].ID, pos.Cash, b.state(0).Debt)
		require.NoError(t, err)
		err = b.EraseCustomer(b.ctx, b.owner, was[0].ID, false)
		refused(t, err, pos.CodeConflict, "erase.points")
		points := b.posted(ledger.PointsOf(was[0].ID), money.Points)
		require.NoError(t, b.EraseCustomer(b.ctx, b.owner, was[0].ID, true))
		require.Zero(t, b.posted(ledger.PointsOf(was[0].ID), money.Points))
		require.Equal(t, points, b.posted(ledger.PointsLost, money.Points))
		b.healthy()
		card := b.state(0)
		require.Equal(t, pos.Anonymous, card.Name)
		require.NotEmpty(t, card.History, "what was bought stays")
		err = b.EraseCustomer(b.ctx, b.owner, was[0].ID, true)
		refused(t, err, pos.CodeConflict, "customer.erased")
		_, err = b.UpdateCustomer(b.ctx, b.owner, was[0].ID, n)
		refused(t, err, pos.CodeConflict, "customer.erased")

		require.NoError(t, b.store.Close())
		file, err := os.ReadFile(filepath.Join(b.dir, "kassa.db"))
		require.NoError(t, err)
		for _, text := range []string{was[0].Name, was[1].Name, pos.Fold(was[0].Name), strings.Fields(pos.Fold(was[0].Name))[1], was[0].Phone, was[1].Phone, was[0].Card, was[1].Card,
			"anna.only", "ряженку", "1985-02-03"} {
			require.False(t, strings.Contains(string(file), text), text)
		}
		b.open()
	})
	t.Run("is refused while a debt is open, on a cheque, and without the right", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		refused(t, b.EraseCustomer(b.ctx, b.owner, b.demo.Customers[1].ID, true), pos.CodeConflict, "erase.debt")
		err := b.EraseCustomer(b.ctx, b.senior, b.demo.Customers[0].ID, true)
		require.Equal(t, pos.RightErase, refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
		_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: b.demo.Customers[0].ID})
		require.NoError(t, err)
		refused(t, b.EraseCustomer(b.ctx, b.owner, b.demo.Customers[0].ID, true), pos.CodeConflict, "customer.archive-cheque")
	})
}

// Whatever is done to cards behind the till is found.
func TestTill_SelfCheckFindsTamperedCards(t *testing.T) {
	b, was := merged(t)
	b.group(pos.CustomerGroup{Name: "VIP", EarnRate: ptr(money.Percent(1000))}, 3)
	b.rephone(b.demo.Customers[3].ID, "+79000000099")
	require.NoError(t, b.EraseCustomer(b.ctx, b.owner, b.demo.Customers[5].ID, true))
	b.sell(3, 1, func() { b.tender(pos.Cash, 38_900) })
	b.healthy()
	require.NoError(t, b.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
		"a merge that was none":         {`UPDATE customers SET merged_into = '` + string(was[0].ID) + `' WHERE name LIKE 'Глеб%'`, "check.card-merged"},
		"a merge undone":                {`UPDATE customers SET merged_into = '' WHERE merged_into <> ''`, "check.card-merged"},
		"what a merge moved":            {`UPDATE customer_merges SET points = points + 1`, "check.doc-changed"},
		"a merge taken out":             {`DELETE FROM customer_merges`, "check.doc-missing"},
		"a lot handed back":             {`UPDATE lots SET customer = origin WHERE origin <> ''`, "check.points"},
		"whose points from before were": {`UPDATE lots SET origin = '' WHERE origin <> '' AND sale = ''`, "check.opening-changed"},
		"whose debt from before it was": {`UPDATE debts SET origin = '' WHERE origin <> '' AND sale = ''`, "check.opening-changed"},
		"an erased name":                {`UPDATE customers SET name = 'Кто-то' WHERE erased_at IS NOT NULL`, "check.card-erased"},
		"an erasure that was none":      {`UPDATE customers SET erased_at = 1 WHERE name LIKE 'Глеб%'`, "check.card-erased"},
		"an erasure taken out":          {`DELETE FROM customer_erasures`, "check.doc-missing"},
		"a group's rate":                {`UPDATE customer_groups SET earn_rate = 5000 WHERE name = 'VIP'`, "check.customer-group"},
		"a group taken out":             {`DELETE FROM customer_groups WHERE name = 'VIP'`, "check.customer-group"},
		"a member of another group":     {`UPDATE customers SET grp = '' WHERE grp = (SELECT id FROM customer_groups WHERE name = 'VIP')`, "check.card-group"},
		"a phone":                       {`UPDATE customers SET phone = '+79000000045' WHERE phone = '+79000000099'`, "check.card-phone"},
		"a code for a phone":            {`UPDATE challenges SET state = 'sent' WHERE operation = 'phone'`, "check.phone-code"},
		"a code for a phone taken out":  {`DELETE FROM challenges WHERE operation = 'phone'`, "check.phone-code"},
		"a consent taken back":          {`UPDATE consents SET given = 0`, "check.consents"},
		"a consent nobody gave":         {`INSERT INTO consents SELECT n + 10, customer, 'call', 'advertising', 1, source, employee, at FROM consents WHERE n = 1`, "check.consents"},
		"the terms of a sale":           {`UPDATE sales SET terms_earn_rate = 10000 WHERE number = 1`, "check.sale-points"},
		"terms that say nothing":        {`UPDATE sales SET terms = 0 WHERE number = 1`, "check.sale-changed"},
		"terms beyond all reason":       {`UPDATE sales SET terms_point_value = 9223372036854775807 WHERE number = 1`, "check.sale-range"},
	} {
		t.Run(name, func(t *testing.T) {
			c := b.copy(t)
			c.tamper(tt.sql)
			problems, err := c.SelfCheck(c.ctx, c.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}

// Whatever points and debts there are, merging and erasing keeps the sum of the
// journal, and the whole history is found sound.
func TestProperty_MergeAndErase(t *testing.T) {
	b := newDemo(t)
	b.shiftOpen()
	next := 0
	// balances are what all points and debts add up to, wherever they are booked.
	balances := func() (points, debts int64) {
		b.view(func(tx till.Tx) error {
			return tx.EachBalance(func(a ledger.Account, c money.Currency, n int64) error {
				switch {
				case strings.HasPrefix(string(a), "points:") || a == ledger.PointsLost:
					points += n
				case strings.HasPrefix(string(a), "debt:"):
					debts += n
				}
				return nil
			})
		})
		return points, debts
	}
	rapid.Check(t, func(rt *rapid.T) {
		var list strings.Builder
		list.WriteString("имя;карта;баллы;долг;лимит\n")
		people := make([]pos.CustomerID, 4)
		for range people {
			next++
			fmt.Fprintf(&list, "Покупатель %d;9000%d;%d;%d;%d\n", next, next, rapid.IntRange(0, 500).Draw(rt, "points"),
				rapid.SampledFrom([]int{0, 0, 70}).Draw(rt, "debt"), rapid.IntRange(0, 900).Draw(rt, "limit"))
		}
		_, err := b.bring(b.owner, imports.KindCustomers, list.String(), false)
		require.NoError(t, err)
		for i := range people {
			v, err := b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{Card: fmt.Sprint("9000", next-i)})
			require.NoError(t, err)
			people[i] = v.Customer.ID
		}
		_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{})
		require.NoError(t, err)
		one := rapid.SampledFrom(people)
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			c, err := b.CustomerCard(b.ctx, b.owner, one.Draw(rt, "who"))
			require.NoError(t, err)
			points, debts := balances()
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0: // a sale that earns
				if c.Archived {
					continue
				}
				_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[4].Barcodes[0], 0, nil)
				require.NoError(t, err)
				_, err = b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: c.ID})
				require.NoError(t, err)
				b.tender(pos.Card, 38_900)
				_, err = b.FinishSale(b.ctx, b.cashier)
				require.NoError(t, err)
				continue
			case 1:
				_, err = b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: c.ID, Duplicate: one.Draw(rt, "other"),
					TakeCard: rapid.Bool().Draw(rt, "card"), TakeLimit: rapid.Bool().Draw(rt, "limit")})
			case 2:
				err = b.EraseCustomer(b.ctx, b.owner, c.ID, rapid.Bool().Draw(rt, "forfeit"))
			case 3:
				if c.Debt > 0 {
					_, _, err = b.RepayDebt(b.ctx, b.cashier, c.ID, pos.Cash, c.Debt/2+1)
					require.NoError(t, err)
				}
				continue
			}
			if code := pos.CodeOf(err); err != nil && code != pos.CodeConflict && code != pos.CodeInvalid {
				rt.Fatalf("%v", err)
			}
			pointsNow, debtsNow := balances()
			require.Equal(t, points, pointsNow)
			require.Equal(t, debts, debtsNow)
		}
		problems, err := b.SelfCheck(b.ctx, b.owner)
		require.NoError(t, err)
		if len(problems) > 0 {
			rt.Fatalf("%v", problems)
		}
	})
}
