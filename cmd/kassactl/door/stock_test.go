package door_test

import (
	"fmt"
	"testing"

	"kassa/pos"
	"kassa/pos/postest/golden"
)

// Goods come in, are counted and written off; a mistake is taken back.
func TestConversation_Stock(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	id := c.must(`{"cmd":"stock.new","kind":"receiving","supplier":"Dairy","invoice":"17"}`).text("id")
	c.must(fmt.Sprintf(`{"cmd":"stock.scan","id":%q,"code":"3*4600000000015"}`, id))
	c.must(fmt.Sprintf(`{"cmd":"stock.line","id":%q,"sku":"1002","qty":"12","cost":"31.50","new_price":"49.00"}`, id))
	c.refused(pos.CodeNotFound, fmt.Sprintf(`{"cmd":"stock.line","id":%q,"sku":"none","qty":"1"}`, id))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"stock.line","id":%q,"sku":"1002","qty":"0"}`, id))
	c.must(fmt.Sprintf(`{"cmd":"stock.remove","id":%q,"line":1}`, id))
	c.must(fmt.Sprintf(`{"cmd":"stock.post","id":%q}`, id))
	c.refused(pos.CodeConflict, fmt.Sprintf(`{"cmd":"stock.post","id":%q}`, id))
	c.must(`{"cmd":"stock.moves","sku":"1002"}`)
	c.must(fmt.Sprintf(`{"cmd":"stock.reverse","id":%q,"reason":"counted twice"}`, id))
	c.must(fmt.Sprintf(`{"cmd":"stock.show","id":%q}`, id))

	id = c.must(`{"cmd":"stock.new","kind":"stocktake","blind":true}`).text("id")
	c.must(fmt.Sprintf(`{"cmd":"stock.line","id":%q,"sku":"1002","qty":0}`, id))
	c.must(fmt.Sprintf(`{"cmd":"stock.post","id":%q}`, id))
	id = c.must(`{"cmd":"stock.new","kind":"writeoff"}`).text("id")
	c.must(fmt.Sprintf(`{"cmd":"stock.scan","id":%q,"code":"1001"}`, id))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"stock.post","id":%q}`, id))
	c.must(fmt.Sprintf(`{"cmd":"stock.head","id":%q,"kind":"writeoff","reason":"spoilt"}`, id))
	c.must(`{"cmd":"stock.list","limit":5}`)
	c.must(fmt.Sprintf(`{"cmd":"stock.drop","id":%q}`, id))
	c.must(`{"cmd":"stock.low"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"label.read","rules":"20=weight/5","code":"4600000000015"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"label.read","rules":"20=weight/5","code":"2000042012342"}`)
	golden.Equal(t, "stock.txt", c.transcript())
}
