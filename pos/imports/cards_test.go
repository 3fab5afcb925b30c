package imports_test

// This test brings numbers of payment cards in with lists.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/imports"
)

func TestReader_HidesCards(t *testing.T) {
	got, bad, _, err := products(t, "sku;name;price;note;barcode\n1;Подарок 4111 1111 1111 1111;10;оплата 2200000000000004;4600000000015\n")
	require.NoError(t, err)
	require.Empty(t, bad)
	require.Equal(t, "Подарок •••• 1111", got[0].Name)
	require.Equal(t, "оплата •••• 0004", *got[0].Note)
	require.Equal(t, []string{"4600000000015"}, got[0].Barcodes)

	var refused []imports.BadRow
	_, err = imports.Customers(strings.NewReader("name,phone,card,note\nАнна,+79000000001,4111111111111111,5555555555554444\n"), "RU",
		func(c imports.Customer, bad []imports.BadRow) error {
			require.Equal(t, "•••• 4444", *c.Note)
			refused = append(refused, bad...)
			return nil
		})
	require.NoError(t, err)
	require.Len(t, refused, 1)
	require.Equal(t, "text.card-number", refused[0].ID)
}
