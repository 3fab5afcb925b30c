package central

import (
	"encoding/json"

	"kassa/pos/manual"
)

// What is forgotten of a customer who was made anonymous: who they are in their
// orders, which stay, and the files that show it.
const (
	sqlOrdersOf    = `SELECT body FROM manual_orders WHERE customer = $1 ORDER BY id`
	sqlForgetPayer = `UPDATE manual_orders SET body = $2 WHERE id = $1`
)

func (x *tx) ForgetPayer(customer string) (ids []string, err error) {
	if customer == "" {
		return nil, nil // nobody is named by nothing
	}
	all, err := bodies[manual.Order](x, sqlOrdersOf+x.alone, customer)
	if err != nil {
		return nil, err
	}
	for i := range all {
		o := &all[i]
		shown, err := x.forgetProofs(o.ID) // a bank's receipt names who paid
		if err != nil {
			return nil, err
		}
		if !o.Forget() {
			if shown {
				ids = append(ids, o.ID)
			}
			continue
		}
		body, err := json.Marshal(o)
		if err != nil {
			return nil, err
		}
		if _, err := x.exec(sqlForgetPayer, o.ID, body); err != nil {
			return nil, err
		}
		ids = append(ids, o.ID)
	}
	return ids, nil
}
