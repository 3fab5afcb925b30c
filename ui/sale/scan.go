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
	found   *pos.Product   // what text names when it is no code
	price   *money.Amount  // once it was asked
	tile    *pos.Product   // whose number text is, when it is no code
	early   bool           // Enter came before the list did: an unknown name is given back
}

// ring adds an entry to the cheque as the next step.
func (s *Screen) ring(e entry) {
	a := s.env.Actor
	whole := false // what stood ahead belonged to the code
	s.steps.add(step{
		before: func() bool { s.m.notice = notice{}; return true },
		work: func(ctx context.Context) (*till.ChequeView, error) {
			if e.product != "" {
				return s.env.Till.Add(ctx, a, e.product, e.times, e.price)
			}
			if v, err := s.scanWhole(ctx, a, e); err == nil {
				whole = true
				return v, nil
			}
			if e.tile != nil {
				if err := s.twoMeanings(ctx, e); err != nil {
					return nil, err
				}
			}
			v, err := s.env.Till.Scan(ctx, a, e.text, 0, e.price)
			if e.found != nil && idOf(err) == "scan.unknown" {
				return s.env.Till.Add(ctx, a, e.found.ID, e.times, e.price)
			}
			return v, err
		},
		after: func(v *till.ChequeView, err error) { s.onRung(e, whole, v, err) },
	})
}

var errNoHalf = errors.New("sale: the code arrived whole")

// scanWhole tries a scan together with what stood in the field before it. No
// goods are known by a typed name with a code behind it, so only a code that was
// cut in two is found.
func (s *Screen) scanWhole(ctx context.Context, a pos.Actor, e entry) (*till.ChequeView, error) {
	if e.ahead == "" || named(e.ahead) {
		return nil, errNoHalf
	}
	return s.env.Till.Scan(ctx, a, e.ahead+e.text, 0, e.price)
}

func (s *Screen) onRung(e entry, whole bool, v *till.ChequeView, err error) {
	if err == nil {
		s.env.Sound.Play(sound.Scanned)
		if whole && s.v.field.Text() == e.ahead {
			s.clearField()
		}
		s.apply(v, selectLast)
		return
	}
	switch idOf(err) {
	case "scan.unknown":
		if e.early && s.v.field.Text() == "" {
			s.v.field.SetText(e.text)
			s.onChanged(e.text)
			return
		}
		s.env.Sound.Play(sound.Unknown)
		s.fail(err)
		return
	case "scan.price-needed":
		if p, ok := argOf[pos.Product](err, "Product"); ok {
			s.askNewPrice(e, p)
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

// named reports a text that can be part of a name; digits alone are a code.
func named(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }
