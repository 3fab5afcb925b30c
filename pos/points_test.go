package pos_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/money"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func genLots() *rapid.Generator[[]pos.Lot] {
	return rapid.Custom(func(t *rapid.T) []pos.Lot {
		lots := make([]pos.Lot, rapid.IntRange(0, 8).Draw(t, "lots"))
		for i := range lots {
			hours := func(label string) time.Time {
				return noon.Add(time.Duration(rapid.IntRange(-48, 48).Draw(t, label)) * time.Hour)
			}
			n := rapid.Int64Range(1, 500).Draw(t, "points")
			lots[i] = pos.Lot{ID: pos.LotID(fmt.Sprint(i)), Customer: "c", Points: n, Left: rapid.Int64Range(0, n).Draw(t, "left"),
				At: hours("at"), ActiveFrom: hours("active")}
			if rapid.Bool().Draw(t, "expires") {
				lots[i].Expires = hours("expiry")
			}
		}
		return lots
	})
}

func usable(lots []pos.Lot) (n int64) {
	for i := range lots {
		if lots[i].Usable(noon) {
			n += lots[i].Left
		}
	}
	return n
}

func TestSpendLots_TakesExactlyWhatIsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lots := genLots().Draw(t, "lots")
		before := append([]pos.Lot(nil), lots...)
		have, ask := usable(lots), rapid.Int64Range(-5, 2000).Draw(t, "ask")
		moves, err := pos.SpendLots(lots, "s", ask, noon)
		if ask <= 0 || ask > have {
			if err == nil || len(moves) != 0 {
				t.Fatalf("spent %d of %d", ask, have)
			}
			for i := range lots {
				if lots[i] != before[i] {
					t.Fatal("a refusal changed a lot")
				}
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var moved int64
		for _, m := range moves {
			if m.Points >= 0 || m.Sale != "s" {
				t.Fatalf("move %+v", m)
			}
			moved -= m.Points
		}
		if moved != ask || usable(lots) != have-ask {
			t.Fatalf("moved %d of %d, usable %d of %d", moved, ask, usable(lots), have)
		}
		for i := range lots {
			l, was := lots[i], before[i]
			if l.Left < 0 || l.Left > was.Left || (!was.Usable(noon) && l.Left != was.Left) {
				t.Fatalf("lot %+v was %+v", l, was)
			}
			// A lot that expires is touched before one that does not, and an
			// earlier expiry before a later one.
			for j := range lots {
				if was.Usable(noon) && before[j].Usable(noon) && l.Left > 0 && lots[j].Left < before[j].Left &&
					!was.Expires.IsZero() && (before[j].Expires.IsZero() || was.Expires.Before(before[j].Expires)) {
					t.Fatalf("%+v was spent before %+v", before[j], was)
				}
			}
		}
	})
}

func TestRules_EarnedLot(t *testing.T) {
	r := pos.DefaultRules()
	s := &pos.Sale{ID: "s", Customer: "c", PointsEarned: 7}
	if l := r.EarnedLot("l", s, noon); !l.Usable(noon) || l.Left != 7 || !l.Expires.IsZero() {
		t.Errorf("lot %+v", l)
	}
	if l := r.EarnedLot("l", s, time.UnixMilli(0)); l.Period() != "1970-01-01T00:00:00.000Z/.." {
		t.Errorf("period %q", l.Period())
	}
	r.PointsDelay, r.PointsLife = 24*time.Hour, 48*time.Hour
	if l := r.EarnedLot("l", s, time.UnixMilli(7)); l.Period() != "1970-01-02T00:00:00.007Z/1970-01-03T00:00:00.007Z" {
		t.Errorf("period %q", l.Period())
	}
	l := r.EarnedLot("l", s, noon)
	if l.Usable(noon) || !l.Usable(noon.Add(24*time.Hour)) || l.Usable(noon.Add(48*time.Hour)) {
		t.Errorf("lot %+v", l)
	}
}

