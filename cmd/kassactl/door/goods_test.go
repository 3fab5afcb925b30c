package door_test

import (
	"fmt"
	"testing"

	"kassa/pos"
	"kassa/pos/postest/golden"
)

// The shelves of the shop are put in order, and the quick goods on top of them.
func TestConversation_Goods(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"category.list"}`)
	id := func(name string) string {
		for _, s := range c.must(`{"cmd":"category.list"}`).list("categories") {
			if s["name"] == name {
				return s["id"].(string)
			}
		}
		t.Fatalf("no category %s", name)
		return ""
	}
	c.must(`{"cmd":"category.put","name":"Snacks","colour":3}`)
	c.refused(pos.CodeConflict, `{"cmd":"category.put","name":"snacks"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"category.put","name":" "}`)
	c.refused(pos.CodeInvalid, `{"cmd":"category.put","name":"Other","colour":99}`)
	c.refused(pos.CodeNotFound, `{"cmd":"category.put","id":"none","name":"Other"}`)
	snacks, other := id("Snacks"), id("Молочное")
	c.must(fmt.Sprintf(`{"cmd":"category.put","id":%q,"name":"Sweets"}`, snacks))
	c.must(fmt.Sprintf(`{"cmd":"category.move","id":%q,"before":%q}`, snacks, other))
	c.refused(pos.CodeNotFound, fmt.Sprintf(`{"cmd":"category.move","id":%q,"before":"none"}`, snacks))
	c.must(fmt.Sprintf(`{"cmd":"category.move","id":%q}`, snacks))
	c.must(fmt.Sprintf(`{"cmd":"category.put","id":%q,"archived":true}`, snacks))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"category.merge","id":%q,"into":%q}`, snacks, snacks))
	c.must(fmt.Sprintf(`{"cmd":"category.merge","id":%q,"into":%q}`, snacks, other))

	c.must(`{"cmd":"tile.usual"}`)
	c.must(fmt.Sprintf(`{"cmd":"tile.put","page":2,"place":1,"category":%q,"colour":5}`, other))
	c.must(`{"cmd":"tile.put","page":1,"place":1,"sku":"1002"}`)
	c.must(`{"cmd":"tile.put","page":1,"place":2}`)
	c.refused(pos.CodeNotFound, `{"cmd":"tile.put","page":1,"place":1,"sku":"none"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"tile.put","page":99,"place":1,"sku":"1002"}`)
	c.must(`{"cmd":"tile.usual"}`)

	c.must(`{"cmd":"prices","sku":"1002"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"prices","sku":"none"}`)
	golden.Equal(t, "goods.txt", c.transcript())
}

// Whoever only sells looks at the shelves and changes nothing.
func TestConversation_Goods_NeedTheRight(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"category.list"}`)
	c.must(`{"cmd":"tile.list"}`)
	c.refused(pos.CodeForbidden, `{"cmd":"category.put","name":"Snacks"}`)
	c.refused(pos.CodeForbidden, `{"cmd":"tile.put","page":1,"place":1,"sku":"1002"}`)
	c.refused(pos.CodeForbidden, `{"cmd":"tile.usual"}`)
}

// list is a field that holds objects.
func (r reply) list(field string) []map[string]any {
	var all []map[string]any
	values, _ := r.Result[field].([]any)
	for _, v := range values {
		if m, ok := v.(map[string]any); ok {
			all = append(all, m)
		}
	}
	return all
}
