package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/pos/hidden"
	"kassa/storage/central/centraltest"
)

// Ids begin with the time they were made: those of two tills set up in the same minute
// begin alike.
func TestMetrics_OfTwoTillsSetUpInTheSameMinute(t *testing.T) {
	s := centraltest.File(t)
	b := backend.New(backend.Params{Store: s, Clock: clock{}, IDs: uuids{}})
	ids := []string{"019a0000-0000-7000-8000-000000000001", "019a0000-0100-7000-8000-000000000002"}
	for i, id := range ids {
		code, err := b.AddTill(t.Context(), id)
		require.NoError(t, err)
		_, err = b.Join(t.Context(), backend.Joining{Code: code.Text, Till: id, Token: hidden.New(strings.Repeat(string(rune('a'+i)), 64))})
		require.NoError(t, err)
	}
	w := httptest.NewRecorder()
	metrics(b).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	for _, id := range ids {
		assert.Contains(t, w.Body.String(), `kassa_till_queue{till="`+id+`"} 0`)
	}
}
