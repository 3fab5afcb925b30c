package wire_test

import (
	"time"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/wire"
)

const digest = "896a6b7ad8f53d4c992fccc7bb3ff6565bf211053c65069343c083617bf5b620"

// samples are a payload of every kind, made of documents in which everything
// there is to tell is set.
func samples() map[pos.EventKind]wire.Payload {
	all := map[pos.EventKind]wire.Payload{}
	for _, p := range []wire.Payload{
		wire.OfSale(sale(), digest), wire.OfReturn(goodsBack(), digest), wire.OfCorrection(correction(), sale()),
		wire.OfOpening(opened(), digest, "1", "RUB"), wire.OfClosing(closed(), digest, "RUB"), wire.OfCash(cash(), digest, "RUB"),
		wire.OfStock(stock(), digest, "RUB"),
		wire.OfIssue(certificate(), digest, "RUB"), wire.OfBlock(blocked(), "потерян", by), wire.OfLapse("GC-77", 50_000, by),
		wire.OfMerge(merge(), customer(), "RUB"), wire.OfErasure(erasure(), []pos.CustomerID{"anna", "boris"}), wire.OfConsent(consent()),
		wire.OfCustomerGroup(group(), by), wire.OfRepayment(repayment(), []pos.Debt{{ID: "debt-1", Sale: "sale-1"}}, digest, "RUB"),
		wire.OfApproval(approval(), "RUB"), wire.OfOrder(ask(), clerk, may(), noon), wire.OfRuling("request-1", "order-1", ruling(), clerk, may(), noon),
		moneyBack(),
	} {
		all[p.EventKind()] = p
	}
	for _, k := range []pos.EventKind{pos.EventCustomerAdded, pos.EventCustomerChanged, pos.EventCustomerArchive, pos.EventCustomerRestore} {
		all[k] = wire.OfCustomer(k, customer(), by)
	}
	return all
}

// moneyBack tells all that one of goods and one by hand tell.
func moneyBack() *wire.OrderBack {
	p := wire.OfOrderBack("refund-1", "order-1", 3300, goodsBack(), clerk, may())
	p.Where, p.Finish = string(manual.AtOrders), true
	return p
}

func sale() *pos.Sale {
	coffee := pos.SaleLine{
		Line: pos.Line{No: 1, Product: "product-1", SKU: "1005", Name: "Кофе «Утро» <250 г>", Unit: "шт", Price: 38_900, Qty: 3000, VAT: 2200,
			Offers: []pos.Given{{Offer: "offer-1", Name: "Три по цене двух", Sum: 38_900}}},
		LineTotals: pos.LineTotals{No: 1, Gross: 116_700, Offered: 38_900, Discount: 38_900, Sum: 77_800, VAT: 14_030},
	}
	milk := pos.SaleLine{
		Line:       pos.Line{No: 2, Product: "product-2", SKU: "1001", Name: "Молоко", Unit: "л", Price: 8900, Qty: 500, VAT: 1000, Removed: true, Reason: "передумал"},
		LineTotals: pos.LineTotals{No: 2},
	}
	gift := pos.SaleLine{
		Line:       pos.Line{No: 3, Name: "Сертификат", Price: 50_000, Qty: money.One, VAT: pos.NoVAT, Certificate: "GC-1001", Expires: noon.Add(24 * time.Hour)},
		LineTotals: pos.LineTotals{No: 3, Gross: 50_000, Sum: 50_000},
	}
	return &pos.Sale{
		ID: "sale-1", Till: "1", Epoch: 2, Number: 17, Shift: "shift-1", Employee: "employee-1", Customer: "anna", At: noon, Currency: "RUB",
		Gross: 166_700, Discount: 38_900, Rounding: 50, Total: 127_750, VAT: 14_030, Change: 250, PointsSpent: 100, PointsEarned: 11,
		DebtAdded: 20_000, DebtDue: noon.Add(14 * 24 * time.Hour), Coupons: []string{"HELLO"},
		Lines: []pos.SaleLine{coffee, milk, gift},
		Tenders: []pos.SaleTender{
			{Tender: pos.Tender{No: 1, Method: pos.Points, Amount: 10_000, Points: 100, Challenge: "challenge-1"}},
			{Tender: pos.Tender{No: 2, Method: pos.Credit, Amount: 20_000, Challenge: "challenge-2"},
				Override: &pos.Override{Employee: "employee-2", Cause: "failed", Reason: "связи нет", At: noon}},
			{Tender: pos.Tender{No: 3, Method: pos.ByCertificate, Amount: 5000, Certificate: "GC-0999"}},
			{Tender: pos.Tender{No: 4, Method: pos.Cash, Amount: 80_250}},
			{Tender: pos.Tender{No: 5, Method: pos.Manual, Amount: 12_750, Order: "order-1"}},
		},
	}
}