func TestRepay_OldestFirstAndNeverTooMuch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		debts := make([]pos.Debt, rapid.IntRange(0, 6).Draw(t, "debts"))
		var owed money.Amount
		for i := range debts {
			left := money.Amount(rapid.IntRange(0, 1000).Draw(t, "left"))
			debts[i] = pos.Debt{ID: pos.DebtID(fmt.Sprint(i)), Amount: 1000, Left: left,
				At: noon.Add(time.Duration(rapid.IntRange(-100, 0).Draw(t, "at")) * time.Hour)}
			owed = owed.Add(left)
		}
		amount := money.Amount(rapid.IntRange(-10, 4000).Draw(t, "amount"))
		parts, err := pos.Repay(debts, amount)
		if amount <= 0 || amount > owed {
			if err == nil {
				t.Fatalf("took %d of %d", amount, owed)
			}
			return
		}
		var paid, left money.Amount
		for _, p := range parts {
			paid = paid.Add(p.Amount)
		}
		open := false
		for _, d := range debts { // sorted by Repay, oldest first
			if open && d.Left == 0 && d.Amount != d.Left && partOf(parts, d.ID) {
				t.Fatal("a younger debt was paid before an older one was closed")
			}
			open = open || d.Left > 0
			left = left.Add(d.Left)
		}
		if paid != amount || left != owed.Sub(amount) {
			t.Fatalf("paid %d of %d, left %d of %d", paid, amount, left, owed)
		}
	})
}

func partOf(parts []pos.RepaymentPart, id pos.DebtID) bool {
	for _, p := range parts {
		if p.Debt == id {
			return true
		}
	}
	return false
}

func TestCheckCredit(t *testing.T) {
	good := pos.CustomerState{Customer: pos.Customer{Name: "Анна", Phone: "+79000000001", CreditLimit: 1000}, Limit: 1000, Debt: 400, Room: 600}
	with := func(change func(*pos.CustomerState)) pos.CustomerState {
		s := good
		change(&s)
		return s
	}
	tests := []struct {
		name   string
		state  pos.CustomerState
		amount money.Amount
		want   pos.Code
	}{
		{"within the room", good, 600, ""},
		{"one more than the room", good, 601, pos.CodeLimit},
		{"no phone", with(func(s *pos.CustomerState) { s.Phone = "" }), 1, pos.CodeInvalid},
		{"no limit", with(func(s *pos.CustomerState) { s.Limit = 0 }), 1, pos.CodeLimit},
		{"an overdue debt", with(func(s *pos.CustomerState) { s.Overdue = 1 }), 1, pos.CodeOverdue},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := pos.CodeOf(pos.CheckCredit(tt.state, tt.amount)); got != tt.want {
				t.Errorf("code %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRules_DueDate(t *testing.T) {
	r := pos.DefaultRules()
	due := r.DueDate(time.Date(2026, 2, 20, 9, 30, 0, 0, time.UTC))
	if want := time.Date(2026, 3, 6, 23, 59, 59, 0, time.UTC); !due.Equal(want) {
		t.Errorf("due %s, want %s", due, want)
	}
	d := pos.Debt{Left: 1, Due: due}
	if d.Overdue(time.Date(2026, 3, 6, 20, 0, 0, 0, time.UTC)) || !d.Overdue(time.Date(2026, 3, 7, 0, 0, 1, 0, time.UTC)) {
		t.Error("overdue on the wrong day")
	}
}

// Where the clock was ahead and is put back, sales are dated ahead of what falls due:
// points that wait for nothing can be spent, those that wait go on waiting.
func TestLot_Usable_DatedAhead(t *testing.T) {
	r, ahead := pos.DefaultRules(), noon.Add(20*time.Hour)
	s := &pos.Sale{ID: "s", Customer: "c", PointsEarned: 7}
	if l := r.EarnedLot("l", s, ahead); !l.Usable(noon) {
		t.Error("points that wait for nothing are not usable")
	}
	r.PointsDelay = 24 * time.Hour
	if l := r.EarnedLot("l", s, ahead); l.Usable(noon) || !l.Usable(ahead.Add(24*time.Hour)) {
		t.Error("points that wait are usable too soon, or never")
	}
}
