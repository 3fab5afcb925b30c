package payment

// This file is what a scan means while a cheque is paid: a customer who remembered
// something at the last moment, a card, a coupon, a certificate. Nothing is added
// without a question, and nothing scanned is dropped without a word.

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/certificates"
	"kassa/ui/keys"
	"kassa/ui/sound"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/weight"
	"kassa/ui/widgets"
)

// onScan takes a scan, each in its turn: one that comes while the till works, or
// while another is being asked about, waits.
func (w *window) onScan(code string) {
	w.scans = append(w.scans, code)
	w.nextScan()
}

func (w *window) nextScan() {
	if len(w.scans) == 0 || w.m.busy || w.m.warm || w.asking || !w.d.Shown() {
		return
	}
	code := w.scans[0]
	w.scans = w.scans[1:]
	if w.x != nil {
		w.refuse(pos.E(pos.CodeConflict, "payment.scan-exchange", nil))
		return
	}
	if w.m.view.Totals.Due > 0 && w.m.next(w.now()) == certificateStep {
		certificates.Pay(w.env, w.m.view, code, w.reload)
		return
	}
	a := w.env.Actor
	w.start()
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (named, error) {
		found, err := w.env.Till.PeekScan(ctx, a, code)
		if err == nil {
			return named{Scanned: *found}, nil
		}
		if errorID(err) == "scan.unknown" {
			_, none := w.env.Till.Certificate(ctx, a, code)
			if none == nil {
				return named{certificate: true}, nil
			}
			if pos.CodeOf(none) == pos.CodeWait {
				err = none
			}
		}
		return named{}, err
	}, func(n named, err error) { w.onNamed(code, n, err) })
}

// named is what a scanned code is.
type named struct {
	till.Scanned
	certificate bool
}

func (w *window) onNamed(code string, n named, err error) {
	w.m.busy = false
	if !w.d.Shown() {
		return
	}
	w.draw()
	switch {
	case err != nil:
		w.onUnnamed(code, err)
	case n.certificate && w.m.view.Totals.Due == 0:
		w.refuse(pos.E(pos.CodeConflict, "payment.scan-paid", nil))
	case n.certificate:
		w.choose(pos.ByCertificate)
		certificates.Pay(w.env, w.m.view, code, w.reload)
	case n.Customer != nil && n.Customer.ID == w.m.view.Cheque.Customer:
		w.say("payment.scan.same", pos.Args{"Name": n.Customer.Name})
	case n.Customer != nil:
		id := n.Customer.ID
		w.ask("customer", pos.Args{"Name": n.Customer.Name}, func(ctx context.Context, a pos.Actor) (*till.ChequeView, error) {
			return w.env.Till.SetCustomer(ctx, a, till.FindCustomer{ID: id})
		})
	case n.Coupon != "":
		w.ask("coupon", pos.Args{"Number": n.Coupon}, func(ctx context.Context, a pos.Actor) (*till.ChequeView, error) {
			return w.env.Till.AddCoupon(ctx, a, n.Coupon)
		})
	default:
		l := n.Goods
		args := pos.Args{"Name": l.Name, "Sum": n.Sum, "Qty": l.Qty, "Unit": l.Unit}
		word := "goods"
		if l.Qty != money.One {
			word = "many"
		}
		w.ask(word, args, func(ctx context.Context, a pos.Actor) (*till.ChequeView, error) {
			return w.env.Till.Scan(ctx, a, code, 0, nil)
		})
	}
}

