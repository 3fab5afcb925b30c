package offers

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/ui"
)

// foundRows bounds what a search for goods shows.
const foundRows = 50

// goodsOf offers the goods of the shop.
func goodsOf(env *ui.Env, chosen []choice, done func([]choice)) choosing {
	return choosing{name: "offers.goods", title: env.T("offers.goods", nil), hint: env.T("offers.goods.hint", nil),
		chosen: chosen, most: offers.MaxChosen, done: done,
		find: func(ctx context.Context, text string) (pos.Found[choice], error) {
			found, err := env.Till.FindProducts(ctx, text, foundRows)
			out := make([]choice, len(found.List))
			for i := range found.List {
				out[i] = choice{string(found.List[i].ID), found.List[i].Name}
			}
			return pos.Found[choice]{List: out, Meant: found.Meant}, err
		},
		scan: func(ctx context.Context, code string) (choice, error) {
			p, err := scanned(ctx, env, code)
			if err != nil {
				return choice{}, err
			}
			return choice{string(p.ID), p.Name}, nil
		}}
}

// scanned is the goods of a barcode or an item code.
func scanned(ctx context.Context, env *ui.Env, code string) (*pos.Product, error) {
	return env.Till.GoodsOf(ctx, code)
}

// categoriesOf offers the categories of goods.
func categoriesOf(env *ui.Env, chosen []choice, done func([]choice)) choosing {
	a := env.Actor
	return choosing{name: "offers.categories", title: env.T("offers.categories", nil), hint: env.T("offers.choose.hint", nil),
		chosen: chosen, most: offers.MaxChosen, done: done,
		find: func(ctx context.Context, text string) (pos.Found[choice], error) {
			list, err := env.Till.Categories(ctx, a)
			var out []choice
			for _, c := range list {
				if !c.Archived && strings.Contains(pos.Fold(c.Name), pos.Fold(text)) {
					out = append(out, choice{c.Name, c.Name})
				}
			}
			return pos.Found[choice]{List: out}, err
		}}
}

// groupsOf offers the groups of customers.
func groupsOf(env *ui.Env, chosen []choice, done func([]choice)) choosing {
	a := env.Actor
	return choosing{name: "offers.groups", title: env.T("offers.groups", nil), hint: env.T("offers.choose.hint", nil),
		chosen: chosen, most: offers.MaxChosen, done: done,
		find: func(ctx context.Context, text string) (pos.Found[choice], error) {
			list, err := env.Till.CustomerGroups(ctx, a)
			var out []choice
			for _, g := range list {
				if !g.Archived && strings.Contains(pos.Fold(g.Name), pos.Fold(text)) {
					out = append(out, choice{string(g.ID), g.Name})
				}
			}
			return pos.Found[choice]{List: out}, err
		}}
}

// named calls the chosen goods and groups of a promotion by their names; what is
// no longer there keeps its id.
func named(ctx context.Context, env *ui.Env, a pos.Actor, p *offers.Promotion) (goods, groups []choice, err error) {
	list, err := env.Till.PromotionGoods(ctx, a, p.Products)
	if err != nil {
		return nil, nil, err
	}
	goods, groups = plainly(p.Products), plainly(p.Groups)
	for i := range goods {
		for j := range list {
			if string(list[j].ID) == goods[i].key {
				goods[i].name = list[j].Name
			}
		}
	}
	if len(groups) == 0 {
		return goods, groups, nil
	}
	all, err := env.Till.CustomerGroups(ctx, a)
	if err != nil && pos.CodeOf(err) != pos.CodeForbidden {
		return nil, nil, err
	}
	for i := range groups {
		for _, g := range all {
			if string(g.ID) == groups[i].key {
				groups[i].name = g.Name
			}
		}
	}
	return goods, groups, nil
}

// plainly are ids called by themselves.
func plainly[T ~string](ids []T) []choice {
	out := make([]choice, len(ids))
	for i, id := range ids {
		out[i] = choice{string(id), string(id)}
	}
	return out
}

// keysOf are the ids of what was chosen; nil for nothing.
func keysOf[T ~string](all []choice) []T {
	var out []T
	for _, c := range all {
		out = append(out, T(c.key))
	}
	return out
}
