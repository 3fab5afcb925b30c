package waiting

import (
	"strings"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
)

// model is what the window knows that asks for a manual payment.
type model struct {
	due    money.Amount
	shop   money.Currency
	list   []manual.Merchant // that can be asked; nil until they are known
	chosen int               // among them; -1 for none
	text   string            // the sum as typed
	loaded bool
}

// take shows the merchants: those that are not archived and take the shop's money. A
// single one is chosen.
func (m *model) take(all []manual.Merchant) {
	m.list, m.chosen, m.loaded = nil, -1, true
	for _, one := range all {
		if !one.Archived && one.Supports(m.shop) {
			m.list = append(m.list, one)
		}
	}
	if len(m.list) == 1 {
		m.chosen = 0
	}
}

// step walks along the merchants.
func (m *model) step(by int) {
	if len(m.list) > 0 {
		m.chosen = min(max(m.chosen+by, 0), len(m.list)-1)
	}
}

// asked is what would be asked for, or what is wrong with it. The till has the last
// word.
func (m *model) asked() (*manual.Merchant, money.Amount, error) {
	switch {
	case m.loaded && len(m.list) == 0:
		return nil, 0, pos.E(pos.CodeConflict, "waiting.no-merchant", nil)
	case m.chosen < 0:
		return nil, 0, pos.E(pos.CodeInvalid, "manual.merchant-which", nil)
	}
	sum, err := money.ParseAmount(m.text)
	switch {
	case err != nil:
		return nil, 0, err
	case sum <= 0:
		return nil, 0, pos.E(pos.CodeInvalid, "amount.not-positive", nil)
	case sum > m.due:
		return nil, 0, pos.E(pos.CodeInvalid, "tender.no-change", pos.Args{"Due": m.due})
	}
	return &m.list[m.chosen], sum, nil
}

// Phrase is a sentence about a manual payment of a sale.
type Phrase struct {
	ID   string
	Args pos.Args
	Good bool // the money is there
}

// Says is how a manual payment stands, for the list of what was set aside and for
// the payment window.
func Says(v *till.AwaitedView) Phrase {
	args := pos.Args{"Sum": v.Amount, "Merchant": v.Account, "Reason": v.Reason}
	switch v.Standing {
	case manual.Waits:
		return Phrase{ID: "waiting.is.waits", Args: args}
	case manual.Pays:
		return Phrase{ID: "waiting.is.pays", Args: args, Good: true}
	case manual.Differs:
		return Phrase{ID: "waiting.is.differs", Args: args}
	}
	return Phrase{ID: gone(v), Args: args}
}

// gone says why an order pays nothing any more.
func gone(v *till.AwaitedView) string {
	switch {
	case v.Loose:
		return "waiting.is.loose"
	case v.Expired:
		return "waiting.is.expired"
	case v.State == manual.Declined && v.Decided.IsZero():
		return "waiting.is.refused"
	case v.State == manual.Declined && v.Reason != "":
		return "waiting.is.declined-because"
	case v.State == manual.Declined:
		return "waiting.is.declined"
	}
	return "waiting.is.returned"
}

// news is what people are told of a decision: of which sale, and what to do.
func news(d *till.Decided) Phrase {
	args := pos.Args{"Sum": d.Amount, "Merchant": d.Account, "Goods": strings.TrimSuffix(d.Goods, "…"), "Reason": d.Reason, "Due": d.Due}
	switch {
	case d.Ready():
		return Phrase{ID: "waiting.news.ready", Args: args, Good: true}
	case d.Standing == manual.Pays:
		return Phrase{ID: "waiting.news.part", Args: args, Good: true}
	case d.Standing == manual.Differs:
		return Phrase{ID: "waiting.news.differs", Args: args}
	case d.Expired:
		return Phrase{ID: "waiting.news.expired", Args: args}
	case d.Decided.IsZero():
		return Phrase{ID: "waiting.news.refused", Args: args}
	case d.Reason != "":
		return Phrase{ID: "waiting.news.declined-because", Args: args}
	}
	return Phrase{ID: "waiting.news.declined", Args: args}
}
