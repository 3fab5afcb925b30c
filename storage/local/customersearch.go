package local

import (
	"slices"
	"strings"

	"kassa/pos"
)

// How customers are found by pieces of a name, a phone or a card.
const (
	sqlFindCustomers = `SELECT ` + customerColumns + ` FROM (SELECT rowid FROM customer_fragments
		WHERE customer_fragments MATCH ? LIMIT ?) AS d CROSS JOIN customers c ON c.n = d.rowid`
	sqlFindCustomerWords = `SELECT ` + customerColumns + ` FROM (SELECT rowid FROM customer_words
		WHERE customer_words MATCH ? LIMIT ?) AS d CROSS JOIN customers c ON c.n = d.rowid`
	// Walked side by side, like sqlFindBoth.
	sqlFindCustomersBoth = `SELECT ` + customerColumns + ` FROM (
		SELECT rowid FROM customer_fragments WHERE customer_fragments MATCH ?
		INTERSECT SELECT rowid FROM customer_words WHERE customer_words MATCH ? ORDER BY 1 LIMIT ?) AS d
		CROSS JOIN customers c ON c.n = d.rowid`
	sqlFindPhoneTail = `SELECT ` + customerColumns + ` FROM customers
		WHERE phone_tail IS NOT NULL AND phone_tail >= ? AND phone_tail < ? ORDER BY phone_tail LIMIT ?`
	sqlFindPhone = `SELECT ` + customerColumns + ` FROM customers WHERE phone >= ? AND phone < ? ORDER BY phone LIMIT ?`
	sqlFindCard  = `SELECT ` + customerColumns + ` FROM customers WHERE card >= ? AND card < ? ORDER BY card LIMIT ?`
)

const (
	minTail   = 4  // so many last digits of a phone are enough to search by
	nameDepth = 96 // names that match put in order, at least
)

// SearchCustomers answers in this order: the card or whole phone itself, cards
// and phones that match in part, names that begin with the text, other names;
// archived ones last. A card that was merged is answered with the one it became.
func (x *tx) SearchCustomers(text string, limit int) ([]pos.Customer, error) {
	q := parseQuery(text)
	if q.folded == "" {
		return nil, nil
	}
	limit = min(max(limit, 1), maxLimit)
	var out []pos.Customer
	add := func(more []pos.Customer, err error) error {
		out = append(out, more...)
		return err
	}
	if err := add(x.byPhoneDigits(text, limit)); err != nil {
		return nil, err
	}
	card := strings.TrimSpace(text)
	if err := add(x.customers(sqlFindCard, card, after(card), limit)); err != nil {
		return nil, err
	}
	if exact := slices.IndexFunc(out, func(c pos.Customer) bool { return c.Card == card }); exact > 0 {
		out[0], out[exact] = out[exact], out[0]
	}
	if err := add(x.byName(&q, limit)); err != nil {
		return nil, err
	}
	return x.ordered(out, limit)
}

// ordered puts merged cards' survivors in their places, each once, and archived
// ones last.
func (x *tx) ordered(out []pos.Customer, limit int) ([]pos.Customer, error) {
	if err := x.surviving(out); err != nil {
		return nil, err
	}
	seen := map[pos.CustomerID]bool{}
	out = slices.DeleteFunc(out, func(c pos.Customer) bool {
		was := seen[c.ID]
		seen[c.ID] = true
		return was
	})
	slices.SortStableFunc(out, func(a, b pos.Customer) int { return int(bit(a.Archived) - bit(b.Archived)) })
	return out[:min(len(out), limit)], nil
}

// surviving puts in place of a card that was merged the one it became.
func (x *tx) surviving(list []pos.Customer) error {
	for i := range list {
		if list[i].MergedInto == "" {
			continue
		}
		c, err := x.Customer(list[i].MergedInto)
		if err != nil {
			return err
		}
		list[i] = *c
	}
	return nil
}

// byPhoneDigits finds phones that end with the digits typed, else those that
// begin with them. A number typed in full at home begins with a trunk prefix
// (8, 80, 0) that E.164 has not.
func (x *tx) byPhoneDigits(text string, limit int) ([]pos.Customer, error) {
	if strings.Trim(text, "0123456789+-() \u00a0.") != "" {
		return nil, nil
	}
	tail := reversedDigits(text)
	for _, trunk := range []string{"", "8", "08", "0"} { // reversed: "80" is typed first
		short, ok := strings.CutSuffix(tail, trunk)
		if !ok || len(short) < minTail || (trunk != "" && len(short) < 9) {
			continue
		}
		out, err := x.customers(sqlFindPhoneTail, short, after(short), limit)
		if err != nil || len(out) > 0 {
			return out, err
		}
	}
	if len(tail) < minTail {
		return nil, nil
	}
	begin := "+" + reversedDigits(tail)
	return x.customers(sqlFindPhone, begin, after(begin), limit)
}

func (x *tx) byName(q *query, limit int) ([]pos.Customer, error) {
	var out []pos.Customer
	var err error
	depth := max(nameDepth, limit)
	switch {
	case len(q.long) > 0 && len(q.short) > 0:
		out, err = x.customers(sqlFindCustomersBoth, q.fragments(), q.words(), depth)
	case len(q.long) > 0:
		out, err = x.customers(sqlFindCustomers, q.fragments(), depth)
	case len(q.short) > 0:
		out, err = x.customers(sqlFindCustomerWords, q.words(), depth)
	}
	slices.SortStableFunc(out, func(a, b pos.Customer) int {
		fa, fb := pos.Fold(a.Name), pos.Fold(b.Name)
		if d := bit(strings.HasPrefix(fb, q.folded)) - bit(strings.HasPrefix(fa, q.folded)); d != 0 {
			return int(d)
		}
		return strings.Compare(fa, fb)
	})
	return out, err
}

// reversedDigits keeps the digits of a text, last first.
func reversedDigits(s string) string {
	out := make([]byte, 0, len(s))
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] >= '0' && s[i] <= '9' {
			out = append(out, s[i])
		}
	}
	return string(out)
}
