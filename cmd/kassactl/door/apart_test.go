package door_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/storage/central"
)

// A server that is cut off and comes back.
type distant struct {
	*backend.Backend
	cut atomic.Bool
}

// joined turns the shop at the door to a server of its own.
func (c *counter) joined() *distant {
	c.t.Helper()
	st, err := central.OpenFile(c.t.Context(), filepath.Join(c.t.TempDir(), central.FileName), false, nil)
	require.NoError(c.t, err)
	c.t.Cleanup(func() { require.NoError(c.t, st.Close()) })
	d := &distant{Backend: backend.New(backend.Params{Store: st, Clock: c.clock, IDs: postest.IDsAfter(1 << 43)})}
	served := api.New(api.Params{Backend: d.Backend})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.cut.Load() {
			panic(http.ErrAbortHandler) // the connection ends without an answer
		}
		served.ServeHTTP(w, r)
	}))
	c.t.Cleanup(s.Close)
	code, err := d.AddTill(c.t.Context(), "Door")
	require.NoError(c.t, err)
	_, err = c.shop.JoinServer(c.t.Context(), c.owner(), s.URL, code.Text, time.Time{})
	require.NoError(c.t, err)
	c.shop.TellAll(c.t.Context())
	return d
}

// What is noted, decided and asked back while the server is cut off waits in the
// queue, once, and is done when it is heard again.
func TestManualPayments_WithoutAConnection(t *testing.T) {
	c := newCounter(t, "en")
	there := c.joined()
	c.login(pos.GroupOwner)
	m := c.must(`{"cmd":"merchant.put","name":"Card to card"}`).text("id")
	paid := c.must(`{"cmd":"order.new","text":"Course","amount":"900.00"}`).text("id")
	open := c.must(`{"cmd":"order.new","text":"Mending","amount":"300.00"}`).text("id")
	c.must(fmt.Sprintf(`{"cmd":"order.decide","id":%q,"version":1,"decision":"approve"}`, paid))
	c.shop.TellAll(t.Context())

	there.cut.Store(true)
	for _, line := range []string{
		`{"cmd":"order.new","text":"Fitting","amount":"50.00","id":"late"}`,
		fmt.Sprintf(`{"cmd":"order.decide","id":%q,"version":1,"decision":"approve","price":"280.00","request":"r1"}`, open),
		fmt.Sprintf(`{"cmd":"order.refund","id":%q,"amount":"400.00","reason":"came once","request":"b1"}`, paid),
	} {
		for range 2 { // whoever heard nothing asks again
			told := c.must(line)
			require.Equal(t, true, told.Result["queued"], "%v", told.Result)
			require.NotEmpty(t, told.text("message"))
		}
	}
	c.refused(pos.CodeLimit, fmt.Sprintf(`{"cmd":"order.refund","id":%q,"amount":"500.01","reason":"too much"}`, paid))
	c.refused(pos.CodeInvalid, `{"cmd":"order.new","text":"Fitting","amount":"50.00","date":"2099-01-01"}`)
	c.refused(pos.CodeUnavailable, `{"cmd":"order.refund","id":"nobody","reason":"what"}`)
	waiting, err := c.shop.Till.Requests(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, waiting, 3, "each is asked once")

	there.cut.Store(false)
	c.clock.Move(time.Hour)
	c.shop.TellAll(t.Context())
	late := c.must(`{"cmd":"order.show","id":"late"}`)
	require.Equal(t, []string{"open", m}, []string{late.text("state"), late.text("merchant")})
	require.Equal(t, "280.00", c.must(fmt.Sprintf(`{"cmd":"order.show","id":%q}`, open)).object("confirmed")["price"])
	back := c.must(fmt.Sprintf(`{"cmd":"order.show","id":%q}`, paid))
	require.Equal(t, "400.00", back.text("refunded"), "the owner gives at once")
	page, err := there.ListOrders(t.Context(), backend.Orders{})
	require.NoError(t, err)
	require.Equal(t, map[manual.State]int64{manual.Open: 1, manual.Approved: 2}, page.Counts)
	waiting, err = c.shop.Till.Requests(t.Context(), "")
	require.NoError(t, err)
	require.Empty(t, waiting)
}
