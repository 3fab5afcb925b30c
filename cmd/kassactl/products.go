package main

import (
	"context"
	"fmt"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/till"
)

// productImage gives a product a picture, or without a file takes it away.
func (p *program) productImage(ctx context.Context, words []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		goods, err := productOf(ctx, s, words[0])
		if err != nil {
			return err
		}
		name := ""
		if len(words) > 1 {
			if name, err = s.Images.Take(words[1]); err != nil {
				return err
			}
		}
		if goods, err = s.Till.SetImage(ctx, till.System(), goods.ID, name); err != nil {
			return err
		}
		return p.answer(struct {
			SKU   string `json:"sku"`
			Image string `json:"image"`
		}{goods.SKU, goods.Image}, func() {
			id := "cli.product.image"
			if name == "" {
				id = "cli.product.no-image"
			}
			p.say(id, pos.Args{"Name": printable(goods.Name)})
		})
	})
}

// productPrices tells how a product's price and cost changed, newest first.
func (p *program) productPrices(ctx context.Context, words []string) error {
	limit, err := p.number("limit", 50)
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		goods, err := productOf(ctx, s, words[0])
		if err != nil {
			return err
		}
		list, err := s.Till.PriceHistory(ctx, till.System(), goods.ID, min(limit, 1000))
		if err != nil {
			return err
		}
		names, err := employeeNames(ctx, s)
		if err != nil {
			return err
		}
		return p.answer(struct {
			Prices []door.Price `json:"prices"`
		}{door.NewPrices(list)}, func() {
			if len(list) == 0 {
				p.say("cli.product.no-prices", pos.Args{"Name": printable(goods.Name)})
			}
			m := p.words.Money()
			for _, c := range list {
				fmt.Fprintf(p.out, "%s  %s  %s → %s  %s\n", p.words.DateTime(c.At), p.words.T("goods.prices.what."+string(c.What), nil),
					m.Bare(c.From), m.Bare(c.To), printable(names[c.Employee]))
			}
		})
	})
}

// productOf finds goods by the shop's own number for them.
func productOf(ctx context.Context, s *shop.Shop, sku string) (*pos.Product, error) {
	return s.Till.ProductBySKU(ctx, till.System(), sku)
}
