package door_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// A certificate is sold and spent, a promotion made, tried and given with its
// coupon, without a window.
func TestConversation_Offers(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"certificate.sell","number":"GC-1","amount":"500.00","expires":"2027-01-31"}`)
	c.must(`{"cmd":"tender","method":"cash","amount":"500.00"}`)
	c.must(`{"cmd":"sale.finish"}`)
	require.Equal(t, "500.00", c.must(`{"cmd":"certificate","number":"gc-1"}`).text("left"))
	c.refused(pos.CodeInvalid, `{"cmd":"certificate.sell","number":"GC-2","amount":"500.00","expires":"31.01.2027"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"certificate","number":"GC-9"}`)

	c.refused(pos.CodeInvalid, `{"cmd":"offer.put","offer":{"name":"x","rule":{"effekt":"percent"}}}`)
	c.refused(pos.CodeInvalid, `{"cmd":"offer.put","offer":7}`)
	c.refused(pos.CodeInvalid, `{"cmd":"offer.put"}`)
	offer := c.must(`{"cmd":"offer.put","offer":{"name":"Half","on":true,"rule":{"effect":"percent","percent":5000,"coupon":true}}}`)
	made := c.must(fmt.Sprintf(`{"cmd":"coupon.make","offer":%q,"count":2}`, offer.text("id")))
	number := made.Result["coupons"].([]any)[0].(map[string]any)["number"].(string)
	c.must(`{"cmd":"scan","code":"4600000000039","qty":"2"}`)
	require.Equal(t, "119.00", c.must(fmt.Sprintf(`{"cmd":"coupon.add","number":%q}`, number)).text("total"))
	require.Equal(t, "238.00", c.must(fmt.Sprintf(`{"cmd":"coupon.remove","number":%q}`, number)).text("total"))
	require.Equal(t, "119.00", c.must(fmt.Sprintf(`{"cmd":"scan","code":%q}`, number)).text("total"))
	require.Equal(t, "0.00", c.must(`{"cmd":"certificate.pay","number":"GC-1"}`).text("due"))
	c.must(`{"cmd":"sale.finish"}`)
	require.Equal(t, "381.00", c.must(`{"cmd":"certificate","number":"GC-1"}`).text("left"))
	c.must(`{"cmd":"scan","code":"4600000000039"}`)
	c.refused(pos.CodeConflict, fmt.Sprintf(`{"cmd":"coupon.add","number":%q}`, number))
	preview := c.must(`{"cmd":"offer.preview","lines":[]}`)
	require.Equal(t, "no coupon", preview.Result["offers"].([]any)[0].(map[string]any)["why"])
	c.must(`{"cmd":"certificate.block","number":"GC-1","reason":"lost in the street"}`)
	c.refused(pos.CodeConflict, `{"cmd":"certificate.pay","number":"GC-1"}`)
}
