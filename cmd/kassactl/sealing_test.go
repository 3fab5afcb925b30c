package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sealed is a record as it is told.
type sealed struct {
	Kind, ID, Name, State, Seen string
}

// sealsOf is what `seals` tells.
func sealsOf(t *testing.T, home string) []sealed {
	t.Helper()
	out, errOut, exit := call(t, home, "seals", "--json")
	require.Zero(t, exit, out+errOut)
	var v struct {
		Sealed int64
		Seals  []sealed
	}
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	require.Positive(t, v.Sealed)
	return v.Seals
}

// Who edits the file is told of, by the same story everywhere, until the record was
// looked at and sealed.
func TestSeals(t *testing.T) {
	home, made := demo(t)
	assert.Empty(t, sealsOf(t, home))
	shown, _, exit := call(t, home, "seals")
	require.Zero(t, exit)
	assert.NotContains(t, shown, "cli.")

	tamper(t, home, `UPDATE groups SET rights = rights || ' settings' WHERE id = 'cashier'`,
		`UPDATE products SET price = 1 WHERE sku = (SELECT min(sku) FROM products)`, `UPDATE customers SET phone = '+79000000666' WHERE n = 1`)
	list := sealsOf(t, home)
	require.Len(t, list, 3)
	shown, _, exit = call(t, home, "seals")
	require.Zero(t, exit)
	assert.Contains(t, shown, "kassactl seals renew customer "+list[0].ID+" "+list[0].Seen)
	assert.NotContains(t, shown, "cli.")

	out, _, exit := call(t, home, "verify", "--json")
	assert.Equal(t, exitRefused, exit)
	assert.Contains(t, out, `"invariant":"I15"`)
	out, _, _ = call(t, home, "doctor", "--json")
	assert.Contains(t, out, `"name":"seals","state":"bad"`)
	out, _, _ = callWith(t, `{"cmd":"login","pin":"`+made.Employees[0].PIN+`"}`+"\n"+`{"cmd":"seal.list"}`+"\n", "till", "--home", home)
	assert.Contains(t, out, "I15: ")
	assert.Contains(t, out, `"kind":"group","id":"cashier"`)

	_, _, exit = call(t, home, "seals", "renew", "customer", list[0].ID, "0000")
	assert.Equal(t, exitRefused, exit)
	for _, s := range list {
		out, errOut, exit := call(t, home, "seals", "renew", s.Kind, s.ID, s.Seen)
		require.Zero(t, exit, out+errOut)
	}
	assert.Empty(t, sealsOf(t, home))
	out, _, exit = call(t, home, "verify", "--json")
	assert.Zero(t, exit, out)
	out, _, _ = call(t, home, "doctor", "--json")
	assert.Contains(t, out, `"name":"seals","state":"ok"`)

	tamper(t, home, `DELETE FROM products WHERE n = 2`)
	list = sealsOf(t, home)
	require.Len(t, list, 1)
	_, _, exit = call(t, home, "seals", "renew", list[0].Kind, noID, list[0].Seen)
	assert.Zero(t, exit)
}
