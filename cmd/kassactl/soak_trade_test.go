package main

import (
	"fmt"

	"github.com/stretchr/testify/require"
)

// What a cashier does in a day. Every step says what it will have changed in the
// books out of prices and sums of its own, not out of the answer.

// trade does one thing of a day.
func (d *day) trade() error {
	if !d.shift {
		return d.openShift()
	}
	switch n := d.random.IntN(100); {
	case n < 52:
		return d.sell()
	case n < 64:
		return d.bringBack()
	case n < 70:
		return d.swap()
	case n < 76:
		return d.park()
	case n < 83:
		return d.moveCash()
	case n < 89:
		return d.repay()
	case n < 93:
		_, err := d.ask("report.x", nil)
		return err
	case n < 96:
		_, err := d.ask("receipt", map[string]any{"number": d.books.highest["sale"]}, "not_found")
		return err
	}
	return d.closeShift()
}

func (d *day) openShift() error {
	a := act{what: "shift open", opens: true, drawer: 5000_00, docs: []doc{{kind: "shift", id: fmt.Sprint("shift ", len(d.books.acts))}}}
	r, err := d.do(a, "shift.open", map[string]any{"float": "5000.00"})
	d.shift = err == nil && r.OK
	return err
}

func (d *day) closeShift() error {
	if v, err := d.ask("cheque", nil); err != nil || v.text("id") != "" || d.parked > 0 {
		return err
	}
	r, err := d.do(act{what: "shift closed", closes: true}, "shift.close", map[string]any{"counted": rubles(d.books.now().drawer)})
	d.shift = err != nil || !r.OK
	return err
}

// ring puts goods onto the cheque until it holds some, and tells its sum as the
// price list has it.
func (d *day) ring() (v tillReply, sum int64, err error) {
	if v, err = d.ask("cheque", nil); err != nil {
		return v, 0, err
	}
	for n := 1 + d.random.IntN(4); n > 0; n-- {
		p := d.made.Products[d.random.IntN(6)]
		if v, err = d.ask("scan", map[string]any{"code": p.Barcode, "qty": fmt.Sprint(1 + d.random.IntN(3))}); err != nil {
			return v, 0, err
		}
	}
	price := map[string]int64{}
	for _, p := range d.made.Products[:6] {
		price[p.SKU] = kopecks(p.Price)
	}
	for _, l := range v.list("lines") {
		sum += price[fmt.Sprint(l["sku"])] * whole(fmt.Sprint(l["qty"]))
	}
	require.Equal(d.t, sum, kopecks(v.text("total")), d.where())
	return v, sum, nil
}

// sell rings a sale up and pays it in one of the ways there are.
func (d *day) sell() error {
	v, sum, err := d.ring()
	if err != nil {
		return err
	}
	a := act{what: "sale", docs: []doc{{kind: "sale", id: v.text("id"), total: sum}}}
	if d.random.IntN(2) == 0 && v.Result["customer"] == nil {
		c := d.made.Customers[d.random.IntN(customersOfDay)].ID
		if v, err = d.ask("customer", map[string]any{"id": c}); err != nil {
			return err
		}
	}
	left := sum
	if c, ok := v.Result["customer"].(map[string]any); ok {
		a.customer = fmt.Sprint(c["id"])
		if left, err = d.payOnName(&a, c, v, left); err != nil {
			return err
		}
	}
	return d.payAndFinish(a, left)
}

// payOnName pays with points or on credit, where the customer may and a code
// comes.
func (d *day) payOnName(a *act, c map[string]any, v tillReply, left int64) (int64, error) {
	method, amount := "points", min(whole(v.text("points_max")), 1+int64(d.random.IntN(20)))*100
	if d.random.IntN(2) == 0 {
		method, amount = "credit", min(kopecks(fmt.Sprint(c["room"])), left/2)
	}
	if amount <= 0 || d.random.IntN(4) == 0 {
		return left, nil
	}
	cmd, fields := "points.spend", map[string]any{"amount": rubles(amount)}
	if method == "credit" {
		cmd, fields["method"] = "tender", "credit"
	}
	r, err := d.ask(cmd, fields, "wait", "limit", "forbidden")
	if err != nil || !r.OK { // this phone had its messages, or the debt is overdue
		return left, err
	}
	if ch, ok := r.Result["challenge"].(map[string]any); ok {
		answer, err := d.ask("code.enter", map[string]any{"challenge": ch["id"], "code": d.lastCode()})
		if err != nil {
			return left, err
		}
		require.Equal(d.t, "verified", answer.text("state"), d.where())
		d.counts["codes"]++
	}
	if a.debt = amount; method == "points" {
		a.debt, a.points = 0, -amount/100
	}
	a.what += " with " + method
	return left - amount, nil
}

// payAndFinish pays what is left by card or in cash, with change, and finishes.
func (d *day) payAndFinish(a act, left int64) error {
	v, err := d.ask("cheque", nil)
	if err != nil {
		return err
	}
	require.Equal(d.t, left, kopecks(v.text("due")), d.where())
	if left > 0 {
		method, given := "card", left
		if d.random.IntN(3) > 0 {
			method, given = "cash", left+int64(d.random.IntN(4))*50_00
			a.drawer += left
		}
		if v, err = d.ask("tender", map[string]any{"method": method, "amount": rubles(given)}); err != nil {
			return err
		}
		require.Equal(d.t, given-left, kopecks(v.text("change")), d.where())
	}
	if a.customer != "" {
		a.points += whole(v.text("points_earn"))
	}
	_, err = d.do(a, "sale.finish", nil)
	return err
}

func (d *day) park() error {
	if d.parked > 2 || d.parked > 0 && d.random.IntN(2) == 0 {
		return d.recall()
	}
	if _, _, err := d.ring(); err != nil {
		return err
	}
	_, err := d.ask("cheque.park", map[string]any{"note": "забыли кошелёк"})
	d.parked++
	return err
}

func (d *day) recall() error {
	if v, err := d.ask("cheque", nil); err != nil || v.text("id") != "" {
		return err
	}
	r, err := d.ask("cheque.parked", nil)
	if err != nil {
		return err
	}
	if _, err = d.ask("cheque.recall", map[string]any{"id": r.list("cheques")[0]["id"]}); err != nil {
		return err
	}
	d.parked--
	return d.sell()
}

func (d *day) moveCash() error {
	a, cmd := act{what: "cash in", drawer: int64(1+d.random.IntN(300)) * 100}, "cash.in"
	amount := a.drawer
	if d.random.IntN(2) == 0 && d.books.now().drawer > 1000_00 {
		a.what, a.drawer, cmd = "cash out", -amount, "cash.out"
	}
	_, err := d.do(a, cmd, map[string]any{"amount": rubles(amount), "reason": "размен и мелочь"})
	return err
}

func (d *day) repay() error {
	s := d.books.now()
	for id, owed := range s.debts {
		if owed > 0 {
			amount := 1 + int64(d.random.IntN(int(owed)))
			_, err := d.do(act{what: "repayment", customer: id, debt: -amount, drawer: amount}, "debt.repay",
				map[string]any{"customer": id, "method": "cash", "amount": rubles(amount)})
			return err
		}
	}
	return nil
}
