package returns

import (
	"kassa/pos"
)

// returnPayload is a return as the outbox tells it, in the units of salePayload.
type returnPayload struct {
	ID             string              `json:"id"`
	Till           string              `json:"till"`
	Epoch          int64               `json:"epoch"`
	Number         int64               `json:"number"`
	Shift          string              `json:"shift"`
	Employee       string              `json:"employee"`
	Sale           string              `json:"sale,omitempty"`
	Customer       string              `json:"customer,omitempty"`
	At             int64               `json:"at_ms"`
	Currency       string              `json:"currency"`
	Reason         string              `json:"reason"`
	Exchange       string              `json:"exchange,omitempty"`
	Total          int64               `json:"total_minor"`
	VAT            int64               `json:"vat_minor"`
	PointsRestored int64               `json:"points_restored"`
	PointsTaken    int64               `json:"points_taken"`
	PointsWithheld int64               `json:"points_withheld"`
	PointsKept     int64               `json:"points_kept"`
	Digest         string              `json:"digest"`
	Lines          []returnLinePayload `json:"lines"`
	Refunds        []refundPayload     `json:"refunds"`
}

type returnLinePayload struct {
	No      int    `json:"no"`
	Origin  int    `json:"origin,omitempty"`
	Product string `json:"product"`
	SKU     string `json:"sku"`
	Name    string `json:"name"`
	Unit    string `json:"unit"`
	Price   int64  `json:"price_minor"`
	Qty     int64  `json:"qty_milli"`
	Rate    int64  `json:"vat_rate_bp"`
	Sum     int64  `json:"sum_minor"`
	VAT     int64  `json:"vat_minor"`
	Reason  string `json:"reason,omitempty"`
	Restock bool   `json:"restock"`
}

type refundPayload struct {
	Sale   string `json:"sale,omitempty"`
	Of     string `json:"of"`
	Method string `json:"method"`
	Amount int64  `json:"amount_minor"`
	Points int64  `json:"points,omitempty"`
	Debt   string `json:"debt,omitempty"`
}

// returnPayloadOf tells a return; digest is its own.
func returnPayloadOf(r *pos.Return, digest string) returnPayload {
	p := returnPayload{
		ID: string(r.ID), Till: r.Till, Epoch: r.Epoch, Number: r.Number, Shift: string(r.Shift), Employee: string(r.Employee),
		Sale: string(r.Sale), Customer: string(r.Customer), At: r.At.UnixMilli(), Currency: string(r.Currency), Reason: r.Reason,
		Exchange: string(r.Exchange), Total: int64(r.Total), VAT: int64(r.VAT), PointsRestored: r.PointsRestored,
		PointsTaken: r.PointsTaken, PointsWithheld: r.PointsWithheld, PointsKept: r.PointsKept, Digest: digest,
		Lines: make([]returnLinePayload, len(r.Lines)), Refunds: make([]refundPayload, len(r.Refunds)),
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		p.Lines[i] = returnLinePayload{No: l.No, Origin: l.Origin, Product: string(l.Product), SKU: l.SKU, Name: l.Name, Unit: l.Unit,
			Price: int64(l.Price), Qty: int64(l.Qty), Rate: int64(l.Rate), Sum: int64(l.Sum), VAT: int64(l.VAT),
			Reason: l.Reason, Restock: l.Restock}
	}
	for i := range r.Refunds {
		f := &r.Refunds[i]
		p.Refunds[i] = refundPayload{Sale: string(f.Sale), Of: string(f.Of), Method: string(f.Method), Amount: int64(f.Amount),
			Points: f.Points, Debt: string(f.Debt)}
	}
	return p
}
