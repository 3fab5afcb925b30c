package vendorhttp

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parsed(t *testing.T, body string) Object {
	t.Helper()
	o, err := ParseObject([]byte(body))
	require.NoError(t, err, body)
	return o
}

func TestParseObject(t *testing.T) {
	assert.Equal(t, "1", parsed(t, ` {"a":1} `).Text("a"))
	assert.Equal(t, "2", parsed(t, `{"a":1,"a":2}`).Text("a"))
	for _, body := range []string{"", " ", "null", "[]", "1", `"x"`, "{", `{"a":`, "<html>", "100\n1", `{"a":1}{"b":2}`,
		strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000)} {
		_, err := ParseObject([]byte(body))
		assert.ErrorIs(t, err, ErrNoObject, "%.20q", body)
	}
}

func TestParseList(t *testing.T) {
	for body, want := range map[string][]string{
		`[{"n":"a"},{"n":"b"}]`:               {"a", "b"},
		`[{"n":"a"},null,1,"x",[],{"n":"b"}]`: {"a", "b"},
		`[]`:                                  {},
		`{}`:                                  {},
		`{"0":{"n":"a"},"1":{"n":"b"}}`:       {"a", "b"},
		`{"10":{"n":"c"},"2":{"n":"b"},"0":{"n":"a"}}`: {"a", "b", "c"},
		`{"n":"a"}`: {"a"},
	} {
		list, err := ParseList([]byte(body))
		require.NoError(t, err, body)
		names := []string{}
		for _, o := range list {
			names = append(names, o.Text("n"))
		}
		assert.Equal(t, want, names, body)
	}
	for _, body := range []string{"", "null", "1", "[", `"a"`} {
		_, err := ParseList([]byte(body))
		assert.ErrorIs(t, err, ErrNoObject, body)
	}
	list, err := ParseList([]byte(`{"79000000001":{"n":"a"}}`))
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.True(t, list[0].Has("79000000001"), "a phone is no place in a list")
}

func TestObject_Scalars(t *testing.T) {
	o := parsed(t, `{"n":17,"s":"17","f":412.56,"fs":" 412.56 ","neg":"-3.5","z":null,"b":true,"bs":"true","one":1,"zero":"0",
		"no":false,"obj":{},"list":[1],"big":9223372036854775808,"float":1.0,"lead":"0435","e":1e2,"long":"`+strings.Repeat("x", 65)+`","sp":"a b"}`)
	for key, want := range map[string]string{"n": "17", "s": "17", "f": "412.56", "z": "", "b": "", "obj": "", "list": "",
		"missing": "", "lead": "0435", "e": "1e2"} {
		assert.Equal(t, want, o.Text(key), key)
	}
	for key, want := range map[string]int{"n": 17, "s": 17, "lead": 435} {
		n, ok := o.Int(key)
		assert.True(t, ok, key)
		assert.Equal(t, want, n, key)
	}
	for _, key := range []string{"f", "z", "b", "obj", "list", "missing", "big", "float", "e", "long"} {
		_, ok := o.Int(key)
		assert.False(t, ok, key)
	}
	for key, want := range map[string]int64{"n": 1700, "f": 41256, "fs": 41256, "neg": -350, "e": 10000, "float": 100} {
		n, ok := o.Minor(key)
		assert.True(t, ok, key)
		assert.Equal(t, want, n, key)
	}
	for _, key := range []string{"z", "b", "obj", "missing", "big", "long"} {
		_, ok := o.Minor(key)
		assert.False(t, ok, key)
	}
	for key, want := range map[string]bool{"b": true, "bs": true, "one": true, "zero": false, "no": false} {
		yes, told := o.Flag(key)
		assert.True(t, told, key)
		assert.Equal(t, want, yes, key)
	}
	for _, key := range []string{"z", "n", "obj", "missing", "sp"} {
		_, told := o.Flag(key)
		assert.False(t, told, key)
	}
	for key, want := range map[string]string{"n": "17", "lead": "0435", "long": "", "sp": "", "z": "", "missing": ""} {
		assert.Equal(t, want, o.ID(key), key)
	}
	assert.True(t, o.Has("z"))
	assert.False(t, o.Has("missing"))
	inner, ok := o.Object("obj")
	assert.True(t, ok)
	assert.Empty(t, inner)
	_, ok = o.Object("z")
	assert.False(t, ok)
}

