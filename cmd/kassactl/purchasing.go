package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/receiptdata"
)

// maxReceiptData is how long a receipt_data from elsewhere may be: 50 positions
// with the longest names take a tenth of it.
const maxReceiptData = 1 << 20

// findingJSON is what a rule says.
type findingJSON struct {
	Rule     string `json:"rule"`
	Position int    `json:"position,omitempty"`
	Warning  bool   `json:"warning"`
	Message  string `json:"message"`
}

// receiptData tells the receipt_data of a stored sale: the object alone, so that
// it can be sent on, and beside it, for whoever looks, how VAT was reckoned and
// what is odd.
func (p *program) receiptData(ctx context.Context, words []string) error {
	mode, err := p.vatMode()
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		sale, err := p.saleOf(ctx, s, words)
		if err != nil {
			return err
		}
		d, found := receiptdata.Of(sale, mode, p.words.T("receipt-data.rest", nil))
		if p.json {
			return p.tell(struct {
				Data     receiptdata.Data `json:"receipt_data"`
				VAT      receiptdata.Mode `json:"vat"`
				Payment  int64            `json:"payment_minor"`
				Findings []findingJSON    `json:"findings"`
			}{d, mode, int64(sale.Total), p.findings(found)})
		}
		text, err := json.MarshalIndent(d, "", "  ")
		if err != nil {
			return err
		}
		fmt.Fprintln(p.out, string(text))
		fmt.Fprintln(p.err, p.words.T("receipt-data.vat-"+string(mode), nil))
		p.sayFindings(p.err, found)
		return nil
	})
}

// checkReceiptData applies the rules to an object in a file, alone or in the
// request that carries it. It is refused where a rule refuses it.
func (p *program) checkReceiptData(_ context.Context, words []string) error {
	mode, err := p.vatMode()
	if err != nil {
		return err
	}
	text, err := readBounded(words[0], maxReceiptData)
	if err != nil {
		return err
	}
	d, payment, found, err := receiptdata.Read(text)
	if err != nil {
		return pos.E(pos.CodeInvalid, "receipt-data.not-an-object", pos.Args{"File": printable(words[0])})
	}
	against := d.Sum()
	if payment != nil {
		against = *payment
	}
	found = append(found, receiptdata.Check(&d, against, mode)...)
	refused := receiptdata.Refused(found)
	err = p.answer(struct {
		Accepted bool             `json:"accepted"`
		VAT      receiptdata.Mode `json:"vat"`
		Findings []findingJSON    `json:"findings"`
	}{!refused, mode, p.findings(found)}, func() {
		p.sayFindings(p.out, found)
		if !refused {
			p.say("receipt-data.accepted", pos.Args{"Count": len(d.Positions)})
		}
	})
	if err == nil && refused {
		return errTold
	}
	return err
}

func (p *program) vatMode() (receiptdata.Mode, error) {
	m, err := p.choose("vat", string(receiptdata.Included), string(receiptdata.Added))
	return receiptdata.Mode(m), err
}

func (p *program) findings(all []receiptdata.Finding) []findingJSON {
	out := make([]findingJSON, 0, len(all))
	for _, f := range all {
		out = append(out, findingJSON{Rule: f.Rule, Position: f.Position, Warning: f.Warning, Message: p.words.T(f.Word(), f.Args)})
	}
	return out
}

func (p *program) sayFindings(to io.Writer, all []receiptdata.Finding) {
	for _, f := range p.findings(all) {
		fmt.Fprintln(to, f.Rule+": "+f.Message)
	}
}

// readBounded reads a file that somebody named, or refuses one that is too large
// to be what was meant.
func readBounded(path string, limit int64) ([]byte, error) {
	unreadable := pos.E(pos.CodeInvalid, "table.unreadable", pos.Args{"File": printable(path)})
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable
	}
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, unreadable
	}
	if int64(len(text)) > limit {
		return nil, pos.E(pos.CodeInvalid, "import.file-large", pos.Args{"MiB": limit >> 20})
	}
	return text, nil
}
