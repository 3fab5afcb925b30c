package counter

import (
	"strconv"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// saleDetail is what the audit trail tells of a sale; earned is nil when it
// gave no points.
func saleDetail(s *pos.Sale, digest string, earned *pos.Lot) map[string]string {
	d := map[string]string{"number": strconv.FormatInt(s.Number, 10), "total": desk.Minor(s.Total), "digest": digest}
	if earned != nil {
		d[pos.DetailPointsOf], d[pos.DetailPointsPeriod] = string(earned.Customer), earned.Period()
	}
	return d
}
