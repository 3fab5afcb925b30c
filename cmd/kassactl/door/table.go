package door

// This file is the protocol: every command, the fields it takes and what carries
// it out. What is refused, what help tells and what runs are read from here alone.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kassa/cmd/kassactl/near"
	"kassa/pos"
)

// command is one entry of the protocol.
type command struct {
	name   string
	fields []Field
	open   bool // allowed before login
	do     func(*Session, context.Context, *request) (any, error)
}

// Field is one field of a command.
type Field struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Required bool   `json:"required"`
}

// kinds are the types of fields, each with how it is written.
var kinds = [][2]string{
	{"text", `"…"`}, {"decimal", `"12.50"`}, {"whole", `3`}, {"bool", `true`}, {"day", `"2026-12-31"`},
	{"time", `"2026-12-31T09:00:00Z"`}, {"method", `"cash"`}, {"list", `[…]`}, {"object", `{…}`},
}

// everywhere is what each command takes besides its own fields.
var everywhere = []string{"cmd", "approval"}

// families are all commands, those of one kind together; names and fields are
// permanent. It is filled at the start, because help is one of them and reads it.
var families [][]command

func init() { families = protocol() }

// on makes an entry. Its fields are names with spaces between; "?" marks one that
// may be absent, ":" begins its type where that is not text.
func on(name, fields string, do func(*Session, context.Context, *request) (any, error)) command {
	c := command{name: name, do: do, fields: []Field{}}
	for _, word := range strings.Fields(fields) {
		word, kind, typed := strings.Cut(word, ":")
		if !typed {
			kind = "text"
		}
		bare := strings.TrimSuffix(word, "?")
		c.fields = append(c.fields, Field{Name: bare, Type: kind, Required: bare == word})
	}
	return c
}

// opened is on for a command that takes no login.
func opened(name, fields string, do func(*Session, context.Context, *request) (any, error)) command {
	c := on(name, fields, do)
	c.open = true
	return c
}

func protocol() [][]command {
	return slices.Concat(ofTheDay(), ofCustomers(), ofTheShop())
}

// ofTheDay are the commands of a day at the counter.
func ofTheDay() [][]command {
	return [][]command{{
		opened("help", "command?", (*Session).help),
		opened("login", "pin", (*Session).login),
		on("logout", "", (*Session).logout),
		on("recovery.new", "", (*Session).newRecovery),
	}, {
		on("shift.open", "float:decimal", (*Session).openShift),
		on("shift.close", "counted:decimal", (*Session).closeShift),
		on("cash.in", "amount:decimal reason", (*Session).cashIn),
		on("cash.out", "amount:decimal reason", (*Session).cashOut),
		on("report.x", "", (*Session).xReport),
	}, {
		on("scan", "code qty?:decimal price?:decimal", (*Session).scan),
		on("search", "text limit?:whole", (*Session).search),
		on("line.qty", "line:whole qty:decimal", (*Session).setQty),
		on("line.price", "line:whole price:decimal", (*Session).setPrice),
		on("line.discount", "line:whole percent?:decimal amount?:decimal", (*Session).discountLine),
		on("line.remove", "line:whole reason?", (*Session).removeLine),
	}, {
		on("cheque", "", (*Session).cheque),
		on("cheque.discount", "percent?:decimal amount?:decimal", (*Session).discountCheque),
		on("cheque.cancel", "reason", (*Session).cancelCheque),
		on("cheque.park", "note?", (*Session).park),
		on("cheque.parked", "", (*Session).parked),
		on("cheque.recall", "id", (*Session).recall),
	}, {
		on("points.spend", "amount:decimal", (*Session).spendPoints),
		on("tender", "method:method amount:decimal merchant? sure?:bool", (*Session).tender),
		on("tender.take", "order", (*Session).takeManual),
		on("tender.remove", "method:method tender?:whole amount?:decimal", (*Session).removeTender),
		on("code.enter", "challenge code", (*Session).enterCode),
		on("code.resend", "challenge", (*Session).resendCode),
		on("code.skip", "challenge reason", (*Session).skipCode),
		on("challenge", "challenge", (*Session).challenge),
		on("coupon.add", "number", (*Session).addCoupon),
		on("coupon.remove", "number", (*Session).removeCoupon),
	}, {
		on("sale.finish", "id?", (*Session).finish),
		on("sale.show", "id? number?:whole epoch?:whole", (*Session).showSale),
		on("receipt", "id? number?:whole epoch?:whole width?:whole", (*Session).receipt),
		on("debt.repay", "customer method:method amount:decimal", (*Session).repay),
	}, {
		on("return.start", "id? number?:whole epoch?:whole code?", (*Session).startReturn),
		on("return.find", "number?:whole from?:time to?:time customer? product? limit?:whole", (*Session).findSales),
		on("return.line", "line:whole qty:decimal reason? restock?:bool", (*Session).returnLine),
		on("return.scan", "code qty?:decimal price?:decimal", (*Session).returnScan),
		on("return.all", "reason? restock?:bool", (*Session).returnAll),
		on("return.method", "method:method", (*Session).refundBy),
		on("return.show", "", (*Session).showReturn),
		on("return.finish", "reason", (*Session).finishReturn),
		on("return.abandon", "", (*Session).abandonReturn),
		on("return.exchange", "drop?:bool", (*Session).exchange),
		on("tender.correct", "sale from:method to:method amount:decimal reason", (*Session).correctTender),
	}}
}

