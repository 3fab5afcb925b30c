package till

import (
	"reflect"
	"time"

	"kassa/pos"
	"kassa/pos/imports"
)

// importProduct stores one row: over the product with its SKU, or as a new one.
func (o *op) importProduct(row imports.Product, doc string) (outcome, error) {
	old, err := o.ProductBySKU(row.SKU)
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return 0, err
	}
	next := pos.Product{SKU: row.SKU, Unit: "шт", VAT: pos.NoVAT}
	if err != nil {
		old = nil
		if row.Price == nil && (row.AskPrice == nil || !*row.AskPrice) {
			return 0, pos.E(pos.CodeInvalid, "import.no-price", nil)
		}
	} else {
		next = *old
		next.Archived = false // a product in the list is on the shelf again
	}
	next.Name = row.Name
	if row.Barcodes != nil {
		next.Barcodes = row.Barcodes
	}
	put(&next.Price, row.Price)
	put(&next.VAT, row.VAT)
	put(&next.Category, row.Category)
	put(&next.Unit, row.Unit)
	put(&next.Stock, row.Stock)
	if old == nil {
		next.Flags.Weighed = pos.Measured(next.Unit)
	}
	put(&next.Flags.Weighed, row.Weighed)
	put(&next.Flags.AskPrice, row.AskPrice)
	put(&next.Flags.NoEarn, row.NoEarn)
	put(&next.Flags.NoPoints, row.NoPoints)
	if old != nil && sameProduct(old, &next) {
		return rowUnchanged, nil
	}
	if err := o.storeProduct(old, &next, doc); err != nil {
		return 0, err
	}
	if old == nil {
		return rowNew, nil
	}
	return rowUpdated, nil
}

// put sets a field that the row names.
func put[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

func sameProduct(a, b *pos.Product) bool {
	x, y := *a, *b
	if len(x.Barcodes) == 0 && len(y.Barcodes) == 0 {
		x.Barcodes, y.Barcodes = nil, nil
	}
	return reflect.DeepEqual(x, y)
}

// importCustomer stores one row: over the customer with its phone or card, or
// as a new one with its opening balances. rows tells which row of the file was
// about whom: a second one about the same person, known once by the phone and
// once by the card, would silently undo the first.
func (o *op) importCustomer(row imports.Customer, rows map[pos.CustomerID]int) (outcome, error) {
	old, err := o.customerOfRow(row)
	if err != nil {
		return 0, err
	}
	if old != nil {
		if first, twice := rows[old.ID]; twice {
			return 0, pos.E(pos.CodeConflict, "import.same-person", pos.Args{"Name": old.Name, "First": first})
		}
		rows[old.ID] = row.Line
	}
	if row.CreditLimit != nil && (old == nil && *row.CreditLimit != 0 || old != nil && *row.CreditLimit != old.CreditLimit) {
		if err := o.demand(pos.RightCreditLimit); err != nil {
			return 0, err
		}
	}
	if old == nil {
		id, err := o.importNewCustomer(row)
		rows[id] = row.Line
		return rowNew, err
	}
	if err := o.keepBalances(old, row); err != nil {
		return 0, err
	}
	next := *old
	o.putRow(&next, row)
	if next == *old {
		return rowUnchanged, nil
	}
	if err := o.storeCustomer(&next); err != nil {
		return 0, err
	}
	return rowUpdated, o.noteCustomer(pos.EventCustomerChanged, old, &next)
}

func (o *op) importNewCustomer(row imports.Customer) (pos.CustomerID, error) {
	c := pos.Customer{ID: pos.CustomerID(o.t.IDs.NewID()), CreatedAt: o.at, Language: o.set.Language}
	o.putRow(&c, row)
	if err := c.Check(); err != nil {
		return "", err
	}
	if err := o.storeCustomer(&c); err != nil {
		return "", err
	}
	b := opening{Customer: c.ID, Since: o.at, Due: o.set.Rules.DueDate(o.at)}
	put(&b.Points, row.Points)
	put(&b.Debt, row.Debt)
	if row.DebtDue != nil {
		y, m, d := row.DebtDue.Date()
		b.Due = time.Date(y, m, d, 23, 59, 59, 0, o.at.Location())
		// A debt is older than its due date: the oldest is repaid first.
		if since := b.Due.AddDate(0, 0, -o.set.Rules.CreditDays); since.Before(b.Since) {
			b.Since = since
		}
	}
	if err := o.open(b); err != nil {
		return "", err
	}
	return c.ID, o.noteCustomer(pos.EventCustomerAdded, nil, &c)
}

func (o *op) putRow(c *pos.Customer, row imports.Customer) {
	c.Name = row.Name
	if row.Phone != "" && row.Phone != c.Phone {
		if c.Phone != "" {
			c.PhoneChangedAt = o.at.Truncate(time.Millisecond)
		}
		c.Phone, c.PhoneConfirmed = row.Phone, false
	}
	if row.Card != "" {
		c.Card = row.Card
	}
	put(&c.Email, row.Email)
	put(&c.Group, row.Group)
	put(&c.Language, row.Language)
	put(&c.CreditLimit, row.CreditLimit)
}

// customerOfRow finds whom a row is about; nil for somebody new. Phone and card
// of two different people are refused: nobody can tell whom the row means.
func (o *op) customerOfRow(row imports.Customer) (*pos.Customer, error) {
	var byPhone, byCard *pos.Customer
	var err error
	if row.Phone != "" {
		if byPhone, err = found(o.CustomerByPhone(row.Phone)); err != nil {
			return nil, err
		}
	}
	if row.Card != "" {
		if byCard, err = found(o.CustomerByCard(row.Card)); err != nil {
			return nil, err
		}
	}
	switch {
	case byPhone == nil:
		return byCard, nil
	case byCard != nil && byCard.ID != byPhone.ID:
		return nil, pos.E(pos.CodeConflict, "import.two-people", pos.Args{"Phone": byPhone.Name, "Card": byCard.Name})
	}
	return byPhone, nil
}

// found turns CodeNotFound into nil.
func found(c *pos.Customer, err error) (*pos.Customer, error) {
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, nil
	}
	return c, err
}

// keepBalances refuses a row that would set the points or the debt of somebody
// known here. The figures as they are may stand in it: a list that was exported
// can be imported again.
func (o *op) keepBalances(c *pos.Customer, row imports.Customer) error {
	if row.Points == nil && row.Debt == nil {
		return nil
	}
	s, err := o.stateOf(c)
	if err != nil {
		return err
	}
	if row.Points != nil && *row.Points != s.Points {
		return pos.E(pos.CodeConflict, "import.points-known", pos.Args{"Name": c.Name, "Points": s.Points})
	}
	if row.Debt != nil && *row.Debt != s.Debt {
		return pos.E(pos.CodeConflict, "import.debt-known", pos.Args{"Name": c.Name, "Debt": s.Debt})
	}
	return nil
}
