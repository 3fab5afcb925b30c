package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/report"
	"kassa/pos/till"
	"kassa/print"
	"kassa/print/pdf"
	"kassa/print/printtest"
)

// printedJSON is how a slip ended.
type printedJSON struct {
	ID    pos.PrintID    `json:"id"`
	Kind  pos.PrintKind  `json:"kind"`
	Doc   string         `json:"doc,omitempty"`
	Title string         `json:"title"`
	State pos.PrintState `json:"state"`
	Cause string         `json:"cause,omitempty"`
}

// printReceipt prints a copy of a stored sale, the last one without a number.
func (p *program) printReceipt(ctx context.Context, words []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		sale, err := p.saleOf(ctx, s, words)
		if err != nil {
			return err
		}
		if err := ready(s); err != nil {
			return err
		}
		if err := s.Till.NoteReprint(ctx, till.System(), sale.ID); err != nil {
			return err
		}
		text, err := s.Receipt(ctx, till.System(), sale, 0, true)
		if err != nil {
			return err
		}
		return p.put(ctx, s, pos.PrintJob{Kind: pos.PrintCopy, Doc: string(sale.ID), Copies: 1, QR: string(sale.ID),
			Title: p.words.T("print.copy", pos.Args{"Number": sale.Number}), Lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")})
	})
}

// saleOf finds the sale a word names by its number.
func (p *program) saleOf(ctx context.Context, s *shop.Shop, words []string) (*pos.Sale, error) {
	if len(words) == 0 && p.args.has("epoch") {
		return nil, usage("cli.epoch-number", "epoch")
	}
	if len(words) == 0 {
		return s.Till.Sale(ctx, till.System(), "")
	}
	n, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil || n < 1 {
		return nil, usage("cli.receipt-number", words[0])
	}
	var epoch int64
	if text := p.args.get("epoch"); text != "" {
		if epoch, err = strconv.ParseInt(text, 10, 32); err != nil || epoch < 1 {
			return nil, usage("cli.flag-choice", text)
		}
	}
	return s.Till.SaleNumbered(ctx, till.System(), n, epoch)
}

// printReport prints the X report of the open shift or the Z report of a closed
// one.
func (p *program) printReport(ctx context.Context, words []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		var r *pos.ShiftReport
		var err error
		kind, title := pos.PrintX, "print.x"
		switch words[0] {
		case "x":
			r, err = s.Till.XReport(ctx, till.System())
		case "z":
			kind, title = pos.PrintZ, "print.z"
			r, err = s.Till.ZReport(ctx, till.System(), pos.ShiftID(p.args.get("shift")))
		default:
			return usage("cli.flag-choice", words[0])
		}
		if err != nil {
			return err
		}
		if err := ready(s); err != nil {
			return err
		}
		set := s.Settings()
		w := s.Words(set.ReceiptLanguage)
		return p.put(ctx, s, pos.PrintJob{Kind: kind, Doc: string(r.Shift.ID), Copies: 1,
			Title: p.words.T(title, pos.Args{"Number": r.Shift.Number}), Lines: report.Lines(report.Shift(r, w.T, w.Money()), set.Width)})
	})
}

// ready refuses before anything is noted where nothing can be printed.
func ready(s *shop.Shop) error {
	_, err := print.DeviceOf(s.Settings().Paper)
	return err
}

// put prints a job and tells how it ended; what did not come out stays on the
// till's list and is refused here with the reason.
func (p *program) put(ctx context.Context, s *shop.Shop, j pos.PrintJob) error {
	done, err := s.Spool.Print(ctx, till.System(), j)
	if err != nil {
		return err
	}
	if err := done.Problem(); err != nil {
		return err
	}
	return p.answer(printedJSON{done.ID, done.Kind, done.Doc, done.Title, done.State, done.Cause},
		func() { p.say("cli.printed", pos.Args{"Title": done.Title}) })
}

