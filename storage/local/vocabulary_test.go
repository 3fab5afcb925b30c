package local

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/till/store"
)

// words are those of a vocabulary, as they are kept.
func wordsIn(t *testing.T, s *Store, v *vocabulary) (out []string) {
	t.Helper()
	view(t, s, func(x *tx) error {
		return x.Each(v.read, []any{0, mostWords}, func(r *sql.Rows) error {
			var n int64
			var word string
			err := r.Scan(&n, &word)
			out = append(out, word)
			return err
		})
	})
	slices.Sort(out)
	return out
}

func wantWords(t *testing.T, s *Store, v *vocabulary, want ...string) {
	t.Helper()
	if got := wordsIn(t, s, v); !slices.Equal(got, want) {
		t.Errorf("the vocabulary of %ss has %q, want %q", v.of, got, want)
	}
}

// TestVocabulary_HasWhatNamesHave: a word is there while some name has it.
func TestVocabulary_HasWhatNamesHave(t *testing.T) {
	s := opened(t, t.TempDir())
	put := func(id, name string, archived bool) {
		t.Helper()
		change(t, s, func(x *tx) error {
			return x.PutProduct(&pos.Product{ID: pos.ProductID(id), SKU: id, Name: name, VAT: pos.NoVAT, Archived: archived})
		})
	}
	put("1", "Сыр «Ламбер» 50% м16а да", false)
	put("2", "Сыр голландский", false)
	put("3", "Забытый товар", true)
	wantWords(t, s, &goodsWords, "голландский", "ламбер", "сыр")
	put("1", "Ряженка", false)
	wantWords(t, s, &goodsWords, "голландский", "ряженка", "сыр")
	put("2", "Сыр голландский", true)
	wantWords(t, s, &goodsWords, "ряженка")
	put("2", "Сыр голландский", false)
	wantWords(t, s, &goodsWords, "голландский", "ряженка", "сыр")

	customer := pos.Customer{ID: "1", Name: "Анна Семёнова"}
	change(t, s, func(x *tx) error { return x.PutCustomer(&customer) })
	wantWords(t, s, &customersWords, "анна", "семенова")
	customer.Name, customer.ErasedAt = "Покупатель удалён", time.UnixMilli(1)
	change(t, s, func(x *tx) error { return x.PutCustomer(&customer) })
	wantWords(t, s, &customersWords)
}

// TestVocabulary_OfWhatWasThereBefore: a shop that is older than its vocabulary gets
// the words of its names, and none of names that are gone.
func TestVocabulary_OfWhatWasThereBefore(t *testing.T) {
	s := upgraded(t, "00023_forgotten.sql", threeProducts,
		`INSERT INTO product_words (rowid, folded) VALUES (1, 'молоко луговое 1л 3,2%'), (2, 'молоко да'), (3, 'забытое')`,
		`INSERT INTO customer_words (rowid, folded) VALUES (1, 'анна семенова'), (2, 'пётр "42" о''нил')`,
		`DELETE FROM product_words WHERE rowid = 3`, `DELETE FROM customer_words WHERE rowid = 1`)
	wantWords(t, s, &goodsWords, "луговое", "молоко")
	wantWords(t, s, &customersWords, "нил", "пётр")
}

// TestVocabulary_IsReadOnce: what is held in memory grows by what came after, and
// holds nothing of a change that was taken back.
func TestVocabulary_IsReadOnce(t *testing.T) {
	s := opened(t, t.TempDir())
	add := func(x *tx, id, name string) error {
		return x.PutProduct(&pos.Product{ID: pos.ProductID(id), SKU: id, Name: name, VAT: pos.NoVAT})
	}
	change(t, s, func(x *tx) error { return add(x, "1", "Молоко") })
	held := func(want ...string) {
		t.Helper()
		view(t, s, func(x *tx) error { _, err := x.lexicon(&goodsWords); return err })
		if got := s.lexicons[0].words; !slices.Equal(got, want) {
			t.Errorf("%q are held, want %q", got, want)
		}
	}
	held("молоко")
	err := s.Update(context.Background(), func(x store.Tx) error {
		if err := add(x.(*tx), "2", "Кефир"); err != nil {
			return err
		}
		if found, _, err := x.GuessProducts("кифир", 9); err != nil || len(found) != 1 {
			t.Errorf("within the change %d are found (%v)", len(found), err)
		}
		return context.Canceled
	})
	if err == nil {
		t.Fatal("the change was kept")
	}
	held("молоко")
	change(t, s, func(x *tx) error { return add(x, "3", "Сметана") })
	held("молоко", "сметана")
}
