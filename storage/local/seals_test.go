package local

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"kassa/pos"
	"kassa/pos/seal"
)

// Every table with a seal is one whose seals are looked at, and each of those has
// one: a table added later is not forgotten.
func TestSeals_EveryTableWithASealIsLookedAt(t *testing.T) {
	s := opened(t, t.TempDir())
	alone := []string{"approvals", "challenges", "seal_sums"} // looked at when they are used
	view(t, s, func(x *tx) error {
		_, statements, err := x.Schema()
		for _, text := range statements {
			name, _, _ := strings.Cut(strings.TrimPrefix(text, "CREATE TABLE "), " ")
			has := strings.HasPrefix(text, "CREATE TABLE") && strings.Contains(text, "seal BLOB") || strings.Contains(text, "seal BLOB    NOT NULL")
			known := slices.Contains(alone, name) || slices.ContainsFunc(sealedTables, func(t sealedTable) bool { return t.table == name })
			if has && !known {
				t.Errorf("the seals of %s are not looked at", name)
			}
		}
		return err
	})
}

// TestUpgrade_SealsWhatWasThere: a shop of the version before has no seals until
// they are made, in portions, and none is missed afterwards.
func TestUpgrade_SealsWhatWasThere(t *testing.T) {
	s := upgraded(t, "00014_parts.sql", threeProducts, `INSERT INTO stock (product, qty, sold) VALUES (1, 0, 0), (2, 0, 0), (3, 0, 0)`,
		`INSERT INTO groups (id, name, rights) VALUES ('owner', '', 'sell')`,
		`INSERT INTO customers (id, name, folded, phone, phone_confirmed, email, language, grp, credit_limit) VALUES ('c', 'Анна', 'анна', '+79000000001', 1, '', 'ru', '', 0)`,
		`INSERT INTO promotions (id, name, priority, active, archived, rule) VALUES ('o', 'Акция', 0, 1, 0, '{"effect":"percent"}')`,
		`INSERT INTO coupons (number, promotion, made_at, sale, used_at) VALUES ('C-1', 'o', 1, 'sale', 2)`)
	s.SealWith(seal.NewKey(bytes.Repeat([]byte{1}, 32)))
	looked := func(want int) {
		t.Helper()
		n := 0
		view(t, s, func(x *tx) error {
			_, err := x.Seals(false, func(*seal.Record) error { n++; return nil })
			return err
		})
		if n != want {
			t.Errorf("%d seals are not whole, want %d", n, want)
		}
	}
	looked(0)
	if n, err := s.SealAll(context.Background()); n != 7 || err != nil {
		t.Fatalf("SealAll = %d, %v", n, err)
	}
	s.SealsDemanded()
	looked(0)
	view(t, s, func(x *tx) error {
		p, err := x.Product("p2")
		if err == nil && p.Seal != pos.SealWhole {
			t.Errorf("p2 is %d", p.Seal)
		}
		return err
	})
}
