package pos_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// A field forgotten here would let a confirmed cheque change unseen.
func TestLine_SameLooksAtEveryField(t *testing.T) {
	base := pos.Line{No: 1, Name: "Молоко", Offers: []pos.Given{{Offer: "a", Sum: 5}}}
	same := base
	same.Offers = []pos.Given{{Offer: "a", Sum: 5}}
	require.True(t, base.Same(&same))
	kind := reflect.TypeFor[pos.Line]()
	for i := range kind.NumField() {
		other := base
		switch f := reflect.ValueOf(&other).Elem().Field(i); f.Interface().(type) {
		case string, pos.ProductID:
			f.SetString("other")
		case bool:
			f.SetBool(true)
		case time.Time:
			f.Set(reflect.ValueOf(time.Unix(1, 0)))
		case pos.Discount:
			f.Set(reflect.ValueOf(pos.Discount{Sum: 1}))
		case pos.ProductFlags:
			f.Set(reflect.ValueOf(pos.ProductFlags{NoOffers: true}))
		case []pos.Given:
			f.Set(reflect.ValueOf([]pos.Given{{Offer: "a", Sum: 6}}))
		default:
			f.SetInt(77)
		}
		require.False(t, base.Same(&other), kind.Field(i).Name)
	}
}
