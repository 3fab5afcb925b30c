package local

import (
	"database/sql"

	"kassa/pos"
)

// How what belongs to customers' cards is kept: groups, consents, merged cards,
// erased ones.
const (
	custGroupColumns   = `id, name, earn_rate, max_points_share, credit_limit, due_days, archived, seal`
	sqlCustomerGroup   = `SELECT ` + custGroupColumns + ` FROM customer_groups WHERE id = ?`
	sqlCustomerGroups  = `SELECT ` + custGroupColumns + ` FROM customer_groups ORDER BY archived, name, id`
	sqlGroupNameOwner  = `SELECT id FROM customer_groups WHERE name = ?`
	sqlPutCustomerGrup = `INSERT INTO customer_groups (` + custGroupColumns + `) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, earn_rate = excluded.earn_rate,
		max_points_share = excluded.max_points_share, credit_limit = excluded.credit_limit, due_days = excluded.due_days,
		archived = excluded.archived, seal = excluded.seal`
	sqlGroupMembers = `SELECT count(*) FROM customers WHERE grp = ? AND archived = 0`

	consentColumns = `customer, channel, purpose, given, source, employee, at`
	sqlConsents    = `SELECT ` + consentColumns + ` FROM consents WHERE customer = ? ORDER BY n`
	sqlEachConsent = `SELECT ` + consentColumns + ` FROM consents ORDER BY n`
	sqlPutConsent  = `INSERT INTO consents (` + consentColumns + `) VALUES (?,?,?,?,?,?,?)`

	mergeColumns   = `id, survivor, duplicate, points, debt, employee, at`
	sqlEachMerge   = `SELECT ` + mergeColumns + ` FROM customer_merges ORDER BY n`
	sqlPutMerge    = `INSERT INTO customer_merges (` + mergeColumns + `) VALUES (?,?,?,?,?,?,?)`
	sqlMergedCards = `SELECT ` + customerColumns + ` FROM customers WHERE merged_into = ? AND merged_into <> '' ORDER BY n`
	sqlPassLots    = `UPDATE lots SET origin = CASE WHEN origin = '' THEN customer ELSE origin END, customer = ?1 WHERE customer = ?2`
	sqlPassDebts   = `UPDATE debts SET origin = CASE WHEN origin = '' THEN customer ELSE origin END, customer = ?1 WHERE customer = ?2`
	sqlChequesOf   = `SELECT ` + chequeColumns + ` FROM cheques WHERE customer = ? AND state IN ('open', 'parked') ORDER BY n`

	erasureColumns = `id, customer, points, employee, at`
	sqlEachErasure = `SELECT ` + erasureColumns + ` FROM customer_erasures ORDER BY n`
	sqlPutErasure  = `INSERT INTO customer_erasures (` + erasureColumns + `) VALUES (?,?,?,?,?)`

	// What is overwritten from here on leaves nothing of itself in the file.
	sqlOverwrite        = `PRAGMA secure_delete = ON`
	sqlForgetSends      = `UPDATE OR REPLACE sends SET phone = '' WHERE challenge IN (SELECT id FROM challenges WHERE customer = ?)`
	sqlForgetChallenges = `UPDATE challenges SET phone = '', new_phone = '' WHERE customer = ?`
	sqlTidyFragments    = `INSERT INTO customer_fragments (customer_fragments) VALUES ('optimize')`
	sqlTidyWords        = `INSERT INTO customer_words (customer_words) VALUES ('optimize')`
)

func customerGroupDest(g *pos.CustomerGroup, mark *[]byte) []any {
	return []any{&g.ID, &g.Name, &g.EarnRate, &g.MaxPointsShare, &g.CreditLimit, &g.DueDays, &g.Archived, mark}
}

// customerGroupSealed is what the seal of a customers' group covers: its terms.
func customerGroupSealed(g *pos.CustomerGroup) []any {
	return []any{g.Name, whole(g.EarnRate), whole(g.MaxPointsShare), whole(g.CreditLimit), whole(g.DueDays), bit(g.Archived)}
}

func (x *tx) readCustomerGroup(g *pos.CustomerGroup, mark []byte) {
	g.Seal = x.read(mark, pos.SealCustomerGroup, string(g.ID), customerGroupSealed(g)...)
}

func (x *tx) CustomerGroup(id pos.CustomerGroupID) (*pos.CustomerGroup, error) {
	if x.kept.group == nil || x.kept.group.ID != id {
		g := &pos.CustomerGroup{}
		var mark []byte
		ok, err := x.Row(sqlCustomerGroup, []any{string(id)}, customerGroupDest(g, &mark)...)
		if err := found(ok, err, "customer-group.unknown"); err != nil {
			return nil, err
		}
		x.readCustomerGroup(g, mark)
		x.kept.group = g
	}
	return cloneRules(*x.kept.group), nil
}

func (x *tx) EachCustomerGroup(fn func(*pos.CustomerGroup) error) error {
	return x.Each(sqlCustomerGroups, nil, func(r *sql.Rows) error {
		g := &pos.CustomerGroup{}
		var mark []byte
		if err := r.Scan(customerGroupDest(g, &mark)...); err != nil {
			return err
		}
		x.readCustomerGroup(g, mark)
		return fn(g)
	})
}

