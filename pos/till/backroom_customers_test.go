package till_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
)

func TestTill_Customers(t *testing.T) {
	t.Run("adds a person whose phone is known in any notation", func(t *testing.T) {
		b := newDemo(t)
		c, err := b.AddCustomer(b.ctx, b.cashier, till.NewCustomer{Name: " Нина  Иванова ", Phone: "8 (900) 000-00-77", Card: " 777 "})
		require.NoError(t, err)
		require.Equal(t, [4]string{"Нина Иванова", "+79000000077", "777", "ru"}, [4]string{c.Name, c.Phone, c.Card, c.Language})
		_, err = b.AddCustomer(b.ctx, b.cashier, till.NewCustomer{Name: "Другая", Phone: "+7 900 0000077"})
		e := refused(t, err, pos.CodeConflict, "customer.phone-taken")
		require.Equal(t, "Нина Иванова", e.Args["Name"])
		_, err = b.AddCustomer(b.ctx, b.cashier, till.NewCustomer{Name: "Другая", Phone: "+79000000078", Card: "777"})
		refused(t, err, pos.CodeConflict, "customer.card-taken")
		b.healthy()
	})
	t.Run("refuses a phone that cannot be", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.AddCustomer(b.ctx, b.cashier, till.NewCustomer{Name: "Нина", Phone: "123"})
		refused(t, err, pos.CodeInvalid, "phone.reason.too_short")
		require.NotContains(t, err.Error(), "123")
	})
	t.Run("a limit takes its own right", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.AddCustomer(b.ctx, b.cashier, till.NewCustomer{Name: "Нина", CreditLimit: 1})
		e := refused(t, err, pos.CodeForbidden, "till.forbidden")
		require.Equal(t, pos.RightCreditLimit, e.Args["Right"])
		c := b.demo.Customers[0]
		_, err = b.UpdateCustomer(b.ctx, b.senior, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, CreditLimit: c.CreditLimit + 1})
		refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = b.UpdateCustomer(b.ctx, b.owner, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, CreditLimit: c.CreditLimit + 1})
		require.NoError(t, err)
	})
	t.Run("a new phone is not confirmed and the trail tells of it, masked", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		b.sell(0, 1, func() { b.spendPoints(100); b.tender(pos.Card, 28_900) })
		card, err := b.CustomerCard(b.ctx, b.cashier, b.demo.Customers[0].ID)
		require.NoError(t, err)
		require.True(t, card.PhoneConfirmed, "a right code was entered")
		b.rephone(card.ID, "+79000000099")
		s, err := b.CustomerCard(b.ctx, b.cashier, card.ID)
		require.NoError(t, err)
		require.False(t, s.PhoneConfirmed)
		require.WithinDuration(t, b.clock.Now(), s.PhoneChangedAt, 0)
		b.view(func(tx till.Tx) error {
			list, err := tx.Events(string(card.ID), 1)
			require.Equal(t, pos.EventPhoneChanged, list[0].Kind)
			require.NotContains(t, list[0].Detail["phone"]+list[0].Detail["phone_was"], "90000000")
			require.Contains(t, list[0].Detail["phone"], "99")
			return err
		})
		b.healthy()
	})
	t.Run("shows a card with lots, debts and history", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		sale := b.sell(1, 1, func() { b.tender(pos.Credit, 10_000); b.tender(pos.Cash, 28_900) })
		card, err := b.CustomerCard(b.ctx, b.cashier, b.demo.Customers[1].ID)
		require.NoError(t, err)
		require.Equal(t, money.Amount(130_000), card.Debt)
		require.Equal(t, money.Amount(170_000), card.Room)
		require.Len(t, card.Debts, 2)
		require.Len(t, card.Lots, 2)
		require.Equal(t, sale.ID, card.History[0].Sale)
	})
	t.Run("finds people while one types", func(t *testing.T) {
		b := newDemo(t)
		for text, want := range map[string]string{"журав": "Вера Журавлёва", "0003": "Вера Журавлёва", "2000008": "Helen Swift"} {
			found, err := b.SearchCustomers(b.ctx, b.cashier, text, 5)
			require.NoError(t, err)
			require.NotEmpty(t, found, text)
			require.Equal(t, want, found[0].Name, text)
		}
		found, err := b.SearchCustomers(b.ctx, b.cashier, "вера", 5)
		require.NoError(t, err)
		require.Equal(t, int64(2450), found[0].Points)
	})
}

