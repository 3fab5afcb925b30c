package confirm

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kassa/pos"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// cheap keeps the tests of hashing fast; the cost itself is argon2id's matter.
var cheap = Hasher{Pepper: []byte("0123456789abcdef0123456789abcdef"), MemoryKiB: 8, Passes: 1}

func TestBinding_Digest(t *testing.T) {
	base := Binding{Shop: "a", Store: "b", Till: "1", Epoch: 1, Sale: "s", Operation: SpendPoints, Customer: "c",
		Phone: "+79000000001", Currency: "RUB", Amount: 100, Total: 1000, Cashier: "e", Challenge: "h"}
	changes := map[string]func(*Binding){
		"shop":      func(b *Binding) { b.Shop = "x" },
		"store":     func(b *Binding) { b.Store = "x" },
		"till":      func(b *Binding) { b.Till = "2" },
		"epoch":     func(b *Binding) { b.Epoch = 2 },
		"sale":      func(b *Binding) { b.Sale = "x" },
		"operation": func(b *Binding) { b.Operation = SellCredit },
		"customer":  func(b *Binding) { b.Customer = "x" },
		"phone":     func(b *Binding) { b.Phone = "+79000000002" },
		"currency":  func(b *Binding) { b.Currency = "BYN" },
		"amount":    func(b *Binding) { b.Amount = 101 },
		"total":     func(b *Binding) { b.Total = 1001 },
		"cashier":   func(b *Binding) { b.Cashier = "x" },
		"challenge": func(b *Binding) { b.Challenge = "x" },
		"shifted":   func(b *Binding) { b.Shop, b.Store = "ab", "" },
	}
	same := base
	if same.Digest() != base.Digest() {
		t.Fatal("the same binding has two digests")
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			other := base
			change(&other)
			if other.Digest() == base.Digest() {
				t.Error("the change is not seen in the digest")
			}
		})
	}
}

func TestNewCode_IsSixDigitsAndVaries(t *testing.T) {
	seen := map[string]bool{}
	zero := false
	for range 400 {
		code, err := NewCode()
		if err != nil {
			t.Fatal(err)
		}
		if len(code) != Digits || strings.Trim(code, "0123456789") != "" {
			t.Fatalf("%q is no code of %d digits", code, Digits)
		}
		seen[code] = true
		zero = zero || code[0] == '0'
	}
	// 400 draws out of a million meet an earlier one 0.08 times on average, and
	// miss a leading zero with probability 0.9^400.
	if len(seen) < 395 || !zero {
		t.Errorf("%d different codes of 400, leading zero seen: %v", len(seen), zero)
	}
}

func TestCleanCode(t *testing.T) {
	tests := []struct {
		typed  string
		digits int
		want   string
	}{
		{"123456", 6, "123456"},
		{" 123 456 ", 6, "123456"},
		{"123-456", 6, "123456"},
		{"000000", 6, "000000"},
		{"12345", 6, ""},
		{"1234567", 6, ""},
		{"", 6, ""},
		{"12345a", 6, ""},
		{"１２３４５６", 6, ""},
		{"12345\x00", 6, ""},
		{strings.Repeat(" ", 1<<16) + "123456", 6, ""},
		{"0435", 4, "0435"},
		{"043", 4, ""},
		{"04355", 4, ""},
		{"0435", 0, "0435"},
		{"123456", 0, "123456"},
		{"12345678", 0, "12345678"},
		{"043", 0, ""},
		{"123456789", 0, ""},
	}
	for _, tt := range tests {
		got, err := CleanCode(tt.typed, tt.digits)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("CleanCode(%.20q, %d) = %q, %v; want %q", tt.typed, tt.digits, got, err, tt.want)
		}
		if err != nil && pos.CodeOf(err) != pos.CodeInvalid {
			t.Errorf("CleanCode(%.20q): code %s", tt.typed, pos.CodeOf(err))
		}
	}
}

