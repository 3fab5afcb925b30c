package shop

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/receipt"
	"kassa/pos/report"
)

// PrintSale prints the receipt of a sale that was just made, in as many copies
// as the shop wants. Like the other slips here it is printed after the document
// is stored and tells by the job how it ended; the job is nil only with an error.
func (s *Shop) PrintSale(ctx context.Context, a pos.Actor, sale *pos.Sale) (*pos.PrintJob, error) {
	text, err := s.Receipt(ctx, sale, 0, false)
	if err != nil {
		return nil, err
	}
	set := s.Settings()
	return s.slip(ctx, a, pos.PrintJob{Kind: pos.PrintReceipt, Doc: string(sale.ID), QR: string(sale.ID), Copies: set.Paper.Copies,
		Title: s.Words(set.ReceiptLanguage).T("print.receipt", pos.Args{"Number": sale.Number}),
		Lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")})
}

// PrintReturn prints the slip of a return, or with sold of an exchange.
func (s *Shop) PrintReturn(ctx context.Context, a pos.Actor, r *pos.Return, sold *pos.Sale) (*pos.PrintJob, error) {
	set := s.Settings()
	customer, err := s.receiptCustomer(ctx, r.Customer)
	if err != nil {
		return nil, err
	}
	in, w := receipt.ReturnInput{Return: r, Shop: set, Cashier: a.Name, Customer: customer}, s.Words(set.ReceiptLanguage)
	j := pos.PrintJob{Kind: pos.PrintReturn, Doc: string(r.ID), Copies: 1, Title: w.T("receipt.return", pos.Args{"Number": r.Number})}
	if sold != nil {
		j.Lines = receipt.RenderExchange(receipt.ExchangeInput{ReturnInput: in, Sale: sold}, set.Width, w)
	} else {
		j.Lines = receipt.RenderReturn(in, set.Width, w)
	}
	return s.slip(ctx, a, j)
}

// PrintRepayment prints what a customer paid off a debt, and what is left of it.
func (s *Shop) PrintRepayment(ctx context.Context, a pos.Actor, r *pos.Repayment) (*pos.PrintJob, error) {
	set := s.Settings()
	customer, err := s.receiptCustomer(ctx, r.Customer)
	if err != nil {
		return nil, err
	}
	w := s.Words(set.ReceiptLanguage)
	return s.slip(ctx, a, pos.PrintJob{Kind: pos.PrintRepayment, Doc: string(r.ID), Copies: 1, Title: w.T("print.kind.repayment", nil),
		Lines: receipt.RenderRepayment(receipt.RepaymentInput{Repayment: r, Shop: set, Cashier: a.Name, Customer: customer}, set.Width, w)})
}

// PrintShift prints the figures of a shift: the X report of an open one, the Z
// report of a closed one.
func (s *Shop) PrintShift(ctx context.Context, a pos.Actor, r *pos.ShiftReport) (*pos.PrintJob, error) {
	set := s.Settings()
	w := s.Words(set.ReceiptLanguage)
	kind, title := pos.PrintZ, "print.z"
	if r.Shift.Open() {
		kind, title = pos.PrintX, "print.x"
	}
	return s.slip(ctx, a, pos.PrintJob{Kind: kind, Doc: string(r.Shift.ID), Copies: 1, Title: w.T(title, pos.Args{"Number": r.Shift.Number}),
		Lines: report.Lines(report.Shift(r, w.T, w.Money()), set.Width)})
}

// slip prints a job. Where no printer is set it is refused before it is listed:
// a slip nobody could print is nothing to be done later.
func (s *Shop) slip(ctx context.Context, a pos.Actor, j pos.PrintJob) (*pos.PrintJob, error) {
	if !s.Spool.Ready() {
		return nil, pos.E(pos.CodeUnavailable, "print.none", nil)
	}
	j.Copies = max(j.Copies, 1)
	return s.Spool.Print(ctx, a, j)
}
