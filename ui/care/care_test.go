package care

import (
	"context"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to break a database on purpose

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

func TestSelfCheck_Well(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	closed := 0
	SelfCheck(s.Env, nil, func() { closed++ })
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

	SelfCheck(s.Env, nil, func() {})
	assert.NotEqual(t, "0", s.Facts["selfcheck"]["problems"])
	assert.True(t, uitest.HasText(s.Window, "Не удаляйте ничего"))
	s.Fine()
}

// checker finds what the till alone does not see.
type checker struct{}

func (checker) SelfCheck(context.Context, pos.Actor) ([]till.Problem, error) {
	return []till.Problem{{Invariant: "I9", ID: "manual.fault.sum", Args: pos.Args{"Order": "one", "Where": ""}}}, nil
}

func TestSelfCheck_AsksWhoKnowsMore(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	SelfCheck(s.Env, checker{}, func() {})
	assert.Equal(t, "1", s.Facts["selfcheck"]["problems"])
	assert.True(t, uitest.HasText(s.Window, "I9 · "))
	s.Fine()
}

func TestSelfCheck_WaitsAndMayBePutAway(t *testing.T) {
	s := open(t).login(pos.GroupOwner)
	q := &task.Queue{}
	s.Env.Runner = q
	closed := 0
	SelfCheck(s.Env, nil, func() { closed++ })
	assert.True(t, uitest.HasText(s.Window, "Пересчитываем"))
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, 1, closed)
	q.Finish(0)
	assert.Empty(t, s.Facts["selfcheck"], "nobody looks any more")
}

func TestSelfCheck_NeedsTheRight(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	SelfCheck(s.Env, nil, func() {})
	assert.Equal(t, string(pos.CodeForbidden), s.Facts["selfcheck"]["error"])
	s.Fine()
}