// onUnnamed asks for the weight of goods that are sold by it, sends back to the
// cheque what is asked there, and tells what else is wrong with a code.
func (w *window) onUnnamed(code string, err error) {
	id := errorID(err)
	e, _ := errors.AsType[*pos.Error](err)
	switch p, ok := product(e); {
	case ok && id == "scan.quantity-needed":
		w.asking = true
		w.env.Sound.Play(sound.Scanned)
		weight.Ask(w.env, weight.Question{Name: "payment.weight", Goods: p, Priced: true, OnScan: w.onScan,
			Take: func(n money.Quantity) {
				w.asking = false
				w.put(func(ctx context.Context, a pos.Actor) (*till.ChequeView, error) {
					return w.env.Till.Scan(ctx, a, code, n, nil)
				})
			},
			Gone: w.onUnanswered})
		return
	case ok && id == "scan.price-needed":
		err = pos.E(pos.CodeConflict, "payment.scan-price", pos.Args{"Name": p.Name})
	case id == "scan.several":
		err = pos.E(pos.CodeConflict, "payment.scan-several", e.Args)
	case id == "scan.unknown":
		w.env.Sound.Play(sound.Unknown)
	}
	w.refuse(err)
	w.nextScan()
}

func product(e *pos.Error) (pos.Product, bool) {
	if e == nil {
		return pos.Product{}, false
	}
	p, ok := e.Args["Product"].(pos.Product)
	return p, ok
}

// ask asks whether what was scanned comes to the cheque. word says what it is. Enter
// is yes, but not the one a scanner sends behind its code.
func (w *window) ask(word string, args pos.Args, do func(context.Context, pos.Actor) (*till.ChequeView, error)) {
	k, t := w.env.Kit, w.env.T
	w.asking = true
	answered := false
	var d *widgets.Dialog
	yes := func() {
		if answered {
			return
		}
		answered = true
		d.Close()
		w.put(do)
	}
	add := k.KeyButton(t("payment.scan.yes", nil), widgets.Primary, keys.Enter, yes)
	back := k.KeyButton(t("payment.scan.no", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	add.Height, back.Height = widgets.Large, widgets.Large
	body := widgets.VBox(theme.GapSmall, widgets.NewParagraph(t("payment.scan."+word, args), widgets.Body))
	if len(w.m.view.Cheque.Tenders) > 0 {
		body.Add(widgets.NewParagraph(t("payment.scan.kept", nil), widgets.SmallMuted))
	}
	d = k.Dialog(widgets.DialogSpec{Name: "payment.scan", Title: t("payment.scan.title", nil), Width: widgets.Narrow, Body: body,
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(200, back), widgets.Grow(add))})
	d.OnClosed = func() {
		w.asking = false
		if !answered {
			w.onUnanswered()
		}
	}
	w.env.Sound.Play(sound.Scanned)
	d.Show(add, func(s *keys.Scope) {
		s.BindKey(keys.Enter, yes)
		s.OnScan = w.onScan
	})
	w.env.Shown("payment.scan", "what", word)
}

// put changes the cheque as it was answered. What that takes out of the tenders is
// said: the till's rules decide, a code stands for one cheque alone.
func (w *window) put(do func(context.Context, pos.Actor) (*till.ChequeView, error)) {
	a := w.env.Actor
	w.start()
	approval.Run(w.env, func(ctx context.Context) (*till.ChequeView, error) { return do(ctx, a) },
		func(v *till.ChequeView, err error) {
			lost := ""
			if err == nil {
				lost = revoked(w.m.view, v)
			}
			w.onChanged(v, err, false)
			if lost != "" {
				w.say("sale.revoked."+lost, nil)
			}
			w.nextScan()
		})
}

// revoked is the tender of the customer that a new state of the cheque lost, "" for
// none.
func revoked(was, now *till.ChequeView) string {
	for _, method := range pos.Methods {
		if method.NeedsCustomer() && was.Cheque.Tender(method) != nil && now.Cheque.Tender(method) == nil {
			return string(method)
		}
	}
	return ""
}

// onUnanswered goes on after a question without an answer: the cheque is as it was.
func (w *window) onUnanswered() {
	w.asking = false
	if w.d.Shown() {
		w.show()
		w.nextScan()
	}
}

// say shows a sentence until the next key changes something.
func (w *window) say(id string, args pos.Args) {
	w.m.said = phrase{id: id, args: args, tone: widgets.Warn}
	w.draw()
	w.tell()
}

func errorID(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return ""
}