func TestObject_Lists(t *testing.T) {
	o := parsed(t, `{"list":[{"n":1},{"n":2}],"numbered":{"1":{"n":2},"0":{"n":1}},"single":{"n":1},"null":null,"text":"x",
		"empty":[],"words":["a",2,null,{}],"numberedWords":{"1":"b","0":"a"},"object":{"n":"a"}}`)
	for key, want := range map[string]int{"list": 2, "numbered": 2, "single": 1, "null": 0, "text": 0, "empty": 0, "missing": 0} {
		all := o.List(key)
		require.Len(t, all, want, key)
		for i, one := range all {
			n, _ := one.Int("n")
			assert.Equal(t, i+1, n, key)
		}
	}
	for key, want := range map[string][]string{"words": {"a", "2"}, "numberedWords": {"a", "b"}, "text": {"x"}, "null": nil,
		"empty": nil, "missing": nil, "object": nil} {
		assert.Equal(t, want, o.Texts(key), key)
	}
}

func TestObject_Entry(t *testing.T) {
	const phone = "79000000001"
	for body, found := range map[string]bool{
		`{"79000000001":{"code":1}}`:                true,
		`{"+79000000001":{"code":1}}`:               true,
		`{"79000000001":{"code":1},"7":{"code":2}}`: true,
		`[{"code":1}]`:                              true,
		`{"code":1}`:                                true,
		`{"code":1,"x":{}}`:                         true,
		`{"7":{"code":2},"8":{"code":2}}`:           false,
		`[{"code":1},{"code":2}]`:                   false,
		`{"79000000001":"OK"}`:                      false,
		`{"79000000001":null}`:                      false,
		`{}`:                                        false,
		`[]`:                                        false,
		`null`:                                      false,
		`"79000000001"`:                             false,
	} {
		e, ok := parsed(t, `{"to":`+body+`}`).Entry("to", phone, "code")
		assert.Equal(t, found, ok, body)
		if found {
			n, _ := e.Int("code")
			assert.Equal(t, 1, n, body)
		}
	}
}

// FuzzObject lets a vendor say anything at all: nothing panics, hangs or invents.
func FuzzObject(f *testing.F) {
	for _, body := range []string{
		`{"status":"OK","code":100,"sms":{"79000000001":{"code":"100","id":7}},"balance":412.56}`,
		`{"list":[{"a":1},null,2],"balance":"1e99999","flag":"1"}`, `{"list":{"1":{"a":1},"0":{"a":2}},"balance":null}`,
		`[[[[`, `null`, ``, "\ufeff{}", `{"list":{"000000":{},"0":{}}}`, `{"balance":-1e-999999999}`, "\xcd\xe5\xf2",
	} {
		f.Add([]byte(body), "application/json", "79000000001")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType, want string) {
		if len(body) > 1<<16 {
			t.Skip("a machine that fuzzes is not measured")
		}
		said := inUTF8(body, contentType)
		list, err := ParseList(said)
		if err == nil {
			assert.LessOrEqual(t, len(list), len(said))
		}
		o, err := ParseObject(said)
		if err != nil {
			assert.False(t, json.Valid(said) && strings.HasPrefix(strings.TrimSpace(string(said)), "{"), "an object is refused")
		}
		for key := range o {
			o.Text(key)
			o.Int(key)
			o.Flag(key)
			o.Texts(key)
			if minor, ok := o.Minor(key); ok {
				assert.Less(t, minor, int64(1e16))
				assert.Greater(t, minor, int64(-1e16))
			}
			assert.LessOrEqual(t, len(o.ID(key)), MaxID)
			for _, one := range o.List(key) {
				assert.NotNil(t, one)
			}
			if e, ok := o.Entry(key, want, "code"); ok {
				assert.NotNil(t, e)
			}
		}
	})
}
