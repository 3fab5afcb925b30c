package pos_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func idOf(err error) string {
	if err == nil {
		return ""
	}
	return err.(*pos.Error).ID
}

func TestCheckPIN(t *testing.T) {
	for pin, want := range map[string]string{
		"482915": "", "048291": "", "112233": "", "482915004829": "",
		"": "pin.length", "48291": "pin.length", "4829150048291": "pin.length",
		"48291a": "pin.digits", "48291 ": "pin.digits", "٤٨٢٩١٥"[:6]: "pin.digits",
		"000000": "pin.obvious", "777777": "pin.obvious", "123456": "pin.obvious", "987654": "pin.obvious", "0123456789": "pin.obvious",
	} {
		require.Equal(t, want, idOf(pos.CheckPIN(pin)), pin)
	}
}

func TestPresetGroups(t *testing.T) {
	groups := map[pos.GroupID]pos.Group{}
	for _, g := range pos.PresetGroups() {
		require.NoError(t, g.Check())
		groups[g.ID] = g
	}
	require.ElementsMatch(t, pos.Rights, groups[pos.GroupOwner].Rights)
	for _, r := range []pos.Right{pos.RightSkipPoints, pos.RightSkipCredit, pos.RightEmployees, pos.RightSettings, pos.RightCashOut, pos.RightPrice} {
		cashier := groups[pos.GroupCashier]
		require.False(t, cashier.Has(r), "a cashier has %s", r)
	}
	senior := groups[pos.GroupSeniorCashier]
	require.True(t, senior.Has(pos.RightSkipPoints) && senior.Has(pos.RightSkipCredit))
	admin := groups[pos.GroupAdmin]
	require.False(t, admin.Has(pos.RightEmployees), "an admin could make an owner of himself")
}

func TestPresetGroups_ShareNothing(t *testing.T) {
	pos.PresetGroups()[0].Rights[0] = "spoiled"
	require.NotContains(t, pos.PresetGroups()[0].Rights, pos.Right("spoiled"))
	require.NotContains(t, pos.Rights, pos.Right("spoiled"))
}

func TestGroup_Check(t *testing.T) {
	for name, tt := range map[string]struct {
		g    pos.Group
		want string
	}{
		"a preset needs no name":      {pos.Group{ID: pos.GroupCashier}, ""},
		"an own group does":           {pos.Group{ID: "x", Name: " "}, "group.name-empty"},
		"a long name":                 {pos.Group{ID: "x", Name: strings.Repeat("я", 201)}, "group.name-long"},
		"a hidden character":          {pos.Group{ID: "x", Name: "a\u202eb"}, "text.control"},
		"an unknown right":            {pos.Group{ID: "x", Name: "a", Rights: []pos.Right{"fly"}}, "group.right-unknown"},
		"the owner loses a right":     {pos.Group{ID: pos.GroupOwner, Rights: pos.Rights[1:]}, "group.owner-cut"},
		"the owner's rights doubled":  {pos.Group{ID: pos.GroupOwner, Rights: append(slices.Clone(pos.Rights[1:]), pos.Rights[1])}, "group.owner-cut"},
		"the owner keeps every right": {pos.Group{ID: pos.GroupOwner, Rights: pos.Rights}, ""},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, tt.want, idOf(tt.g.Check())) })
	}
}

func TestCheckEmployeeName(t *testing.T) {
	for name, want := range map[string]string{
		"Ольга": "", " ": "employee.name-empty", strings.Repeat("я", 201): "employee.name-long", "a\nb": "text.control",
	} {
		require.Equal(t, want, idOf(pos.CheckEmployeeName(name)), name)
	}
}
