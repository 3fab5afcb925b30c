// Package offers decides what automatic discounts take off a cheque. It is pure:
// the same rules, cheque and moment give the same discounts, whatever order the
// rules are listed in.
package offers

import (
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Effect names what a promotion does. Effects are permanent words.
type Effect string

// The effects.
const (
	PercentOff Effect = "percent" // Percent off each of the goods
	SumOff     Effect = "sum"     // Sum off the goods together, once a cheque
	PriceAt    Effect = "price"   // the goods at Price each
	SomeOff    Effect = "some"    // of every Group pieces the cheapest Free ones with Percent off
)

// Effects lists them in the order in which a card offers them.
var Effects = []Effect{PercentOff, SumOff, PriceAt, SomeOff}

// Limits of a promotion.
const (
	MaxPriority = 1000
	MaxChosen   = 500 // products, categories or groups of one promotion
	MaxGroup    = 100 // pieces of which some are cheaper
	MaxAround   = 60  // days around a birthday
)

// DateLayout is how the dates of a promotion are written.
const DateLayout = "2006-01-02"

// Promotion is one automatic discount of the shop.
type Promotion struct {
	ID       pos.OfferID
	Name     string // as the receipt shows it
	Priority int    // the higher is tried first
	On       bool
	Archived bool
	Seal     pos.Seal // how the seal was found when the promotion was read
	Rule
}

// Rule is when a promotion is given, for what, and how much. Conditions of
// nothing are no conditions.
type Rule struct {
	From   string         `json:"from,omitempty"`   // first day, in DateLayout
	To     string         `json:"to,omitempty"`     // last day
	Days   []time.Weekday `json:"days,omitempty"`   // none: every day
	After  int            `json:"after,omitempty"`  // minute of the day from which on it counts
	Before int            `json:"before,omitempty"` // minute from which on it counts no more; 0: to the end of the day. Less than After: over midnight

	Groups   []string `json:"groups,omitempty"` // of customers
	Birthday bool     `json:"birthday,omitempty"`
	Around   int      `json:"around,omitempty"` // days before and after a birthday that count as well
	Coupon   bool     `json:"coupon,omitempty"` // only with one of its coupons

	Products   []pos.ProductID `json:"products,omitempty"`
	Categories []string        `json:"categories,omitempty"` // goods of either; neither: all goods
	MinQty     money.Quantity  `json:"min_qty,omitempty"`    // of these goods
	MinSum     money.Amount    `json:"min_sum,omitempty"`    // of the whole cheque before any discount

	Effect  Effect        `json:"effect"`
	Percent money.Percent `json:"percent,omitempty"`
	Sum     money.Amount  `json:"sum,omitempty"`
	Price   money.Amount  `json:"price,omitempty"`
	Group   int           `json:"group,omitempty"`
	Free    int           `json:"free,omitempty"`

	Most       money.Amount `json:"most,omitempty"`        // most it gives on a cheque; 0: no limit
	Alone      bool         `json:"alone,omitempty"`       // shares a line with no other promotion
	WithManual bool         `json:"with_manual,omitempty"` // is given beside a cashier's discount too
}

// Check tells the first thing wrong with a promotion as CodeInvalid.
func (p *Promotion) Check() error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return pos.E(pos.CodeInvalid, "offers.name-empty", nil)
	case len([]rune(p.Name)) > pos.MaxNameRunes:
		return pos.E(pos.CodeInvalid, "offers.name-long", pos.Args{"Max": pos.MaxNameRunes})
	case pos.HasControl(p.Name + strings.Join(p.Categories, "") + strings.Join(p.Groups, "")):
		return pos.E(pos.CodeInvalid, "text.control", nil)
	case p.Priority < -MaxPriority || p.Priority > MaxPriority:
		return pos.E(pos.CodeInvalid, "offers.priority", pos.Args{"Max": MaxPriority})
	case max(len(p.Products), len(p.Categories), len(p.Groups)) > MaxChosen:
		return pos.E(pos.CodeInvalid, "offers.too-many", pos.Args{"Max": MaxChosen})
	}
	if err := p.checkWhen(); err != nil {
		return err
	}
	if p.MinQty < 0 || p.MinQty > money.MaxQuantity || p.MinSum < 0 || p.MinSum > money.MaxAmount || p.Most < 0 || p.Most > money.MaxAmount {
		return pos.E(pos.CodeInvalid, "offers.limits", nil)
	}
	return p.checkEffect()
}

func (p *Promotion) checkWhen() error {
	for _, day := range []string{p.From, p.To} {
		if _, err := time.Parse(DateLayout, day); day != "" && err != nil {
			return &pos.Error{Code: pos.CodeInvalid, ID: "offers.date", Err: err}
		}
	}
	const day = 24 * 60
	switch {
	case p.From != "" && p.To != "" && p.To < p.From:
		return pos.E(pos.CodeInvalid, "offers.dates-order", nil)
	case p.After < 0 || p.After >= day || p.Before < 0 || p.Before > day || (p.After != 0 && p.After == p.Before):
		return pos.E(pos.CodeInvalid, "offers.time", nil)
	case slices.ContainsFunc(p.Days, func(d time.Weekday) bool { return d < time.Sunday || d > time.Saturday }):
		return pos.E(pos.CodeInvalid, "offers.days", nil)
	case p.Around < 0 || p.Around > MaxAround:
		return pos.E(pos.CodeInvalid, "offers.around", pos.Args{"Max": MaxAround})
	}
	return nil
}

func (p *Promotion) checkEffect() error {
	percent := p.Percent > 0 && p.Percent <= 10_000
	switch p.Effect {
	case PercentOff:
		if !percent {
			return pos.E(pos.CodeInvalid, "offers.percent", nil)
		}
	case SumOff:
		if p.Sum <= 0 || p.Sum > money.MaxAmount {
			return pos.E(pos.CodeInvalid, "offers.sum", nil)
		}
	case PriceAt:
		if p.Price < 0 || p.Price > money.MaxAmount {
			return pos.E(pos.CodeInvalid, "offers.price", nil)
		}
		if len(p.Products) == 0 && len(p.Categories) == 0 {
			return pos.E(pos.CodeInvalid, "offers.price-goods", nil)
		}
	case SomeOff:
		if p.Group < 2 || p.Group > MaxGroup || p.Free < 1 || p.Free >= p.Group {
			return pos.E(pos.CodeInvalid, "offers.some", pos.Args{"Max": MaxGroup})
		}
		if !percent {
			return pos.E(pos.CodeInvalid, "offers.percent", nil)
		}
	default:
		return pos.E(pos.CodeInvalid, "offers.effect", nil)
	}
	return nil
}

// ByCategory reports that the rule asks for the category of goods.
func (r *Rule) ByCategory() bool { return len(r.Categories) > 0 }

// ByBuyer reports that the rule asks who buys.
func (r *Rule) ByBuyer() bool { return len(r.Groups) > 0 || r.Birthday }

// Sort puts promotions into the order in which they are tried: the highest
// priority first, the oldest first among equals.
func Sort(all []Promotion) {
	slices.SortFunc(all, func(a, b Promotion) int {
		if a.Priority != b.Priority {
			return b.Priority - a.Priority
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
}
