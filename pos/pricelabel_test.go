package pos_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestLabelJob(t *testing.T) {
	labels := []pos.PriceLabel{
		{Name: "Молоко\n«Луговое»", Price: "89,90 ₽", Old: "99,90 ₽", Unit: "за шт", PerUnit: "1 л — 99,90 ₽", SKU: "1", Code: "46", Shop: "Лавка", Date: "30.11.2026", Count: 3},
		{Name: "Хлеб", Price: "45 ₽", Count: 1}, {Name: "нет", Count: 0},
	}
	j, err := pos.LabelJob(pos.Label58x40, labels)
	require.NoError(t, err)
	require.NoError(t, j.Check())
	paper, back, err := j.Labels()
	require.NoError(t, err)
	labels[0].Name = "Молоко «Луговое»"
	assert.Equal(t, pos.Label58x40, paper)
	assert.Equal(t, labels[:2], back)

	_, err = pos.LabelJob(pos.Label58x40, nil)
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	_, err = pos.LabelJob(pos.Label58x40, make([]pos.PriceLabel, 0))
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	many := make([]pos.PriceLabel, 500)
	for i := range many {
		many[i].Count = 1
	}
	_, err = pos.LabelJob(pos.Label58x40, many)
	assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	for _, lines := range [][]string{nil, {""}, {"58x40", "a"}, append([]string{"58x40"}, make([]string, 10)...)} {
		bad := pos.PrintJob{Kind: pos.PrintLabels, Lines: lines}
		_, _, err := bad.Labels()
		assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	}
}
