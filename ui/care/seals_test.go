package care

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// edited is a shop whose file was edited, with somebody of a group logged in.
func edited(t *testing.T, g pos.GroupID, statements ...string) *shop {
	t.Helper()
	s := open(t).login(g)
	s.Books.Spoilt()
	db, err := sql.Open("sqlite", s.file())
	require.NoError(t, err)
	defer db.Close()
	for _, text := range statements {
		_, err = db.Exec(text)
		require.NoError(t, err)
	}
	return s
}

func TestSeals_Well(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	closed := 0
	Seals(s.Env, func() { closed++ })
	s.Shows("seals", "found", "0")
	assert.True(t, uitest.HasText(s.Window, "такие, какими их оставила касса"))
	s.Fine()
	uitest.Press(s.Window, "F8", keys.Esc)
	assert.Equal(t, 1, closed)
}

func TestSeals_TheOwnerLooksAndSealsAgain(t *testing.T) {
	s := edited(t, pos.GroupOwner, "UPDATE customers SET phone = '+79000000666' WHERE phone = '+79000000001'", "UPDATE products SET price = 100 WHERE n = 1",
		"UPDATE groups SET rights = rights || ' settings' WHERE id = 'cashier'")
	Seals(s.Env, func() {})
	s.Shows("seals", "found", "3")
	assert.True(t, uitest.HasText(s.Window, "+79000000666"), "as it is stored now")
	s.Fine()
	uitest.Press(s.Window, "F8")
	s.Shows("seals", "found", "2")
	assert.True(t, uitest.HasText(s.Window, "сутки по нему нельзя тратить"))
	uitest.Press(s.Window, keys.Down, "F8", "F8")
	s.Shows("seals", "found", "0")
	s.Fine()
}

func TestSeals_NeedsTheRight(t *testing.T) {
	s := edited(t, pos.GroupCashier, "UPDATE products SET price = 100 WHERE n = 1")
	Seals(s.Env, func() {})
	s.Shows("seals", "error", "forbidden")
	uitest.Press(s.Window, "F8")
	s.Shows("seals", "error", "forbidden")
	s.Fine()
}
