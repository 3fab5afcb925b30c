package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to change books past the program

	"kassa/backend"
	backendmanual "kassa/backend/manual"
	"kassa/pos/manual"
	"kassa/storage/postgres/pgtest"
)

// What somebody changed in the books past the program is found on both engines, and said
// which it is.
func TestProgram_Verify(t *testing.T) {
	for driver, database := range map[string]string{"sqlite": "sqlite:" + filepath.Join(t.TempDir(), "backend.db"), "pgx": pgtest.URL(t)} {
		t.Run(driver, func(t *testing.T) {
			code, out, told := said(t, database, nil, "verify")
			require.Equal(t, exitDone, code, told)
			require.Contains(t, out, "сходятся")
			paid(t, database)
			code, _, told = said(t, database, nil, "verify")
			require.Equal(t, exitDone, code, told)

			db, err := sql.Open(driver, strings.TrimPrefix(database, "sqlite:"))
			require.NoError(t, err)
			defer db.Close()
			for statement, invariant := range map[string]string{
				`DELETE FROM manual_events WHERE n = 1`: "I9", `UPDATE journal SET at = at + 1`: "I12", `UPDATE postings SET amount = amount + 1 WHERE place = 0`: "I3",
			} {
				_, err = db.ExecContext(t.Context(), statement)
				require.NoError(t, err)
				code, out, told = said(t, database, nil, "verify")
				assert.Equal(t, exitRefused, code, statement)
				assert.Contains(t, out, invariant+": ", statement)
				assert.NotContains(t, out, "manual.fault")
				assert.Contains(t, told, "не сходятся", statement)
			}
		})
	}
}

// paid has an order approved in a database.
func paid(t *testing.T, database string) {
	p := &program{options: options{database: database}}
	require.NoError(t, p.with(t.Context(), func(b *backend.Backend) error {
		by := backendmanual.From{Till: "till", By: manual.Person{ID: "owner"}, Rights: manual.AllRights()}
		ctx := context.Background()
		_, err := b.PutMerchant(ctx, by, manual.Merchant{ID: "m", Name: "Курьер", Account: "RUB"})
		require.NoError(t, err)
		_, err = b.New(ctx, by, manual.Ask{ID: "one", Where: manual.AtTill, Text: "Доставка", Price: 350_00, Merchant: "m"})
		require.NoError(t, err)
		_, err = b.Decide(ctx, by, "yes", "one", manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders})
		return err
	}))
}
