// This file folds the log that lies beside a database file into it.
package sqlite

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/storage"
)

// Fold puts what the log beside a database file holds into the file and takes
// the log away. Nobody else may have the file open.
func Fold(ctx context.Context, path string) error {
	db, err := openPool(writerDSN(path, &Params{}), 1)
	if err != nil {
		return err
	}
	var busy, pages, folded int64
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &folded)
	if err == nil && busy != 0 {
		err = pos.E(pos.CodeUnavailable, storage.IDBusy, nil)
	}
	return Translate(errors.Join(err, db.Close()))
}
