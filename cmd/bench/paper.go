package main

import (
	"context"
	"fmt"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/receipt"
	slips "kassa/print"
	"kassa/storage/config"
)

// The receipt that is measured on its way to the printer.
const (
	paperRounds = 400
	paperLines  = 40
	paperWidth  = 48
	// paperTime is what rendering a receipt for the printer may take.
	paperTime = time.Millisecond
)

// benchPaper measures a receipt of forty lines on its way to the printer: the
// sale as lines of text, and those as the printer's bytes.
func benchPaper(context.Context, string) ([]promise, error) {
	set := config.Defaults()
	w := words.New("ru", set.Currency, "")
	in := receipt.Input{Sale: longSale(), Shop: set, Cashier: "Ирина Котова"}
	text := set.Paper
	drawn := set.Paper
	drawn.Page = pos.RasterPage
	render := func(p pos.PaperSettings) func() error {
		return func() error {
			lines := receipt.Render(in, paperWidth, w)
			_, err := slips.Compose(&pos.PrintJob{Kind: pos.PrintReceipt, Lines: lines, QR: string(in.Sale.ID), Copies: 1}, p, paperWidth, nil)
			return err
		}
	}
	got, err := inTurn(paperRounds,
		thing{do: func() error { receipt.Render(in, paperWidth, w); return nil }},
		thing{do: render(text)},
		thing{do: render(drawn)},
	)
	if err != nil {
		return nil, err
	}
	allowed := stats{median: paperTime.Nanoseconds(), p99: paperTime.Nanoseconds()}
	ratio := func(s stats) string {
		return fmt.Sprintf("%.2f × the lines alone", float64(s.median)/float64(got[0].median))
	}
	return []promise{
		{what: "a 40-line receipt as the printer's bytes", got: got[1], base: allowed, beside: "one millisecond", limit: 1, note: ratio(got[1])},
		{what: "the same, drawn as a picture", got: got[2], base: allowed, beside: "one millisecond", note: ratio(got[2])},
		{what: "the lines of text alone", got: got[0], base: allowed, beside: "one millisecond"},
	}, nil
}

// longSale is a sale of many goods with a discount on each fifth.
func longSale() *pos.Sale {
	s := &pos.Sale{ID: "01970000-0000-7000-8000-0000000000aa", Number: 12345, Till: "1", At: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	for i := range paperLines {
		l := pos.SaleLine{Line: pos.Line{No: i + 1, Name: fmt.Sprintf("Товар № %d «Полянка», 82,5 %%", i+1), Unit: "шт", Qty: 2000, Price: 4650, VAT: 2000}}
		l.Gross, l.Sum = 9300, 9300
		if i%5 == 0 {
			l.LineTotals.Discount, l.Sum = 930, 8370
		}
		l.LineTotals.VAT = 1550
		s.Lines = append(s.Lines, l)
		s.Total = s.Total.Add(l.Sum)
		s.Gross = s.Gross.Add(l.Gross)
	}
	s.Discount = s.Gross.Sub(s.Total)
	s.Tenders = []pos.SaleTender{{Tender: pos.Tender{No: 1, Method: pos.Cash, Amount: s.Total.Add(money.Amount(100))}}}
	s.Change = 100
	return s
}