// ofCustomers are the commands about customers, certificates and promotions.
func ofCustomers() [][]command {
	return [][]command{{
		on("customer", "id? phone? card?", (*Session).customer),
		on("customer.add", "name phone? email? card? language? group? birthday? note? credit_limit?:decimal", (*Session).addCustomer),
		on("customer.card", "id", (*Session).customerCard),
		on("customer.edit", "id name? phone? email? card? language? group? birthday? note? credit_limit?:decimal", (*Session).editCustomer),
		on("customer.phone", "id phone", (*Session).changePhone),
		on("customer.merge", "survivor duplicate preview?:bool take?:list", (*Session).mergeCustomers),
		on("customer.archive", "id restore?:bool", (*Session).archiveCustomer),
		on("customer.anonymise", "id forfeit?:bool", (*Session).anonymise),
		on("consents", "id", (*Session).consents),
		on("consent", "id channel purpose given?:bool source", (*Session).consent),
		on("customer.groups", "", (*Session).customerGroups),
		on("customer.group", "id? name earn_percent?:decimal max_share_percent?:decimal credit_limit?:decimal due_days?:whole archived?:bool",
			(*Session).saveCustomerGroup),
	}, {
		on("certificate", "number", (*Session).certificate),
		on("certificate.sell", "number? amount:decimal expires?:day", (*Session).sellCertificate),
		on("certificate.issue", "number? amount:decimal expires?:day reason", (*Session).issueCertificate),
		on("certificate.pay", "number amount?:decimal", (*Session).payCertificate),
		on("certificate.block", "number reason free?:bool", (*Session).blockCertificate),
	}, {
		on("offer.list", "kind? archived?:bool", (*Session).listAllOffers),
		on("offer.put", "offer?:object id? kind? product? text? price?:decimal currency? merchants?:list days?:whole version?:whole", (*Session).putAnyOffer),
		on("offer.archive", "id restore?:bool", (*Session).archiveOffer),
		on("offer.preview", "lines:object customer? offer?:object at?:time", (*Session).previewOffers),
		on("coupon.make", "offer count:whole expires?:day", (*Session).makeCoupons),
		on("coupon.list", "offer", (*Session).listCoupons),
	}, {
		on("merchant.list", "archived?:bool", (*Session).listMerchants),
		on("merchant.put", "id? version?:whole name? description? hint? account_currency? transaction_currency? fee_currency? currencies?:list commission?:decimal fee?:decimal",
			(*Session).putMerchant),
		on("merchant.archive", "id restore?:bool", (*Session).archiveMerchant),
		on("order.new", "id? where? offer? text? merchant? customer? email? date?:day comment? phone? currency? amount?:decimal", (*Session).newManual),
		on("order.list", "state? customer? merchant? from?:time to?:time after? limit?:whole", (*Session).listManual),
		on("order.show", "id", (*Session).showManual),
		on("order.decide", "id version:whole decision where? currency? date?:day comment? request? price?:decimal", (*Session).decideManual),
		on("order.proof", "id file comment? where? request?", (*Session).attachProof),
		on("order.proof.save", "id proof file", (*Session).saveProof),
		on("order.refund", "id request? reason where? ask_only?:bool amount?:decimal", (*Session).refundManual),
		on("order.refund.step", "id refund step where? request?", (*Session).refundStep),
	}}
}

