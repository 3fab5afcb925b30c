package sale

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/sound"
	"kassa/ui/weight"
)

// onEnter adds what was typed or chosen; with nothing typed it pays.
func (s *Screen) onEnter() {
	text := strings.TrimSpace(s.v.field.Text())
	switch {
	case s.look.chosen:
		s.pickFound()
	case text == "":
		s.clearField()
		s.onPay()
	default:
		s.onTyped(text)
	}
}

// onTyped takes a whole typed text: a code first, exactly; a name when the list
// under the field shows what it means.
func (s *Screen) onTyped(text string) {
	found, times := s.look.best(text)
	n, name := pos.Multiple(text)
	if s.onNumber(text, name, n) {
		return
	}
	early := named(name) && !(s.look.open && s.look.text == name)
	s.clearField()
	s.ring(entry{text: text, found: found, times: times, early: early})
}

// onScan takes a scan. before is what stood in the field ahead of it: "3*"
// multiplies; the front half of a code that a busy computer took for typing
// belongs to it; anything else stays in the field.
func (s *Screen) onScan(before, code string) {
	if n, rest := pos.Multiple(before); n != 0 && rest == "" {
		s.clearField()
		s.ring(entry{text: before + code})
		return
	}
	s.v.field.SetText(before)
	s.onChanged(before)
	s.ring(entry{text: code, ahead: before})
}

// entry is one thing to ring up.
type entry struct {
	text    string         // a code, exactly
	ahead   string         // stood in the field before a scanned code
	product pos.ProductID  // or goods picked from a list
	times   money.Quantity // for product and found, 0 for one
	found   *pos.Product   // what text names when it is no code, and the picked goods
	qty     money.Quantity // of goods by weight, once it was asked
	price   *money.Amount  // once it was asked
	tile    *pos.Product   // whose number text is, when it is no code
	early   bool           // Enter came before the list did: an unknown name is given back
}

// RingUp puts goods that somebody picked onto the cheque, as a scan of them does:
// what has to be asked, a weight or a price, is asked first.
func (s *Screen) RingUp(id pos.ProductID) { s.ring(entry{product: id}) }

// ring adds an entry to the cheque as the next step. It is the one way onto the
// cheque: by a scan, a typed text, the list, a tile.
func (s *Screen) ring(e entry) { s.steps.add(s.ringing(e)) }

func (s *Screen) ringing(e entry) step {
	whole := false // what stood ahead belonged to the code
	return step{
		before: func() bool { s.m.notice = notice{}; return true },
		work: func(ctx context.Context) (v *till.ChequeView, err error) {
			v, whole, err = s.put(ctx, e)
			return v, err
		},
		after: func(v *till.ChequeView, err error) { s.onRung(e, whole, v, err) },
	}
}

// put asks the till to ring an entry up. whole tells that what stood ahead of a
// scan belonged to its code.
func (s *Screen) put(ctx context.Context, e entry) (v *till.ChequeView, whole bool, err error) {
	a, times := s.env.Actor, e.times
	if err := s.doubted(ctx, e); err != nil {
		return nil, false, err
	}
	if e.qty != 0 {
		times = e.qty
	}
	if e.product != "" {
		v, err = s.env.Till.Add(ctx, a, e.product, times, e.price)
		return v, false, err
	}
	if v, err = s.scanWhole(ctx, a, e); err == nil || asks(err) {
		return v, true, err
	}
	if e.tile != nil {
		if err := s.twoMeanings(ctx, e); err != nil {
			return nil, false, err
		}
	}
	v, err = s.env.Till.Scan(ctx, a, e.text, e.qty, e.price)
	if e.found != nil && idOf(err) == "scan.unknown" {
		v, err = s.env.Till.Add(ctx, a, e.found.ID, times, e.price)
	}
	return v, false, err
}

// asks reports a refusal that a question about the goods answers.
func asks(err error) bool {
	id := idOf(err)
	return id == "scan.quantity-needed" || id == "scan.price-needed"
}

var errNoHalf = errors.New("sale: the code arrived whole")

// scanWhole tries a scan together with what stood in the field before it. No
// goods are known by a typed name with a code behind it, so only a code that was
// cut in two is found.
func (s *Screen) scanWhole(ctx context.Context, a pos.Actor, e entry) (*till.ChequeView, error) {
	if e.ahead == "" || named(e.ahead) {
		return nil, errNoHalf
	}
	return s.env.Till.Scan(ctx, a, e.ahead+e.text, e.qty, e.price)
}

func (s *Screen) onRung(e entry, whole bool, v *till.ChequeView, err error) {
	if d, ok := errors.AsType[*weight.DoubtError](err); ok {
		s.askGiven(e, d)
		return
	}
	if err == nil {
		s.env.Sound.Play(sound.Scanned)
		if whole && s.v.field.Text() == e.ahead {
			s.clearField()
		}
		s.apply(v, selectLast)
		return
	}
	switch id := idOf(err); id {
	case "scan.unknown":
		if e.early && s.v.field.Text() == "" {
			s.v.field.SetText(e.text)
			s.onChanged(e.text)
			return
		}
		if aName(e.text) && s.v.field.Text() == "" { // to be mended, or typed over
			s.v.field.SetText(e.text)
			s.v.field.Select()
		}
		s.env.Sound.Play(sound.Unknown)
		s.fail(err)
		return
	case "scan.quantity-needed", "scan.price-needed":
		if p, ok := argOf[pos.Product](err, "Product"); ok {
			if whole && s.v.field.Text() == e.ahead { // the question is about the whole code
				e.text, e.ahead = e.ahead+e.text, ""
				s.clearField()
			}
			s.askGoods(e, id, p)
			return
		}
	case "scan.several":
		if found, ok := argOf[[]pos.Product](err, "Products"); ok {
			n, _ := pos.Multiple(e.text)
			s.offerSeveral(found, n)
		}
	}
	s.env.Sound.Play(sound.Error)
	s.fail(err)
}

// aName reports a text that somebody means as a name: letters without figures, or
// several words. Numbers of certificates and cards have figures and no spaces.
func aName(text string) bool {
	return named(text) && (!strings.ContainsFunc(text, unicode.IsDigit) || strings.ContainsFunc(text, unicode.IsSpace))
}

// named reports a text that can be part of a name; digits alone are a code.
func named(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }
