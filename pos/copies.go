package pos

import (
	"time"

	"kassa/pos/history"
)

// CopyContents is what a copy of the shop's data holds, as its own records tell.
type CopyContents struct {
	Shop       string    `json:"shop,omitempty"` // its name when the copy was made; "" when not told
	Till       string    `json:"till,omitempty"`
	Origin     string    `json:"origin"` // hash of the first audit event: the same in all copies of one till
	Schema     int64     `json:"schema"`
	Epoch      int64     `json:"epoch"`
	Sales      int64     `json:"sales"`     // stored in all
	LastSale   int64     `json:"last_sale"` // number of the newest, 0 for none
	LastSaleAt time.Time `json:"last_sale_at,omitzero"`
	Events     int64     `json:"events"` // number and hash of the newest audit event
	Head       string    `json:"head"`
	LastAt     time.Time `json:"last_at,omitzero"`
	Entries    int64     `json:"entries"` // number and hash of the journal's newest entry
	Journal    string    `json:"journal"`
	Pictures   int64     `json:"pictures,omitempty"` // files of the goods' pictures it carries
	// Stands is how far the history had come; nil where the copy was made by a
	// program that did not tell.
	Stands *history.Standing `json:"stands,omitempty"`
}

// Copy is a copy of the shop's data as it lies in a folder.
type Copy struct {
	Path     string        `json:"path"`
	At       time.Time     `json:"at"`
	Bytes    int64         `json:"bytes"`
	Sealed   bool          `json:"sealed"`                     // can be read only with a passphrase or key
	Verified bool          `json:"verified"`                   // read back whole after it was written
	Lacking  bool          `json:"pictures_missing,omitempty"` // pictures of goods that were there are not in it
	Holds    *CopyContents `json:"holds,omitempty"`            // nil when not told beside the copy
	Program  string        `json:"program,omitempty"`          // version of the program that made it
}

// CopyResult is what became of a copy in one folder.
type CopyResult struct {
	Folder string
	Copy   *Copy // nil when there is none
	Err    error // a *Error that says what to do, nil for a whole copy; beside Copy for one that lacks something
}

// CopyStanding is how the copies of one folder stand.
type CopyStanding struct {
	Folder   string    `json:"folder"`
	LastAt   time.Time `json:"last_at,omitzero"` // of the newest whole copy
	LastFile string    `json:"last_file,omitempty"`
	TriedAt  time.Time `json:"tried_at,omitzero"`
	Failed   string    `json:"failed,omitempty"` // id of why the newest attempt failed; "" when it did not
	Path     string    `json:"path,omitempty"`   // what the refusal is about
}

// Problem is why the newest attempt failed, nil when it did not.
func (c *CopyStanding) Problem() error {
	if c.Failed == "" {
		return nil
	}
	return &Error{Code: CodeUnavailable, ID: c.Failed, Args: Args{"Path": c.Path}}
}

// CopyFolder is a folder of copies with what lies in it.
type CopyFolder struct {
	Folder   string
	Own      bool // the shop's own
	Set      bool // the settings send copies there
	Standing CopyStanding
	Copies   []Copy // newest first
	Err      error  // why it cannot be looked into, nil otherwise
}
