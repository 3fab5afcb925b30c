package till_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/wire"
)

// tellingDay is a shop in which everything happened once that others are told
// of.
func tellingDay(t testing.TB) *backroom {
	b := returnsDay(t)
	ok := func(_ any, err error) { t.Helper(); require.NoError(t, err) }

	a, err := b.Approve(b.ctx, b.cashier, till.AskApproval{Right: pos.RightCashOut, Sum: 5000, PIN: b.demo.Employees[1].PIN, Reason: "банк"})
	require.NoError(t, err)
	ok(b.CashOut(till.WithApproval(b.ctx, a.ID), b.cashier, 4000, "хозтовары"))

	v, err := b.NewStockDoc(b.ctx, b.owner, pos.StockDoc{Kind: pos.Receiving, Supplier: "Хлебозавод", Invoice: "17"})
	require.NoError(t, err)
	ok(b.PutStockLine(b.ctx, b.owner, v.Doc.ID, pos.StockLine{Product: b.demo.Products[0].ID, Qty: money.One, Cost: 3000, NewPrice: 5500}))
	ok(b.PostStock(b.ctx, b.owner, v.Doc.ID))
	ok(b.ReverseStock(b.ctx, b.owner, v.Doc.ID, "не та накладная"))

	ends := b.clock.Now().Add(time.Hour)
	ok(b.IssueCertificate(b.ctx, b.owner, till.NewCertificate{Number: "GC-77", Amount: 50_000, Expires: ends}, "приз"))
	ok(b.BlockCertificate(b.ctx, b.owner, "GC-77", "потерян", false))
	ok(b.BlockCertificate(b.ctx, b.owner, "GC-77", "нашёлся", true))
	b.clock.Move(2 * time.Hour)
	ok(b.LapseCertificate(b.ctx, b.owner, "GC-77"))

	b.group(pos.CustomerGroup{Name: "VIP", EarnRate: ptr(money.Percent(1000)), DueDays: ptr(30)}, 2)
	b.rephone(b.demo.Customers[3].ID, "+79000000099")
	ok(b.RecordConsents(b.ctx, b.owner, b.demo.Customers[1].ID,
		[]till.Answer{{ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper))
	debt := b.state(1).Debt
	_, _, err = b.RepayDebt(b.ctx, b.cashier, b.demo.Customers[1].ID, pos.Cash, debt)
	require.NoError(t, err)
	ok(b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: b.demo.Customers[3].ID, Duplicate: b.demo.Customers[1].ID}))
	ok(b.ArchiveCustomer(b.ctx, b.owner, b.demo.Customers[4].ID, true))
	ok(b.ArchiveCustomer(b.ctx, b.owner, b.demo.Customers[4].ID, false))
	require.NoError(t, b.EraseCustomer(b.ctx, b.owner, b.demo.Customers[5].ID, true))
	ok(b.CloseShift(b.ctx, b.cashier, 123_400))
	return b
}

// told lists everything in the outbox.
func (b *backroom) told() (list []pos.OutboxMessage) {
	b.t.Helper()
	b.view(func(tx till.Tx) error {
		return tx.EachOutbox(func(m *pos.OutboxMessage) error {
			list = append(list, *m)
			return nil
		})
	})
	return list
}

func TestTill_TellsInPermanentForm(t *testing.T) {
	b := tellingDay(t)
	b.healthy()
	kinds := map[pos.EventKind]bool{}
	for i, m := range b.told() {
		p, err := wire.Decode(&m)
		require.NoError(t, err, string(m.Payload))
		again, err := wire.Pack(m.ID, m.Epoch, m.At, p)
		require.NoError(t, err)
		again.Seq, again.Payload = int64(i)+1, append(again.Payload, string(m.Payload[len(again.Payload):])...)
		require.Equal(t, again, &m, "what is told is what can be read, byte for byte")
		kinds[m.Kind] = true
	}
	for _, k := range wire.Kinds() {
		require.True(t, kinds[k], "%s is told by nobody", k)
	}
}

