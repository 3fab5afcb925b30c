package sms

import "kassa/pos/hidden"

// Secret is a token or password, which does not show itself.
type Secret = hidden.Text

// NewSecret hides value.
func NewSecret(value string) Secret { return hidden.New(value) }