func TestTill_RepayDebt(t *testing.T) {
	t.Run("pays the oldest debt first and partly too", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		b.sell(1, 1, func() { b.tender(pos.Credit, 10_000); b.tender(pos.Cash, 28_900) })
		id := b.demo.Customers[1].ID
		r, left, err := b.RepayDebt(b.ctx, b.cashier, id, pos.Card, 125_000)
		require.NoError(t, err)
		require.Equal(t, money.Amount(5_000), left)
		require.Len(t, r.Parts, 2)
		require.Equal(t, [2]money.Amount{120_000, 5_000}, [2]money.Amount{r.Parts[0].Amount, r.Parts[1].Amount})
		require.Equal(t, int64(5_000), b.balance(ledger.DebtOf(id)))
		require.Equal(t, int64(125_000), b.balance(ledger.CardMoney))

		_, left, err = b.RepayDebt(b.ctx, b.cashier, id, pos.Cash, 5_000)
		require.NoError(t, err)
		require.Zero(t, left)
		_, _, err = b.RepayDebt(b.ctx, b.cashier, id, pos.Cash, 1)
		refused(t, err, pos.CodeConflict, "debt.none")
		b.healthy()
	})
	t.Run("keeps nothing by mistake", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		id := b.demo.Customers[1].ID
		for amount, want := range map[money.Amount]string{120_001: "debt.too-much", 0: "amount.not-positive", -5: "amount.not-positive"} {
			_, _, err := b.RepayDebt(b.ctx, b.cashier, id, pos.Cash, amount)
			require.Equal(t, want, refusalID(err))
		}
		for _, m := range []pos.Method{pos.Points, pos.Credit, "gold"} {
			_, _, err := b.RepayDebt(b.ctx, b.cashier, id, m, 100)
			refused(t, err, pos.CodeInvalid, "debt.method")
		}
		_, _, err := b.RepayDebt(b.ctx, b.cashier, "nobody", pos.Cash, 100)
		require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
		require.Equal(t, int64(120_000), b.balance(ledger.DebtOf(id)))
		require.Equal(t, int64(10_000), b.balance(ledger.Drawer))
		b.healthy()
	})
	t.Run("opens the way for new credit when an overdue debt is paid", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		var late pos.CustomerState
		for _, c := range b.demo.Customers {
			if c.Overdue > 0 {
				late = c
			}
		}
		require.Equal(t, pos.CodeOverdue, pos.CodeOf(pos.CheckCredit(late, 100)))
		_, _, err := b.RepayDebt(b.ctx, b.cashier, late.ID, pos.Transfer, late.Debt)
		require.NoError(t, err)
		card, err := b.CustomerCard(b.ctx, b.cashier, late.ID)
		require.NoError(t, err)
		require.NoError(t, pos.CheckCredit(card.CustomerState, 100))
	})
}

func refusalID(err error) string {
	if e, ok := err.(*pos.Error); ok {
		return e.ID
	}
	return ""
}

func TestTill_PutProduct(t *testing.T) {
	b := newDemo(t)
	bread := b.demo.Products[1]
	t.Run("changes a product and moves its stock", func(t *testing.T) {
		p := bread
		p.Price, p.Stock = 4_990, 7_000
		stored, err := b.PutProduct(b.ctx, b.owner, p)
		require.NoError(t, err)
		require.Equal(t, p.ID, stored.ID)
		b.view(func(tx till.Tx) error {
			again, err := tx.Product(p.ID)
			require.Equal(t, [2]int64{4_990, 7_000}, [2]int64{int64(again.Price), int64(again.Stock)})
			return err
		})
		b.healthy()
	})
	t.Run("adds one with a stock", func(t *testing.T) {
		p, err := b.PutProduct(b.ctx, b.owner, pos.Product{SKU: " 9001 ", Name: "Новинка", Unit: "шт", Price: 100, VAT: pos.NoVAT, Stock: 5_000})
		require.NoError(t, err)
		require.Equal(t, "9001", p.SKU)
		require.NotEmpty(t, p.ID)
		b.healthy()
	})
	t.Run("refuses codes of another product by its name", func(t *testing.T) {
		_, err := b.PutProduct(b.ctx, b.owner, pos.Product{SKU: bread.SKU, Name: "Булка", VAT: pos.NoVAT})
		e := refused(t, err, pos.CodeConflict, "product.sku-taken")
		require.Equal(t, bread.Name, e.Args["Name"])
		_, err = b.PutProduct(b.ctx, b.owner, pos.Product{SKU: "9002", Name: "Булка", VAT: pos.NoVAT, Barcodes: bread.Barcodes})
		refused(t, err, pos.CodeConflict, "product.barcode-taken")
		_, err = b.PutProduct(b.ctx, b.owner, pos.Product{SKU: "9002", Name: "Булка", VAT: pos.NoVAT, Barcodes: []string{"1234", "1234"}})
		refused(t, err, pos.CodeInvalid, "product.barcode-twice")
	})
	t.Run("a cashier may not", func(t *testing.T) {
		_, err := b.PutProduct(b.ctx, b.cashier, bread)
		refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
}
