package seal_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/seal"
)

var pepper = bytes.Repeat([]byte{7}, 32)

func TestKey_ASealFitsOneRecordAlone(t *testing.T) {
	k := seal.NewKey(pepper)
	mark := k.Make(pos.SealCustomer, "a", nil, "+79000000001", int64(0), nil)
	require.Len(t, mark, seal.Size)
	assert.Equal(t, pos.SealWhole, k.Check(mark, pos.SealCustomer, "a", "+79000000001", int64(0), nil))
	assert.Equal(t, pos.SealMissing, k.Check(nil, pos.SealCustomer, "a", "+79000000001", int64(0), nil))
	for name, is := range map[string]pos.Seal{
		"another phone":         k.Check(mark, pos.SealCustomer, "a", "+79000000002", int64(0), nil),
		"nothing is not zero":   k.Check(mark, pos.SealCustomer, "a", "+79000000001", int64(0), int64(0)),
		"nothing is not a text": k.Check(mark, pos.SealCustomer, "a", "+79000000001", int64(0), ""),
		"a number is not text":  k.Check(mark, pos.SealCustomer, "a", "+79000000001", "0", nil),
		"a field more":          k.Check(mark, pos.SealCustomer, "a", "+79000000001", int64(0), nil, nil),
		"another record":        k.Check(mark, pos.SealCustomer, "b", "+79000000001", int64(0), nil),
		"another kind":          k.Check(mark, pos.SealEmployee, "a", "+79000000001", int64(0), nil),
		"another key":           seal.NewKey(bytes.Repeat([]byte{8}, 32)).Check(mark, pos.SealCustomer, "a", "+79000000001", int64(0), nil),
		"a cut seal":            k.Check(mark[1:], pos.SealCustomer, "a", "+79000000001", int64(0), nil),
		"another version":       k.Check(append([]byte{0, 0, 0, 9}, mark[4:]...), pos.SealCustomer, "a", "+79000000001", int64(0), nil),
	} {
		assert.Equal(t, pos.SealBroken, is, name)
	}
}

func TestKey_WordsDoNotRunIntoEachOther(t *testing.T) {
	k := seal.NewKey(pepper)
	assert.Equal(t, pos.SealBroken, k.Check(k.Make(pos.SealGroup, "a", nil, "bc", "d"), pos.SealGroup, "a", "b", "cd"))
	assert.Equal(t, pos.SealBroken, k.Check(k.Make(pos.SealGroup, "ab", nil, "c"), pos.SealGroup, "a", "bc"))
}

func TestKey_ARecordSealedTwiceHasTwoSeals(t *testing.T) {
	k := seal.NewKey(pepper)
	first := k.Make(pos.SealGroup, "a", nil, "x")
	second := k.Make(pos.SealGroup, "a", first, "x")
	assert.NotEqual(t, first, second)
	assert.Equal(t, pos.SealWhole, k.Check(second, pos.SealGroup, "a", "x"))
}

func TestSum_TellsThatASealIsMissingOrOld(t *testing.T) {
	k := seal.NewKey(pepper)
	a1 := k.Make(pos.SealGroup, "a", nil, "x")
	a2 := k.Make(pos.SealGroup, "a", a1, "y")
	b := k.Make(pos.SealGroup, "b", nil, "x")
	var kept, now seal.Sum
	kept.Add(a1)
	kept.Add(b)
	kept.Drop(a1)
	kept.Add(a2)
	now.Add(a2)
	now.Add(b)
	assert.Equal(t, kept, now)
	now.Drop(a2)
	assert.NotEqual(t, kept, now)
	now.Add(a1)
	assert.NotEqual(t, kept, now)
}

func BenchmarkKey_Make(b *testing.B) {
	k := seal.NewKey(pepper)
	for b.Loop() {
		k.Make(pos.SealProduct, "0197a1b2-0000-7000-8000-000000000001", nil, "sku", "Молоко 3,2 %", "шт", int64(10000), int64(1000), int64(0),
			int64(0), int64(0), int64(0), int64(0), int64(0), int64(0), "4600000000015")
	}
}
