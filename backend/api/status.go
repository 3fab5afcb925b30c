package api

import (
	"errors"
	"net/http"

	"kassa/pos"
)

// idProofType is how a file is refused that says to be no picture and no PDF.
const idProofType = "manual.proof-type"

// IDNoMethod is how another method than a place can be asked with is refused.
const IDNoMethod = "backend.no-method"

// particular are the errors that HTTP has a word of its own for, beside that of their
// code. What is larger than it may be is one of them, wherever it was sent: by a till
// or in a form.
var particular = map[string]int{
	idToken:              http.StatusUnauthorized,
	idRevoked:            http.StatusUnauthorized,
	IDNoMethod:           http.StatusMethodNotAllowed,
	idProofType:          http.StatusUnsupportedMediaType,
	"manual.proof-large": http.StatusRequestEntityTooLarge,
	"pages.large":        http.StatusRequestEntityTooLarge,
}

// StatusOf is what an error is in HTTP; one that is not known is a failure of ours.
func StatusOf(err error) int {
	if e, ok := errors.AsType[*pos.Error](err); ok && particular[e.ID] != 0 {
		return particular[e.ID]
	}
	if status, ok := statuses[pos.CodeOf(err)]; ok {
		return status
	}
	return http.StatusInternalServerError
}
