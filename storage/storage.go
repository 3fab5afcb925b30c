// Package storage cares for the folder a till keeps its data in: where it may
// lie, who may open it, how much room is left. Its subpackages are the engines
// and the stores on them. It also owns the ids of the errors all of them answer
// with; the texts are in assets/i18n/<language>/storage.toml.
package storage

import "kassa/pos"

// Ids of storage errors. They are permanent.
const (
	IDFull      = "storage.full"       // no room on the disk
	IDReadOnly  = "storage.readonly"   // no right to write
	IDBusy      = "storage.busy"       // somebody else holds the database
	IDCorrupt   = "storage.corrupt"    // the file is damaged
	IDIO        = "storage.io"         // the disk does not answer
	IDUnknown   = "storage.unknown"    // whether it was stored cannot be told
	IDNotStored = "storage.not-stored" // the disk failed and nothing was stored; it works again

	// The disk does not keep what is written: nothing is done until it does.
	IDDiskFails    = "storage.disk-fails"
	IDDiskReadOnly = "storage.disk-readonly" // the system lets nothing be written to it
	IDForeign      = "storage.foreign"       // the file is not a till's database
	IDEmpty        = "storage.empty"         // the file has no content
	IDNewer        = "storage.newer"         // written by a newer program
	IDEngine       = "storage.engine"        // the engine is older than the floor
	IDRunning      = "storage.running"       // another till works in this folder
	IDNetwork      = "storage.network"       // the folder is on a network drive
	IDSynced       = "storage.synced"        // the folder is copied by a cloud service
	IDDiskLow      = "storage.disk-low"      // too little room to begin a sale
	IDBadBackup    = "storage.bad-backup"    // a copy was made and is not sound
	IDClosed       = "storage.closed"        // used after Close
	IDTaken        = "storage.taken"         // a unique value exists already
	IDRule         = "storage.rule"          // a rule of the schema refused the row: our mistake
)

// unavailable is an error of the outside world with its cause for the log.
func unavailable(id string, args pos.Args, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: id, Args: args, Err: err}
}
