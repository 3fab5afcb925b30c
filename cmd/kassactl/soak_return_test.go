package main

import (
	"fmt"
	"strconv"
)

// Goods that come back, for money or for others.

// pick opens a return of one of the last sales and picks a piece of it; ok is
// false where nothing of it is left.
func (d *day) pick() (r tillReply, ok bool, err error) {
	if v, err := d.ask("cheque", nil); err != nil || v.text("id") != "" {
		return v, false, err
	}
	if r, err = d.ask("return.find", map[string]any{"limit": 8}); err != nil || len(r.list("sales")) == 0 {
		return r, false, err
	}
	sales := r.list("sales")
	if r, err = d.ask("return.start", map[string]any{"id": sales[d.random.IntN(len(sales))]["id"]}, "conflict"); err != nil || !r.OK {
		return r, false, err
	}
	for _, l := range r.list("lines") {
		if left, err := strconv.Atoi(fmt.Sprint(l["left"])); err != nil || left == 0 {
			continue
		}
		r, err = d.ask("return.line", map[string]any{"line": l["line"], "qty": "1"})
		return r, err == nil, err
	}
	_, err = d.ask("return.abandon", nil)
	return r, false, err
}

// refunded is what a return that is shown will have changed.
func (d *day) refunded(r tillReply, a *act) {
	p, _ := r.Result["preview"].(map[string]any)
	preview := tillReply{Result: p}
	a.docs = append(a.docs, doc{kind: "return", id: r.text("id"), total: kopecks(preview.text("total"))})
	a.points += whole(preview.text("points_restored")) - whole(preview.text("points_taken"))
	if c := preview.text("customer"); c != "" {
		a.customer = c
	}
	for _, one := range preview.list("refunds") {
		switch sum := kopecks(fmt.Sprint(one["amount"])); one["method"] {
		case "cash":
			a.drawer -= sum
		case "credit":
			a.debt -= sum
		}
	}
}

func (d *day) bringBack() error {
	r, ok, err := d.pick()
	if err != nil || !ok {
		return err
	}
	a := act{what: "return"}
	d.refunded(r, &a)
	_, err = d.do(a, "return.finish", map[string]any{"reason": "не подошло"})
	return err
}

// swap takes other goods for what comes back, and pays what they cost more.
func (d *day) swap() error {
	_, ok, err := d.pick()
	if err != nil || !ok {
		return err
	}
	if _, err = d.ask("return.exchange", nil); err != nil {
		return err
	}
	v, sum, err := d.ring()
	if err != nil {
		return err
	}
	a := act{what: "exchange", docs: []doc{{kind: "sale", id: v.text("id"), total: sum}}}
	if due := kopecks(v.text("due")); due > 0 {
		if v, err = d.ask("tender", map[string]any{"method": "cash", "amount": rubles(due)}); err != nil {
			return err
		}
		a.drawer += due
	}
	if v.Result["customer"] != nil {
		a.points += whole(v.text("points_earn"))
	}
	r, err := d.ask("return.show", nil)
	if err != nil {
		return err
	}
	d.refunded(r, &a)
	_, err = d.do(a, "return.finish", map[string]any{"reason": "другой размер"})
	return err
}
