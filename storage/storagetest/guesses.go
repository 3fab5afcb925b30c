package storagetest

import (
	"testing"

	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/till/store"
)

// guesses checks which goods a text is taken to mean, and how it was read.
func (f *fixture) guesses(text, meant string, want ...pos.ProductID) {
	f.Helper()
	f.view(func(x store.Tx) error {
		found, as, err := x.GuessProducts(text, 10)
		var got []pos.ProductID
		for _, p := range found {
			got = append(got, p.ID)
		}
		same(f, "guess of "+text, got, want)
		same(f, "meant by "+text, as, meant)
		return err
	})
}

// guessesProducts: what nothing has as it is typed finds what was meant.
func guessesProducts(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		return puts(x.PutProduct,
			product("1", "Молоко «Луговое» 1л", 5), product("2", "Молоко топлёное 3,2% 1 л", 9), product("3", "Кефир домашний 500 г", 3),
			product("4", "Milk shake", 1), product("5", "Сметана 20%", 2), product("6", "Батон нарезной", 7), product("7", "Сир кисломолочний", 4),
			product("8", "Қатық ауыл", 1), product("cheese", "Сыр Ламбер", 8), product("salt", "Соль морская", 6), product("straw", "Соломка сладкая", 6))
	})
	for _, c := range []struct {
		text, meant string
		want        []pos.ProductID
	}{
		{"vjkjrj", "молоко", []pos.ProductID{"2", "1"}},  // the Latin layout
		{"VJKJRJ", "молоко", []pos.ProductID{"2", "1"}},  // with Caps Lock
		{"vjkj", "моло", []pos.ProductID{"2", "1", "7"}}, // a beginning
		{",fnjy", "батон", []pos.ProductID{"6"}},         // б is a comma
		{"1k vjkjrj", "1л молоко", []pos.ProductID{"1"}}, // beside a number
		{"ьшдл", "milk", []pos.ProductID{"4"}},           // the Russian layout
		{"ьіищщл ьшдл", "", nil},                         // no text of either
		{"cbh", "сир", []pos.ProductID{"7"}},             // as under the Russian layout, so under the Ukrainian
		{"катык", "қатық", []pos.ProductID{"8"}},         // typed without Kazakh letters
		{"0fns0", "қатық", []pos.ProductID{"8"}},         // Kazakh letters among the digits
		{"малоко", "молоко", []pos.ProductID{"2", "1"}},  // a wrong letter
		{"млоко", "молоко", []pos.ProductID{"2", "1"}},   // a missing one
		{"моллоко", "молоко", []pos.ProductID{"2", "1"}}, // one too many
		{"мооклоко", "", nil},                            // two slips are another word
		{"омлоко", "молоко", []pos.ProductID{"2", "1"}},  // neighbours
		{"vfkjrj", "молоко", []pos.ProductID{"2", "1"}},  // a wrong letter in the wrong layout
		{"малоко луговое", "молоко луговое", []pos.ProductID{"1"}},
		{"лугавое малоко", "луговое молоко", []pos.ProductID{"1"}},  // both, in any order
		{"топленое малок", "топленое молоко", []pos.ProductID{"2"}}, // of a beginning
		{"1л топленое", "1 л топленое", []pos.ProductID{"2"}},       // written apart
		{"луговое 1 л", "луговое 1л", []pos.ProductID{"1"}},         // and together
		{"500г дамашний", "500 г домашний", []pos.ProductID{"3"}},
		{"соло морская", "соль морская", []pos.ProductID{"salt"}}, // a word there is, but never beside the other
		{"сып", "", nil},       // three letters are too few
		{"3333", "", nil},      // a slip in a number is another number
		{"телевизор", "", nil}, // what there is not
		{"", "", nil}, {" ", "", nil}, {`"`, "", nil}, {"\x00", "", nil}, {"\xff\xfe", "", nil}, {"NEAR(", "", nil},
	} {
		f.guesses(c.text, c.meant, c.want...)
	}

	renamed, gone := product("3", "Ряженка", 3), product("5", "Сметана 20%", 2)
	gone.Archived = true
	f.update(func(x store.Tx) error { return puts(x.PutProduct, renamed, gone) })
	f.guesses("дамашний", "")
	f.guesses("сметава", "")
	f.guesses("ряжанка", "ряженка", "3")
	added := product("thick", "Ряженка густая", 1)
	f.update(func(x store.Tx) error {
		if err := x.AddProducts([]*pos.Product{&added}, "import", noon); err != nil {
			return err
		}
		found, _, err := x.GuessProducts("гуспая", 10) // in the transaction that brings it
		same(f, "within the transaction", len(found), 1)
		return err
	})
	f.guesses("густяа", "густая", "thick")
	f.slips()
}

// slips: any one slip in any word of a name finds it.
func (f *fixture) slips() {
	f.Helper()
	letters := []rune("абвгдежзийклмнопрстуфхцчшщъыьэюя")
	rapid.Check(f.T, func(t *rapid.T) {
		word := []rune(pos.Fold(rapid.SampledFrom([]string{"молоко", "луговое", "ряженка", "батон", "нарезной", "морская"}).Draw(t, "word")))
		i, r := rapid.IntRange(0, len(word)-1).Draw(t, "place"), rapid.SampledFrom(letters).Draw(t, "letter")
		typed := append([]rune(nil), word...)
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			typed[i] = r
		case 1:
			typed = append(typed[:i], typed[i+1:]...)
		case 2:
			typed = append(append(append([]rune(nil), word[:i]...), r), word[i:]...)
		case 3:
			j := max(i-1, 0)
			typed[i], typed[j] = typed[j], typed[i]
		}
		f.view(func(x store.Tx) error {
			found, err := x.SearchProducts(string(typed), 10)
			if err == nil && len(found) == 0 {
				found, _, err = x.GuessProducts(string(typed), 10)
			}
			if len(found) == 0 {
				t.Fatalf("%q does not find %q", string(typed), string(word))
			}
			return err
		})
	})
}

// guessesCustomers: names of people are forgiven like names of goods, and nobody
// is remembered by a name that was forgotten.
func guessesCustomers(t *testing.T, f *fixture) {
	anna := pos.Customer{ID: "1", Name: "Анна Семёнова", Phone: "+79000000022"}
	f.update(func(x store.Tx) error {
		return puts(x.PutCustomer, anna,
			pos.Customer{ID: "2", Name: "Пётр Анненский"}, pos.Customer{ID: "3", Name: "Семён Петров", Archived: true}, pos.Customer{ID: "4", Name: "Anna Smith"})
	})
	finds := func(text, meant string, want ...pos.CustomerID) {
		t.Helper()
		f.view(func(x store.Tx) error {
			found, as, err := x.GuessCustomers(text, 10)
			var got []pos.CustomerID
			for _, c := range found {
				got = append(got, c.ID)
			}
			same(f, "guess of "+text, got, want)
			same(f, "meant by "+text, as, meant)
			return err
		})
	}
	finds("ctvtyjdf", "семенова", "1")
	finds("Сименова", "семенова", "1")
	finds("сименова анна", "семенова анна", "1")
	finds("Фттф Ыьшер", "anna smith", "4")
	finds("петроф", "петров", "3")
	finds("ctvt", "семе", "1", "3") // archived ones last
	finds("Иванов", "")
	gone := anna
	gone.Name, gone.Phone, gone.ErasedAt = "Удалённый покупатель", "", noon
	f.update(func(x store.Tx) error { return x.PutCustomer(&gone) })
	finds("ctvtyjdf", "")
	finds("сименова", "")
	finds("удаленый", "")
}
