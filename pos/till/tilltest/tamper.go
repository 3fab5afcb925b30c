package tilltest

// This file changes a shop's database as somebody with a database tool would.

import (
	"database/sql"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to break a database on purpose
)

// Tamper closes the shop, changes its file behind its back and opens it again.
// The guards inside the file, which keep what happened from being changed, are
// taken off first, as an attacker would. From now on the end of the test does not
// prove the books.
func (s *Shop) Tamper(statements ...string) {
	s.Helper()
	s.Spoilt()
	require.NoError(s, s.Store.Close())
	db, err := sql.Open("sqlite", "file:"+s.path()+"?_pragma=synchronous(0)&_pragma=ignore_check_constraints(1)&_pragma=foreign_keys(0)")
	require.NoError(s, err)
	db.SetMaxOpenConns(1)
	for _, step := range append([]string{
		`PRAGMA writable_schema = 1`,
		`DELETE FROM sqlite_master WHERE type = 'trigger' AND (name LIKE '%\_keep' ESCAPE '\' OR name LIKE '%\_stay' ESCAPE '\')`,
		`PRAGMA writable_schema = RESET`, // reads the schema anew
		`BEGIN`}, append(statements, `COMMIT`)...) {
		_, err := db.Exec(step)
		require.NoError(s, err, step)
	}
	require.NoError(s, db.Close())
	s.open()
}