func TestMadeCode(t *testing.T) {
	tests := []struct {
		answer   string
		op       Operation
		want, id string
	}{
		{"0435", SpendPoints, "0435", ""},
		{"123456", SellCredit, "123456", ""},
		{" 12 34-56 ", SellCredit, "123456", ""},
		{"12345678", ChangePhone, "12345678", ""},
		{"0435", SellCredit, "", "code.too-short"},
		{"12345", ChangePhone, "", "code.too-short"},
		{"", SpendPoints, "", "code.unreadable"},
		{"435", SpendPoints, "", "code.unreadable"},
		{"123456789", SpendPoints, "", "code.unreadable"},
		{"12a4", SpendPoints, "", "code.unreadable"},
		{"<html>0435</html>", SpendPoints, "", "code.unreadable"},
		{"٠٤٣٥", SpendPoints, "", "code.unreadable"},
		{strings.Repeat("1", 1<<20), SpendPoints, "", "code.unreadable"},
	}
	for _, tt := range tests {
		got, err := MadeCode(tt.answer, tt.op)
		id := ""
		if e, ok := errors.AsType[*pos.Error](err); ok {
			id = e.ID
		}
		if got != tt.want || id != tt.id || (err == nil) != (tt.id == "") {
			t.Errorf("MadeCode(%.20q, %s) = %q, %v; want %q %s", tt.answer, tt.op, got, err, tt.want, tt.id)
		}
		if err != nil && len(tt.answer) > 3 && strings.Contains(err.Error(), tt.answer) {
			t.Errorf("the error tells the code: %v", err)
		}
	}
}

func TestHasher(t *testing.T) {
	hash, err := cheap.Hash("challenge", "digest", "012345")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(hash, "012345") || !strings.HasPrefix(hash, "$argon2id$") {
		t.Fatalf("hash %q", hash)
	}
	other := cheap
	other.Pepper = []byte("another pepper of thirty-two byt")
	tests := []struct {
		name             string
		h                Hasher
		id               pos.ChallengeID
		digest, code, in string
		want             bool
	}{
		{"the right code", cheap, "challenge", "digest", "012345", hash, true},
		{"a wrong code", cheap, "challenge", "digest", "012346", hash, false},
		{"another challenge", cheap, "other", "digest", "012345", hash, false},
		{"another binding", cheap, "challenge", "other", "012345", hash, false},
		{"another pepper", other, "challenge", "digest", "012345", hash, false},
		{"an erased hash", cheap, "challenge", "digest", "012345", "", false},
		{"a damaged hash", cheap, "challenge", "digest", "012345", hash[:20], false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.h.Matches(tt.in, tt.id, tt.digest, tt.code); got != tt.want {
				t.Errorf("Matches = %v", got)
			}
		})
	}
}

func TestLifetime(t *testing.T) {
	for set, want := range map[time.Duration]time.Duration{
		0: 5 * time.Minute, time.Second: 2 * time.Minute, 7 * time.Minute: 7 * time.Minute, time.Hour: 10 * time.Minute,
		-time.Minute: 2 * time.Minute,
	} {
		if got := Lifetime(set); got != want {
			t.Errorf("Lifetime(%s) = %s, want %s", set, got, want)
		}
	}
}

func TestCheckPhone(t *testing.T) {
	ago := func(minutes int) time.Time { return noon.Add(-time.Duration(minutes) * time.Minute) }
	send := func(minutes int, s State, answered bool) Send {
		return Send{At: ago(minutes), State: s, Answered: answered}
	}
	many := func(n, first int, s State, answered bool) (list []Send) {
		for i := range n {
			list = append(list, send(first-i*20, s, answered))
		}
		return list
	}
	tests := []struct {
		name  string
		sends []Send
		until time.Time // zero: allowed
	}{
		{"nothing sent yet", nil, time.Time{}},
		{"two in ten minutes", []Send{send(9, Sent, false), send(1, Sent, false)}, time.Time{}},
		{"three in ten minutes", []Send{send(9, Sent, true), send(5, Sent, true), send(1, Sent, true)}, ago(9).Add(10 * time.Minute)},
		{"three, the first just over", []Send{send(10, Sent, true), send(5, Sent, true), send(1, Sent, true)}, time.Time{}},
		{"unknown ones count", []Send{send(9, SendUnknown, false), send(5, SendUnknown, false), send(1, SendUnknown, false)}, ago(9).Add(10 * time.Minute)},
		{"failed ones do not", many(30, 700, SendFailed, false), time.Time{}},
		{"five unanswered in a day", many(5, 300, Sent, false), ago(300).Add(24 * time.Hour)},
		{"five answered in a day", many(5, 300, Sent, true), time.Time{}},
		{"ten answered in a day", many(10, 400, Sent, true), ago(400).Add(24 * time.Hour)},
		{"older than a day", many(10, 24*60+400, Sent, false), time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := CheckPhone(tt.sends, noon)
			if tt.until.IsZero() {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			var e *pos.Error
			if !errors.As(err, &e) || e.Code != pos.CodeWait {
				t.Fatalf("error %v, want wait", err)
			}
			if until := e.Args["Until"].(time.Time); !until.Equal(tt.until) {
				t.Errorf("until %s, want %s", until, tt.until)
			}
			if err := CheckPhone(tt.sends, tt.until); err != nil {
				t.Errorf("still refused at the time named: %v", err)
			}
		})
	}
}
