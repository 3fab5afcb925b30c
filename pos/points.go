package pos

import (
	"sort"
	"time"
)

// Lot is a portion of points earned together; the oldest to expire is spent
// first.
type Lot struct {
	ID         LotID
	Customer   CustomerID
	Sale       SaleID   // where it was earned; "" for an opening balance
	Return     ReturnID // for points that came back after their lot had expired: by which return; Sale is where they were spent
	Points     int64
	Left       int64
	At         time.Time
	ActiveFrom time.Time
	Expires    time.Time  // zero: never
	Origin     CustomerID // who had it first, "" while that is Customer
}

// Usable reports whether the lot can be spent at now. One that never had to wait
// can as soon as it is there: a sale is dated ahead of now where the clock of the
// computer was ahead and is put back.
func (l *Lot) Usable(now time.Time) bool {
	active := !l.ActiveFrom.After(now) || l.ActiveFrom.Equal(l.At)
	return l.Left > 0 && active && (l.Expires.IsZero() || l.Expires.After(now))
}

// Period is when the lot can be spent as the audit trail tells it: an ISO 8601
// interval in UTC, to the millisecond it is stored with, open for a lot that
// never expires.
func (l *Lot) Period() string {
	const stamp = "2006-01-02T15:04:05.000Z"
	if l.Expires.IsZero() {
		return l.ActiveFrom.UTC().Format(stamp) + "/.."
	}
	return l.ActiveFrom.UTC().Format(stamp) + "/" + l.Expires.UTC().Format(stamp)
}

// LotMove is points taken from (negative) or returned to one lot.
type LotMove struct {
	Lot    LotID
	Sale   SaleID
	Points int64
}

// SpendLots takes points from the usable lots, soonest to expire first, oldest
// first among equals. It changes lots in place and returns the moves, or
// CodeLimit and no change when there are too few.
func SpendLots(lots []Lot, sale SaleID, points int64, now time.Time) ([]LotMove, error) {
	var have int64
	order := make([]int, 0, len(lots))
	for i := range lots {
		if lots[i].Usable(now) {
			have += lots[i].Left
			order = append(order, i)
		}
	}
	if points <= 0 {
		return nil, E(CodeInvalid, "points.not-positive", nil)
	}
	if points > have {
		return nil, E(CodeLimit, "points.too-few", Args{"Have": have, "Asked": points})
	}
	sort.SliceStable(order, func(a, b int) bool { return lotBefore(&lots[order[a]], &lots[order[b]]) })
	var moves []LotMove
	for _, i := range order {
		if points == 0 {
			break
		}
		take := min(points, lots[i].Left)
		lots[i].Left -= take
		points -= take
		moves = append(moves, LotMove{Lot: lots[i].ID, Sale: sale, Points: -take})
	}
	return moves, nil
}

func lotBefore(a, b *Lot) bool {
	switch {
	case a.Expires.IsZero() != b.Expires.IsZero():
		return b.Expires.IsZero()
	case !a.Expires.Equal(b.Expires):
		return a.Expires.Before(b.Expires)
	case !a.At.Equal(b.At):
		return a.At.Before(b.At)
	}
	return a.ID < b.ID
}

// EarnedLot is the lot of points a sale earns at at.
func (r *Rules) EarnedLot(id LotID, s *Sale, at time.Time) Lot {
	l := Lot{ID: id, Customer: s.Customer, Sale: s.ID, Points: s.PointsEarned, Left: s.PointsEarned,
		At: at, ActiveFrom: at.Add(r.PointsDelay)}
	if r.PointsLife > 0 {
		l.Expires = at.Add(r.PointsLife)
	}
	return l
}