// ofTheShop are the commands about goods, their stock, and the records that were changed past the till.
func ofTheShop() [][]command {
	return [][]command{{
		on("seal.list", "", (*Session).seals),
		on("seal.renew", "kind id? seen", (*Session).sealAgain),
	}, {
		on("stock.list", "kind? skip?:whole limit?:whole", (*Session).stockList),
		on("stock.new", "kind supplier? invoice? reason? category? blind?:bool", (*Session).stockNew),
		on("stock.show", "id", (*Session).stockShow),
		on("stock.head", "id kind? supplier? invoice? reason? category? blind?:bool", (*Session).stockHead),
		on("stock.scan", "id code qty?:decimal", (*Session).stockScan),
		on("stock.line", "id sku qty:decimal cost?:decimal new_price?:decimal", (*Session).stockLine),
		on("stock.remove", "id line:whole", (*Session).stockRemove),
		on("stock.rest", "id", (*Session).stockRest),
		on("stock.drop", "id", (*Session).stockDrop),
		on("stock.post", "id", (*Session).stockPost),
		on("stock.reverse", "id reason", (*Session).stockReverse),
		on("stock.moves", "sku limit?:whole", (*Session).stockMoves),
		on("stock.low", "limit?:whole", (*Session).stockLow),
		on("label.read", "code rules?", (*Session).readLabel),
	}, {
		on("prices", "sku limit?:whole", (*Session).priceHistory),
		on("category.list", "", (*Session).categories),
		on("category.put", "id? name? parent? colour?:whole archived?:bool", (*Session).putCategory),
		on("category.merge", "id into", (*Session).mergeCategories),
		on("category.move", "id before?", (*Session).moveCategory),
		on("tile.list", "", (*Session).tiles),
		on("tile.put", "page:whole place:whole sku? category? colour?:whole", (*Session).putTile),
		on("tile.usual", "", (*Session).usualTiles),
	}}
}

// lookUp finds a command; of one there is none of the refusal names those that
// are written alike.
func lookUp(name string) (*command, error) {
	var names []string
	for _, f := range families {
		for i := range f {
			if f[i].name == name {
				return &f[i], nil
			}
			names = append(names, f[i].name)
		}
	}
	return nil, pos.E(pos.CodeInvalid, "door.unknown-command",
		pos.Args{"Command": shown(name), "Near": strings.Join(near.Words(name, names), ", ")})
}

// takes refuses a field the command does not have: one that is misspelt would
// else be left out silently, and a discount, a price or a reason with it.
func (c *command) takes(r *request) error {
	known := make([]string, 0, len(c.fields)+len(everywhere))
	for _, f := range c.fields {
		known = append(known, f.Name)
	}
	known = append(known, everywhere[1:]...)
	var foreign []string
	for name := range r.fields {
		if name != everywhere[0] && !slices.Contains(known, name) {
			foreign = append(foreign, name)
		}
	}
	if len(foreign) == 0 {
		return nil
	}
	name := slices.Min(foreign)
	return pos.E(pos.CodeInvalid, "door.unknown-field", pos.Args{"Command": c.name, "Field": shown(name),
		"Fields": strings.Join(known, ", "), "Near": strings.Join(near.Words(name, known), ", ")})
}

// Lines are all commands with their fields for a page of help, and how each type
// is written.
func Lines() []string {
	var out []string
	for _, f := range families {
		for i := range f {
			line := fmt.Sprintf("  %-18s", f[i].name)
			for _, field := range f[i].fields {
				line += " " + field.Name
				if !field.Required {
					line += "?"
				}
				if field.Type != "text" {
					line += ":" + field.Type
				}
			}
			out = append(out, strings.TrimRight(line, " "))
		}
		out = append(out, "")
	}
	line := " "
	for _, k := range kinds {
		line += " " + k[0] + " " + k[1]
	}
	return append(out, line)
}