func goodsBack() *pos.Return {
	return &pos.Return{
		ID: "return-1", Till: "1", Epoch: 2, Number: 3, Shift: "shift-1", Employee: "employee-1", Sale: "sale-1", SaleNo: 17, Customer: "anna",
		At: noon, Currency: "RUB", Reason: "не подошло", Exchange: "sale-2", Total: 38_900, VAT: 7015,
		PointsRestored: 33, PointsTaken: 11, PointsWithheld: 2, PointsKept: 1,
		Lines: []pos.ReturnLine{{No: 1, Origin: 1, Product: "product-1", SKU: "1005", Name: "Кофе", Unit: "шт", Price: 38_900, Qty: 1000, Rate: 2200,
			Sum: 38_900, VAT: 7015, Reason: "брак", Restock: true}},
		Refunds: []pos.Refund{
			{No: 1, Sale: "sale-1", Of: pos.Points, Method: pos.Points, Amount: 3300, Points: 33, Customer: "anna"},
			{No: 2, Sale: "sale-1", Of: pos.Credit, Method: pos.Credit, Amount: 6700, Debt: "debt-1", Customer: "anna"},
			{No: 3, Sale: "sale-1", Of: pos.ByCertificate, Method: pos.ByCertificate, Amount: 2000, Certificate: "GC-0999"},
			{No: 4, Sale: "sale-1", Of: pos.Cash, Method: pos.Cash, Amount: 26_900},
		},
	}
}

func correction() *pos.Correction {
	return &pos.Correction{ID: "correction-1", Sale: "sale-1", SaleNo: 17, Shift: "shift-1", Employee: "employee-1", From: pos.Card, To: pos.Transfer,
		Amount: 10_000, Reason: "перепутали кнопку", At: noon}
}

func opened() *pos.Shift {
	return &pos.Shift{ID: "shift-1", Number: 5, OpenedAt: noon, OpenedBy: "employee-1", Float: 10_000}
}

func closed() *pos.ShiftReport {
	s := opened()
	s.ClosedAt, s.ClosedBy, s.Expected, s.Counted = noon.Add(8*time.Hour), "employee-2", 261_600, 261_500
	r := &pos.ShiftReport{
		Shift: *s, Till: "1", Employee: "Ирина Котова", Sales: 5, Gross: 427_900, Discount: 100, Total: 427_800, VAT: 77_163,
		ByTender: map[pos.Method]money.Amount{pos.Cash: 269_200, pos.Card: 77_800, pos.Points: 22_000},
		Repaid:   map[pos.Method]money.Amount{pos.Cash: 1200}, CashIn: 500, CashOut: 4000, Expected: 261_600, Counted: 261_500, Difference: -100,
		DebtAdded: 20_000, Prepaid: 50_000, Removed: 2, Cancelled: 1, Skips: 1,
		Returns: pos.ReturnTotals{Count: 4, Total: 233_400, VAT: 42_090,
			ByMethod: map[pos.Method]money.Amount{pos.Cash: 133_600, pos.Exchange: 38_900}},
		Corrected: map[pos.Method]money.Amount{pos.Card: -10_000, pos.Transfer: 10_000}, Head: "25e67a8b", At: noon.Add(8 * time.Hour),
	}
	r.Points.Spent, r.Points.Earned = 220, 86
	r.Returns.Points.Restored, r.Returns.Points.Taken = 153, 30
	return r
}

func cash() *pos.CashMove {
	return &pos.CashMove{ID: "cash-1", Shift: "shift-1", Employee: "employee-1", Amount: -4000, Reason: "хозтовары", At: noon}
}

