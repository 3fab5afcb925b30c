package care

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to break a database on purpose

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

func TestSelfCheck_Well(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	closed := 0
	SelfCheck(s.Env, func() { closed++ })
	assert.Equal(t, "0", s.Facts["selfcheck"]["problems"])
	assert.True(t, uitest.HasText(s.Window, "Всё сходится"))
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, 1, closed)
}

func TestSelfCheck_NamesWhatIsBroken(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	s.Books.Spoilt()
	db, err := sql.Open("sqlite", s.file())
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec("UPDATE customers SET credit_limit = credit_limit + 100000 WHERE phone = '+79000000001'")
	require.NoError(t, err)

	SelfCheck(s.Env, func() {})
	assert.NotEqual(t, "0", s.Facts["selfcheck"]["problems"])
	assert.True(t, uitest.HasText(s.Window, "Не удаляйте ничего"))
	s.Fine()
}

func TestSelfCheck_WaitsAndMayBePutAway(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	q := &task.Queue{}
	s.Env.Runner = q
	closed := 0
	SelfCheck(s.Env, func() { closed++ })
	assert.True(t, uitest.HasText(s.Window, "Пересчитываем"))
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, 1, closed)
	q.Finish(0)
	assert.Empty(t, s.Facts["selfcheck"], "nobody looks any more")
}

func TestSelfCheck_NeedsTheRight(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	SelfCheck(s.Env, func() {})
	assert.Equal(t, string(pos.CodeForbidden), s.Facts["selfcheck"]["error"])
	s.Fine()
}