func (x *tx) CustomerGroups() (out []pos.CustomerGroup, err error) {
	err = x.EachCustomerGroup(func(g *pos.CustomerGroup) error {
		out = append(out, *g)
		return nil
	})
	return out, err
}

// whole stores a rule that may be absent.
func whole[T ~int | ~int64](v *T) any {
	if v == nil {
		return nil
	}
	return int64(*v)
}

func (x *tx) PutCustomerGroup(g *pos.CustomerGroup) error {
	x.kept.group = nil
	var owner pos.CustomerGroupID
	ok, err := x.Row(sqlGroupNameOwner, []any{g.Name}, &owner)
	if err != nil {
		return err
	}
	if ok && owner != g.ID {
		return pos.E(pos.CodeConflict, "customer-group.name-taken", pos.Args{"Name": g.Name})
	}
	mark, err := x.standing(pos.SealCustomerGroup, string(g.ID))
	if err != nil {
		return err
	}
	if mark, err = x.reseal(mark, pos.SealCustomerGroup, string(g.ID), customerGroupSealed(g)...); err != nil {
		return err
	}
	_, err = x.Exec(sqlPutCustomerGrup, string(g.ID), g.Name, whole(g.EarnRate), whole(g.MaxPointsShare), whole(g.CreditLimit),
		whole(g.DueDays), bit(g.Archived), mark)
	return err
}

func (x *tx) GroupMembers(id pos.CustomerGroupID) (n int64, err error) {
	_, err = x.Row(sqlGroupMembers, []any{string(id)}, &n)
	return n, err
}

func (x *tx) eachConsent(text string, args []any, fn func(*pos.Consent) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		c := &pos.Consent{}
		if err := r.Scan(&c.Customer, &c.Channel, &c.Purpose, &c.Given, &c.Source, &c.Employee, at(&c.At)); err != nil {
			return err
		}
		return fn(c)
	})
}

func (x *tx) Consents(id pos.CustomerID) (out []pos.Consent, err error) {
	err = x.eachConsent(sqlConsents, []any{string(id)}, func(c *pos.Consent) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

func (x *tx) EachConsent(fn func(*pos.Consent) error) error {
	return x.eachConsent(sqlEachConsent, nil, fn)
}

func (x *tx) PutConsent(c *pos.Consent) error {
	_, err := x.Exec(sqlPutConsent, string(c.Customer), string(c.Channel), string(c.Purpose), bit(c.Given), string(c.Source),
		string(c.Employee), ms(c.At))
	return err
}

func (x *tx) MergedCards(id pos.CustomerID) ([]pos.Customer, error) {
	return x.customers(sqlMergedCards, string(id))
}

func (x *tx) PutMerge(m *pos.Merge) error {
	_, err := x.Exec(sqlPutMerge, string(m.ID), string(m.Survivor), string(m.Duplicate), m.Points, int64(m.Debt), string(m.Employee), ms(m.At))
	return err
}

func (x *tx) EachMerge(fn func(*pos.Merge) error) error {
	return x.Each(sqlEachMerge, nil, func(r *sql.Rows) error {
		m := &pos.Merge{}
		if err := r.Scan(&m.ID, &m.Survivor, &m.Duplicate, &m.Points, &m.Debt, &m.Employee, at(&m.At)); err != nil {
			return err
		}
		return fn(m)
	})
}

func (x *tx) PassOn(from, to pos.CustomerID) error {
	x.kept.customer = nil
	for _, text := range []string{sqlPassLots, sqlPassDebts} {
		if _, err := x.Exec(text, string(to), string(from)); err != nil {
			return err
		}
	}
	cards, err := x.MergedCards(from)
	if err != nil {
		return err
	}
	for i := range cards {
		cards[i].MergedInto = to
		if err := x.PutCustomer(&cards[i]); err != nil {
			return err
		}
	}
	return nil
}

func (x *tx) ChequesOf(id pos.CustomerID) ([]pos.Cheque, error) {
	return x.cheques(sqlChequesOf, string(id))
}

func (x *tx) PutErasure(e *pos.Erasure) error {
	_, err := x.Exec(sqlPutErasure, string(e.ID), string(e.Customer), e.Points, string(e.Employee), ms(e.At))
	return err
}

func (x *tx) EachErasure(fn func(*pos.Erasure) error) error {
	return x.Each(sqlEachErasure, nil, func(r *sql.Rows) error {
		e := &pos.Erasure{}
		if err := r.Scan(&e.ID, &e.Customer, &e.Points, &e.Employee, at(&e.At)); err != nil {
			return err
		}
		return fn(e)
	})
}

func (x *tx) ForgetCustomer(c *pos.Customer) error {
	var on int64
	if _, err := x.Row(sqlOverwrite, nil, &on); err != nil {
		return err
	}
	if err := x.PutCustomer(c); err != nil {
		return err
	}
	for _, text := range []string{sqlForgetSends, sqlForgetChallenges} {
		if _, err := x.Exec(text, string(c.ID)); err != nil {
			return err
		}
	}
	if err := x.execBoth(sqlTidyFragments, sqlTidyWords); err != nil {
		return err
	}
	return x.PutMeta(metaWipe, wipeDue)
}