func stock() *pos.StockDoc {
	return &pos.StockDoc{ID: "stock-2", Kind: pos.Receiving, Number: 2, Supplier: "Хлебозавод", Invoice: "17", Reason: "не та накладная",
		Reverses: "stock-1", PostedAt: noon, PostedBy: "employee-1",
		Lines: []pos.StockLine{{No: 1, Product: "product-2", SKU: "1001", Name: "Молоко", Qty: 1000, Moved: -1000, Cost: 3000, NewPrice: 5500}}}
}

func certificate() *pos.Certificate {
	return &pos.Certificate{Number: "GC-77", Amount: 50_000, IssuedAt: noon, IssuedBy: "employee-1", Expires: noon.Add(time.Hour), Note: "приз",
		State: pos.CertificateActive}
}

func blocked() *pos.Certificate {
	c := certificate()
	c.State = pos.CertificateBlocked
	return c
}

func customer() *pos.Customer {
	return &pos.Customer{ID: "anna", Name: "Анна Лебедева", Phone: "+79000000001", PhoneConfirmed: true, Email: "anna@example.test", Card: "2000001",
		Language: "ru", Group: "group-1", CreditLimit: 500_000, Birthday: "1985-02-03", Note: "любит ряженку", CreatedAt: noon.Add(-time.Hour),
		PhoneChangedAt: noon.Add(-time.Minute), PhoneHeldUntil: noon.Add(time.Hour), Archived: true, MergedInto: "boris"}
}

func merge() *pos.Merge {
	return &pos.Merge{ID: "merge-1", Survivor: "boris", Duplicate: "anna", Points: 860, Debt: 1200, Employee: "employee-1", At: noon}
}

func erasure() *pos.Erasure {
	return &pos.Erasure{ID: "erasure-1", Customer: "anna", Points: 540, Employee: "employee-1", At: noon}
}

func consent() *pos.Consent {
	return &pos.Consent{Customer: "anna", Channel: pos.ChannelSMS, Purpose: pos.PurposeService, Given: true, Source: pos.ConsentPaper,
		Employee: "employee-1", At: noon}
}

func group() *pos.CustomerGroup {
	earn, share, limit, days := money.Percent(1000), money.Percent(5000), money.Amount(300_000), 30
	return &pos.CustomerGroup{ID: "group-1", Name: "Постоянные", EarnRate: &earn, MaxPointsShare: &share, CreditLimit: &limit, DueDays: &days,
		Archived: true}
}

func repayment() *pos.Repayment {
	return &pos.Repayment{ID: "repayment-1", Customer: "anna", Shift: "shift-1", Employee: "employee-1", Method: pos.Cash, Amount: 120_000, At: noon,
		Parts: []pos.RepaymentPart{{Debt: "debt-1", Amount: 100_000}, {Debt: "debt-0", Amount: 20_000}}}
}

func approval() *pos.Approval {
	return &pos.Approval{ID: "approval-1", Right: pos.RightCashOut, Sum: 5000, Subject: "shift-1", AskedBy: "employee-1", GrantedBy: "employee-2",
		Reason: "банк", At: noon.Add(-time.Minute), Expires: noon.Add(time.Minute), UsedAt: noon, UsedFor: "cash-1"}
}

var clerk = manual.Person{ID: "employee-1", Name: "Ирина"}

func may() manual.Rights {
	decide, refund := money.Amount(500_000), money.Amount(100_000)
	r := manual.AllRights()
	r.DecideCap, r.RefundCap, r.Currency = &decide, &refund, "RUB"
	return r
}

func ask() *manual.Ask {
	return &manual.Ask{ID: "order-1", Where: manual.AtCard, Offer: "offer-1", Text: "Занятие", Price: 150_000, Currency: "RUB", Merchant: "merchant-1",
		Customer: "anna", CustomerName: "Анна", Email: "anna@example.test", Phone: "+79000000001", Date: noon.Add(-time.Hour), Comment: "перевела вчера"}
}

func ruling() *manual.Ruling {
	price := money.Amount(140_000)
	return &manual.Ruling{Decision: manual.Approve, Version: 3, Where: manual.AtOrders, Price: &price, Currency: "RUB", Date: noon.Add(-2 * time.Hour), Comment: "пришло меньше"}
}