// printTest prints a page by which the settings of the printer are judged.
func (p *program) printTest(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		set := s.Settings()
		if err := ready(s); err != nil {
			return err
		}
		say := s.Words(set.ReceiptLanguage).T
		if err := s.Spool.TryPage(ctx, set, say); err != nil {
			return err
		}
		return p.answer(struct {
			Printed string `json:"printed"`
		}{"test"}, func() { p.say("cli.printed", pos.Args{"Title": say("print.test.title", nil)}) })
	})
}

// printQueue lists the slips that did not come out.
func (p *program) printQueue(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		jobs, err := s.Till.Prints(ctx, true, 1000)
		if err != nil {
			return err
		}
		list := make([]printedJSON, len(jobs))
		for i, j := range jobs {
			list[i] = printedJSON{j.ID, j.Kind, j.Doc, j.Title, j.State, j.Cause}
		}
		return p.answer(struct {
			Jobs []printedJSON `json:"jobs"`
		}{list}, func() {
			if len(jobs) == 0 {
				p.say("prints.none", nil)
			}
			for i := range jobs {
				fmt.Fprintln(p.out, printable(jobs[i].Title)+": "+p.words.Error(jobs[i].Problem()))
			}
		})
	})
}

// printerStatus asks the printer how it is.
func (p *program) printerStatus(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{Storeless: true}, func(s *shop.Shop) error {
		d, err := print.DeviceOf(s.Settings().Paper)
		if err != nil {
			return err
		}
		st, answers, err := print.StatusOf(ctx, d)
		if err != nil {
			return err
		}
		return p.answer(struct {
			Address  string `json:"address"`
			Answers  bool   `json:"answers"`
			PaperLow bool   `json:"paper_low"`
		}{d.Address(), answers, st.PaperLow}, func() {
			id := "cli.printer.silent"
			switch {
			case st.PaperLow:
				id = "cli.printer.low"
			case answers:
				id = "cli.printer.fine"
			}
			p.say(id, pos.Args{"Address": d.Address()})
		})
	})
}

// printerFake plays a network printer until it is interrupted: what is sent to
// it is written out, so that a shop without a printer sees its slips.
func (p *program) printerFake(ctx context.Context, words []string) error {
	address := "127.0.0.1:9100"
	if len(words) > 0 {
		address = words[0]
	}
	fake, err := printtest.Start(address)
	if err != nil {
		return &pos.Error{Code: pos.CodeUnavailable, ID: "cli.printer.taken", Args: pos.Args{"Address": printable(address)}, Err: err}
	}
	fake.OnSlip(func(s printtest.Slip) {
		for _, line := range s.Lines {
			fmt.Fprintln(p.out, printable(line))
		}
		for _, q := range s.QR {
			fmt.Fprintln(p.out, "[QR "+printable(q)+"]")
		}
		if len(s.Images) > 0 {
			p.say("cli.printer.pictures", pos.Args{"Count": len(s.Images)})
		}
		fmt.Fprintln(p.out, "✂ "+strings.Repeat("- ", 20))
	})
	fake.OnPulse(func() { p.say("cli.printer.drawer", nil) })
	p.say("cli.printer.listening", pos.Args{"Address": fake.Address()})
	<-ctx.Done()
	fake.Close()
	return nil
}

// receiptPDF saves a copy of a stored sale as a PDF.
func (p *program) receiptPDF(ctx context.Context, words []string) error {
	path := p.args.get("pdf")
	if path == "" {
		return usage("cli.receipt-pdf", strings.Join(words, " "))
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		sale, err := p.saleOf(ctx, s, words)
		if err != nil {
			return err
		}
		if err := s.Till.NoteReprint(ctx, till.System(), sale.ID); err != nil {
			return err
		}
		text, err := s.Receipt(ctx, till.System(), sale, 0, true)
		if err != nil {
			return err
		}
		title := p.words.T("print.copy", pos.Args{"Number": sale.Number})
		if err := (pdf.Files{}).Slip(path, title, strings.Split(strings.TrimSuffix(text, "\n"), "\n")); err != nil {
			return err
		}
		return p.answer(struct {
			File string `json:"file"`
		}{path}, func() { p.say("savepdf.saved", pos.Args{"File": printable(path)}) })
	})
}
