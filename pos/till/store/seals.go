package store

import (
	"context"

	"kassa/pos"
	"kassa/pos/seal"
)

// Sealing is how a store takes care of the seals of records that guard money.
type Sealing interface {
	// SealWith has every such record sealed when it is put and looked at when it is
	// read, from now on: its Seal says how it was found. Putting a record whose Seal
	// is not whole is CodeConflict. Without a key nothing is sealed or looked at.
	SealWith(k *seal.Key)
	// SealsDemanded says that the data was sealed whole, so that a record without a
	// seal is a broken one. Until then it passes.
	SealsDemanded()
	// SealAll seals every record as it is stored now and returns how many; begun
	// anew when it was interrupted.
	SealAll(ctx context.Context) (int64, error)
}

// Seals are the seals within one transaction.
type Seals interface {
	// Seals looks at every seal and tells fn of those that are not whole; quick
	// leaves out the kinds that may have many records, where they do.
	Seals(quick bool, fn func(*seal.Record) error) (*seal.Stand, error)
	// SealedRecord is one record as its seal sees it; CodeNotFound.
	SealedRecord(kind pos.SealKind, id string) (*seal.Record, error)
	// SealAnew is SealAll within the transaction, for what is done once in a shop's
	// life together with something else.
	SealAnew() (int64, error)
	// SealAgain seals a record as it is stored now; with an id of "" the number of
	// a kind's records.
	SealAgain(kind pos.SealKind, id string) error
}
