package pos_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
)

func TestCustomer_Check(t *testing.T) {
	good := pos.Customer{Name: "Анна", Email: "anna@example.com", Card: "77", CreditLimit: 1}
	require.NoError(t, good.Check())
	for name, tt := range map[string]struct {
		spoil func(*pos.Customer)
		want  string
	}{
		"no name":           {func(c *pos.Customer) { c.Name = " " }, "customer.name-empty"},
		"a long name":       {func(c *pos.Customer) { c.Name = strings.Repeat("я", 201) }, "customer.name-long"},
		"a turned name":     {func(c *pos.Customer) { c.Name = "Анна\u202e" }, "text.control"},
		"broken UTF-8":      {func(c *pos.Customer) { c.Name = "Анна\xff" }, "text.control"},
		"no domain":         {func(c *pos.Customer) { c.Email = "anna@" }, "customer.email"},
		"two signs":         {func(c *pos.Customer) { c.Email = "a@b@c.ru" }, "customer.email"},
		"two addresses":     {func(c *pos.Customer) { c.Email = "a@b.ru,c@d.ru" }, "customer.email"},
		"a long card":       {func(c *pos.Customer) { c.Card = strings.Repeat("7", 65) }, "customer.card-long"},
		"a limit below 0":   {func(c *pos.Customer) { c.CreditLimit = -1 }, "customer.limit"},
		"a limit too large": {func(c *pos.Customer) { c.CreditLimit = money.MaxAmount + 1 }, "customer.limit"},
	} {
		t.Run(name, func(t *testing.T) {
			c := good
			tt.spoil(&c)
			require.Equal(t, tt.want, idOf(c.Check()))
		})
	}
}

func TestNewCustomerState(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	lots := []pos.Lot{
		{Left: 100, ActiveFrom: now},
		{Left: 50, ActiveFrom: now.Add(time.Hour)},
		{Left: 25, ActiveFrom: now.Add(-time.Hour), Expires: now}, // gone this very moment
		{Left: 5, ActiveFrom: now.Add(-time.Hour), Expires: now.Add(time.Second)},
	}
	debts := []pos.Debt{{Left: 300, Due: now.Add(-time.Second)}, {Left: 700, Due: now}}
	s := pos.NewCustomerState(pos.Customer{CreditLimit: 1500}, nil, lots, debts, now)
	require.Equal(t, [5]int64{105, 50, 1000, 300, 500}, [5]int64{s.Points, s.PointsSoon, int64(s.Debt), int64(s.Overdue), int64(s.Room)})

	s = pos.NewCustomerState(pos.Customer{CreditLimit: 900}, nil, nil, debts, now)
	require.Zero(t, s.Room, "more is owed than the limit, which was lowered since")
}

func TestProduct_Check(t *testing.T) {
	good := pos.Product{SKU: "1", Name: "Хлеб", Barcodes: []string{"4600000000015"}, VAT: pos.NoVAT}
	require.NoError(t, good.Check())
	for name, tt := range map[string]struct {
		spoil func(*pos.Product)
		want  string
	}{
		"no name":             {func(p *pos.Product) { p.Name = "" }, "product.name-empty"},
		"a long name":         {func(p *pos.Product) { p.Name = strings.Repeat("я", 201) }, "product.name-long"},
		"no SKU":              {func(p *pos.Product) { p.SKU = " " }, "product.sku-empty"},
		"a long SKU":          {func(p *pos.Product) { p.SKU = strings.Repeat("1", 65) }, "product.sku-long"},
		"a long unit":         {func(p *pos.Product) { p.Unit = strings.Repeat("к", 17) }, "product.unit-long"},
		"a price below zero":  {func(p *pos.Product) { p.Price = -1 }, "product.price"},
		"a price too large":   {func(p *pos.Product) { p.Price = money.MaxAmount + 1 }, "product.price"},
		"VAT below none":      {func(p *pos.Product) { p.VAT = -2 }, "product.vat"},
		"VAT over the whole":  {func(p *pos.Product) { p.VAT = 10_001 }, "product.vat"},
		"an escape":           {func(p *pos.Product) { p.Name = "Хлеб\x1b" }, "text.control"},
		"a barcode of spaces": {func(p *pos.Product) { p.Barcodes = []string{"46 00"} }, "barcode.characters"},
		"an empty barcode":    {func(p *pos.Product) { p.Barcodes = []string{""} }, "barcode.length"},
	} {
		t.Run(name, func(t *testing.T) {
			p := good
			tt.spoil(&p)
			require.Equal(t, tt.want, idOf(p.Check()))
		})
	}
}

func FuzzBarcode(f *testing.F) {
	for _, s := range []string{"", "4600000000015", "a b", "\x00", strings.Repeat("7", 129), "штрих", "\xff", "\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if pos.CheckBarcode(s) != nil {
			return
		}
		if pos.HasControl(s) || strings.ContainsAny(s, " \t\r\n\x1b") || len([]rune(s)) > pos.MaxBarcodeRunes || s == "" {
			t.Fatalf("%q passed", s)
		}
	})
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"  Ёлка  ЗЕЛЁНАЯ ": "елка зеленая", "": "", "Milk": "milk"} {
		require.Equal(t, want, pos.Fold(in))
	}
}

func TestDigests_TellEveryFieldApart(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_000)
	sale := func() *pos.Sale {
		return &pos.Sale{ID: "a", Number: 1, At: at, Currency: "RUB", Total: 100,
			Lines:   []pos.SaleLine{{Line: pos.Line{No: 1, Name: "Хлеб", Qty: 1000, Price: 100}, LineTotals: pos.LineTotals{No: 1, Gross: 100, Sum: 100}}},
			Tenders: []pos.SaleTender{{Tender: pos.Tender{No: 1, Method: pos.Cash, Amount: 100}}}}
	}
	seen := map[string]string{sale().Digest(): "the sale itself"}
	for name, spoil := range map[string]func(*pos.Sale){
		"number":    func(s *pos.Sale) { s.Number = 2 },
		"time":      func(s *pos.Sale) { s.At = at.Add(time.Millisecond) },
		"customer":  func(s *pos.Sale) { s.Customer = "c" },
		"points":    func(s *pos.Sale) { s.PointsEarned = 1 },
		"line name": func(s *pos.Sale) { s.Lines[0].Name = "Хлеб " },
		"line sum":  func(s *pos.Sale) { s.Lines[0].Sum = 99 },
		"line vat":  func(s *pos.Sale) { s.Lines[0].LineTotals.VAT = 1 },
		"vat rate":  func(s *pos.Sale) { s.Lines[0].Line.VAT = 1 },
		"no line":   func(s *pos.Sale) { s.Lines = nil },
		"method":    func(s *pos.Sale) { s.Tenders[0].Method = pos.Card },
		"challenge": func(s *pos.Sale) { s.Tenders[0].Challenge = "x" },
		"override":  func(s *pos.Sale) { s.Tenders[0].Override = &pos.Override{Reason: "нет связи"} },
	} {
		s := sale()
		spoil(s)
		d := s.Digest()
		require.Empty(t, seen[d], "%s reads like %s", name, seen[d])
		seen[d] = name
	}
}