// What was told stays told, whatever became of it.
func TestTill_SelfCheckKnowsAcknowledgedMessages(t *testing.T) {
	b := tellingDay(t)
	list := b.told()
	require.NoError(t, b.store.Update(b.ctx, func(tx till.Tx) error {
		for i, m := range list {
			move := func() (bool, error) { return tx.AcknowledgeOutbox(m.ID, b.clock.Now()) }
			if i%5 == 0 {
				move = func() (bool, error) { return tx.PutOutboxAside(m.ID, b.clock.Now(), "не читается") }
			}
			if moved, err := move(); err != nil || !moved {
				return errors.Join(err, errors.New("did not move"))
			}
		}
		return nil
	}))
	b.healthy()
	v, err := b.Vitals(b.ctx, b.owner)
	require.NoError(t, err)
	require.Equal(t, pos.OutboxCounts{Aside: int64(len(list)+4) / 5}, v.Outbox)

	require.NoError(t, b.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
		"acknowledged sales forgotten":      {`DELETE FROM outbox WHERE kind = 'sale.completed' AND state = 'acknowledged'`, "check.outbox"},
		"acknowledged returns forgotten":    {`DELETE FROM outbox WHERE kind = 'return.completed' AND state = 'acknowledged'`, "check.outbox-returns"},
		"a sale told twice":                 {`INSERT INTO outbox (id, kind, subject, payload, at) SELECT id||'x', kind, subject, payload, at FROM outbox WHERE kind = 'sale.completed' LIMIT 1`, "check.outbox"},
		"a shift's opening not told":        {`DELETE FROM outbox WHERE kind = 'shift.opened'`, "check.outbox-documents"},
		"a shift's count not told":          {`DELETE FROM outbox WHERE kind = 'shift.closed'`, "check.outbox-documents"},
		"cash not told":                     {`DELETE FROM outbox WHERE kind = 'cash.moved'`, "check.outbox-documents"},
		"cash told twice":                   {`INSERT INTO outbox (id, kind, subject, payload, at) SELECT id||'x', kind, subject, payload, at FROM outbox WHERE kind = 'cash.moved'`, "check.outbox-documents"},
		"a repayment told as another":       {`UPDATE outbox SET subject = 'x' WHERE kind = 'debt.repaid'`, "check.outbox-documents"},
		"a correction not told":             {`DELETE FROM outbox WHERE kind = 'tender.corrected'`, "check.outbox-documents"},
		"stock not told":                    {`DELETE FROM outbox WHERE kind = 'stock.posted'`, "check.outbox-documents"},
		"a certificate's issue not told":    {`DELETE FROM outbox WHERE kind = 'certificate.issued'`, "check.outbox-documents"},
		"a certificate's lapse not told":    {`DELETE FROM outbox WHERE kind = 'certificate.lapsed'`, "check.outbox-documents"},
		"a merge not told":                  {`DELETE FROM outbox WHERE kind = 'customer.merged'`, "check.outbox-documents"},
		"an erasure not told":               {`DELETE FROM outbox WHERE kind = 'customer.erased'`, "check.outbox-documents"},
		"an erasure told at another moment": {`UPDATE outbox SET at = at + 1 WHERE kind = 'customer.erased'`, "check.outbox-documents"},
	} {
		t.Run(name, func(t *testing.T) {
			c := b.copy(t)
			c.tamper(tt.sql)
			problems, err := c.SelfCheck(c.ctx, c.owner)
			require.NoError(t, err)
			require.Len(t, problems, 1)
			require.Equal(t, tt.want, problems[0].ID)
			require.Equal(t, "I1", problems[0].Invariant)
		})
	}
}

// last is the newest message of a kind, read.
func last[T wire.Payload](b *backroom) (p T) {
	b.t.Helper()
	for _, m := range b.told() {
		got, err := wire.Decode(&m)
		require.NoError(b.t, err)
		if got, ok := got.(T); ok {
			p = got
		}
	}
	return p
}

func TestTill_TellsCustomers(t *testing.T) {
	b := newDemo(t)
	b.shiftOpen()
	gleb := b.demo.Customers[3].ID
	b.sell(3, 1, func() { b.tender(pos.Cash, 38_900) })
	require.Equal(t, string(gleb), b.told()[len(b.told())-1].Object, "what concerns a customer is told in the customer's order")

	b.rephone(gleb, "+79000000099")
	card := last[*wire.Customer](b)
	require.Equal(t, []any{string(gleb), "+79000000099", false}, []any{card.ID, card.Phone, card.PhoneConfirmed})
	b.sell(0, 1, func() { b.spendPoints(10); b.tender(pos.Cash, 37_900) })
	card = last[*wire.Customer](b)
	require.Equal(t, []any{string(b.demo.Customers[0].ID), true}, []any{card.ID, card.PhoneConfirmed}, "a code came back right")

	_, err := b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: gleb, Duplicate: b.demo.Customers[4].ID})
	require.NoError(t, err)
	merged := last[*wire.CustomersMerged](b)
	require.Equal(t, string(gleb), merged.Card.MergedInto)
	require.Equal(t, "Дарья Голубева", merged.Card.Name)
	n := b.asIs(3)
	n.Card = merged.Card.Loyalty
	_, err = b.UpdateCustomer(b.ctx, b.owner, gleb, n)
	require.NoError(t, err)
	var lost *wire.Customer
	for _, m := range b.told() {
		if p, err := wire.Decode(&m); err == nil && m.Subject == merged.Duplicate && m.Kind == pos.EventCustomerChanged {
			lost = p.(*wire.Customer)
		}
	}
	require.NotNil(t, lost, "the merged card lost its number, and others hear of it")
	require.Empty(t, lost.Loyalty)

	require.NoError(t, b.EraseCustomer(b.ctx, b.owner, gleb, true))
	require.Equal(t, []string{string(gleb), merged.Duplicate}, last[*wire.CustomerErased](b).Cards)
	for _, m := range b.told() {
		if m.Subject == string(gleb) || m.Subject == merged.Duplicate {
			require.NotContains(t, string(m.Payload), "Глеб")
			require.NotContains(t, string(m.Payload), "Дарья")
			require.NotContains(t, string(m.Payload), "+7900")
		}
	}
	require.True(t, last[*wire.CustomersMerged](b).Card.Forgotten)
	b.healthy()
}

// What is told after data was restored belongs to the epoch that began then.
func TestTill_TellsItsEpoch(t *testing.T) {
	b := newDemo(t)
	before := len(b.told())
	require.NoError(t, b.Restored(b.ctx, b.owner, &till.RestorePlan{File: "x.db", Epoch: 4}))
	b.shiftOpen()
	for i, m := range b.told() {
		want := int64(1)
		if i >= before {
			want = 4
		}
		require.Equal(t, want, m.Epoch)
		require.Equal(t, int64(i)+1, m.Seq)
	}
}
