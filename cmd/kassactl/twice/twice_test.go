package twice

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestField(t *testing.T) {
	for raw, want := range map[string]string{
		`{"a":1,"b":2}`: "", `{"a":1,"a":1}`: "a", `{"a":1,"\u0061":2}`: "a", `{"a":{"b":1,"b":2}}`: "a.b", `{"a":[{"b":1},{"b":2}]}`: "",
		`{"a":[{"b":1,"b":2}]}`: "a.b", `["a","a"]`: "", `{"a":"a","b":"a"}`: "", `{"":1,"":2}`: "", `5`: "",
	} {
		assert.Equal(t, want, Field([]byte(raw)), raw)
	}
}
