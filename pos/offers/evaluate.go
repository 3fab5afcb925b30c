package offers

import (
	"cmp"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Cheque is what promotions look at.
type Cheque struct {
	At      time.Time // in the shop's location
	Buyer   *Buyer    // nil for nobody
	Coupons []pos.OfferID
	Manual  bool // the cashier gave a discount on the whole cheque
	Lines   []Line
}

// Line is one position of a cheque. Removed lines and gift certificates are left
// out by the caller.
type Line struct {
	Product  pos.ProductID
	Category string
	Price    money.Amount
	Qty      money.Quantity
	Weighed  bool
	Excluded bool // the goods take no automatic discounts
	Manual   bool // the cashier gave a discount on it
}

// Outcome is what the promotions give.
type Outcome struct {
	Given    [][]pos.Given // of each line, in the order given
	Verdicts []Verdict     // of each promotion, in the order tried
}

// Verdict is what became of one promotion.
type Verdict struct {
	Offer pos.OfferID
	Name  string
	Sum   money.Amount // what it gave in all
	Why   Why          // why it gave nothing; "" when it gave
	By    string       // for WhyTaken: the promotion that came first
}

// Sum is what all promotions give together.
func (o *Outcome) Sum() money.Amount {
	var sum money.Amount
	for _, v := range o.Verdicts {
		sum = sum.Add(v.Sum)
	}
	return sum
}

// Evaluate tries the promotions in the order of Sort. Each takes its part of what
// the ones before it left; together they never take more than a line costs.
func Evaluate(all []Promotion, c Cheque) Outcome {
	e := evaluation{cheque: &c, rests: make([]money.Amount, len(c.Lines)), lock: make([]string, len(c.Lines))}
	e.out.Given = make([][]pos.Given, len(c.Lines))
	for i := range c.Lines {
		e.rests[i] = c.Lines[i].gross()
		e.gross = e.gross.Add(e.rests[i])
	}
	order := slices.Clone(all)
	Sort(order)
	for i := range order {
		e.out.Verdicts = append(e.out.Verdicts, e.try(&order[i]))
	}
	return e.out
}

// gross is what the line costs; nothing for one that no cheque would take.
func (l *Line) gross() money.Amount {
	if l.Price <= 0 || l.Qty <= 0 {
		return 0
	}
	sum, err := money.LineTotal(l.Price, l.Qty)
	if err != nil {
		return 0
	}
	return sum
}

type evaluation struct {
	cheque *Cheque
	gross  money.Amount
	rests  []money.Amount // what is left of each line
	lock   []string       // the promotion that keeps others off a line; "" for none
	out    Outcome
}

func (e *evaluation) try(p *Promotion) Verdict {
	v := Verdict{Offer: p.ID, Name: p.Name}
	if v.Why = p.closed(e.cheque); v.Why == "" && e.gross < p.MinSum {
		v.Why = WhyCheque
	}
	if v.Why != "" {
		return v
	}
	var lines []int
	if lines, v.Why, v.By = e.goods(p); v.Why != "" {
		return v
	}
	offs := make([]money.Amount, len(e.rests))
	e.take(p, lines, offs)
	v.Sum = e.give(p, offs)
	if v.Sum == 0 {
		v.Why = WhyNothing
	}
	return v
}

// goods are the lines a promotion may take from, or why there are none.
func (e *evaluation) goods(p *Promotion) (lines []int, why Why, by string) {
	var qty money.Quantity
	why = WhyGoods
	for i := range e.cheque.Lines {
		l := &e.cheque.Lines[i]
		if l.Excluded || l.gross() == 0 || !p.has(l) {
			continue
		}
		qty = min(qty+l.Qty, money.MaxQuantity)
		switch {
		case (l.Manual || e.cheque.Manual) && !p.WithManual:
			why = WhyManual
		case e.lock[i] != "":
			why, by = WhyTaken, e.lock[i]
		case p.Alone && len(e.out.Given[i]) > 0:
			why, by = WhyTaken, e.out.Given[i][0].Name
		default:
			lines = append(lines, i)
		}
	}
	switch {
	case len(lines) == 0:
		return nil, why, by
	case qty < p.MinQty:
		return nil, WhyQty, ""
	}
	return lines, "", ""
}

// take puts into offs what the effect takes off each line, within what is left.
func (e *evaluation) take(p *Promotion, lines []int, offs []money.Amount) {
	switch p.Effect {
	case PercentOff:
		for _, i := range lines {
			offs[i] = min(p.Percent.Of(e.rests[i]), e.rests[i])
		}
	case SumOff:
		weights, all := make([]money.Amount, len(lines)), money.Amount(0)
		for j, i := range lines {
			weights[j] = e.rests[i]
			all = all.Add(e.rests[i])
		}
		for j, part := range money.Allocate(min(p.Sum, all), weights) {
			offs[lines[j]] = part
		}
	case PriceAt:
		for _, i := range lines {
			at, err := money.LineTotal(p.Price, e.cheque.Lines[i].Qty)
			if err == nil && at < e.rests[i] {
				offs[i] = e.rests[i].Sub(at)
			}
		}
	case SomeOff:
		e.takeSome(p, lines, offs)
	}
}

// takeSome makes the cheapest pieces cheaper: of every Group pieces Free ones.
// Goods sold by weight have no pieces and do not count.
func (e *evaluation) takeSome(p *Promotion, lines []int, offs []money.Amount) {
	order := make([]int, 0, len(lines))
	var pieces int64
	for _, i := range lines {
		l := &e.cheque.Lines[i]
		if l.Weighed || l.Qty%money.One != 0 {
			continue
		}
		order = append(order, i)
		pieces += int64(l.Qty / money.One)
	}
	left := pieces / int64(p.Group) * int64(p.Free)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(e.cheque.Lines[a].Price, e.cheque.Lines[b].Price) })
	for _, i := range order {
		l := &e.cheque.Lines[i]
		n := min(int64(l.Qty/money.One), left)
		if n == 0 {
			break
		}
		left -= n
		// What promotions before took is spread over the pieces of the line.
		part := money.Allocate(e.rests[i], []money.Amount{money.Amount(n), money.Amount(int64(l.Qty/money.One) - n)})[0]
		offs[i] = min(p.Percent.Of(part), e.rests[i])
	}
}

// give takes the offs from the lines, at most what the promotion may give, and
// returns their sum.
func (e *evaluation) give(p *Promotion, offs []money.Amount) money.Amount {
	sum := money.Sum(offs...)
	if p.Most > 0 && sum > p.Most {
		offs = money.Allocate(p.Most, offs)
		sum = p.Most
	}
	for i, off := range offs {
		if off <= 0 {
			continue
		}
		e.rests[i] = e.rests[i].Sub(off)
		e.out.Given[i] = append(e.out.Given[i], pos.Given{Offer: p.ID, Name: p.Name, Sum: off})
		if p.Alone {
			e.lock[i] = p.Name
		}
	}
	return sum
}
