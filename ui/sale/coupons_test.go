package sale

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// promote puts a promotion of ten per cent in force.
func (r *shop) promote(name string, coupon bool) pos.OfferID {
	r.T.Helper()
	owner, err := r.Till.Login(r.T.Context(), r.Employee(pos.GroupOwner).PIN)
	require.NoError(r.T, err)
	p, err := r.Till.PutPromotion(r.T.Context(), owner, offers.Promotion{Name: name, On: true,
		Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000, Coupon: coupon}})
	require.NoError(r.T, err)
	return p.ID
}

// coupon makes one coupon of a promotion.
func (r *shop) coupon(id pos.OfferID) string {
	r.T.Helper()
	owner, err := r.Till.Login(r.T.Context(), r.Employee(pos.GroupOwner).PIN)
	require.NoError(r.T, err)
	made, err := r.Till.MakeCoupons(r.T.Context(), owner, id, 1, time.Time{})
	require.NoError(r.T, err)
	return made[0].Number
}

func TestCoupons_OnTheChequeByKeysAlone(t *testing.T) {
	r := open(t, uitest.Usual, "ru").show()
	number := r.coupon(r.promote("По купону", true))
	full := r.Demo.Products[0].Price
	r.Scan(0)
	uitest.Press(r.Window, "Shift+F6")
	r.Shows("sale.coupons", "coupons", "0", "error", "")
	uitest.Type(r.Window, "НЕТ-ТАКОГО")
	uitest.Press(r.Window, "Enter")
	r.Shows("sale.coupons", "coupons", "0", "error", "coupon.unknown")
	r.Clock.Advance(time.Second)
	uitest.Scan(r.Window, number)
	r.Shows("sale.coupons", "coupons", "1", "total", (full - full/10).String(), "error", "")
	require.True(t, uitest.HasText(r.Window, "По купону "+r.Env.Words.Money().Bare((full/10).Neg())))
	r.Fine()
	uitest.Press(r.Window, "Del")
	r.Shows("sale.coupons", "coupons", "0", "total", full.String())
	r.Clock.Advance(time.Second)
	uitest.Scan(r.Window, number)
	r.Clock.Advance(time.Second)
	uitest.Press(r.Window, "Esc")
	r.Shows("sale", "total", (full - full/10).String())
}

func TestScreen_PromotionsHaveTheirOwnFigures(t *testing.T) {
	for _, view := range shoptest.Looks {
		t.Run(view.Name, func(t *testing.T) {
			r := open(t, view.Size, view.Lang).show()
			r.SetTheme(theme.New(view.Mode, view.Scale))
			r.promote("Акция дня", false)
			r.Scan(0)
			require.True(t, uitest.HasText(r.Window, r.Env.Words.Money().Bare(r.Demo.Products[0].Price)), "the sum before, struck")
			if view.Size == uitest.Wide {
				require.True(t, uitest.HasText(r.Window, r.Env.T("sale.offers", nil)))
			}
			r.Picture("sale-offers-" + view.Name)
			uitest.Press(r.Window, "Shift+F6")
			r.Picture("sale-coupons-" + view.Name)
		})
	}
}
