package pos

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestBackupSettings_Due(t *testing.T) {
	moscow := time.FixedZone("MSK", 3*60*60)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, moscow) }
	never := time.Time{}
	for name, c := range map[string]struct {
		set              BackupSettings
		last, tried, now time.Time
		want             bool
	}{
		"nothing is scheduled":                        {BackupSettings{}, never, never, at(21, 12, 0), false},
		"by hours, not yet":                           {BackupSettings{Hours: 4}, at(21, 9, 0), at(21, 9, 0), at(21, 12, 59), false},
		"by hours, now":                               {BackupSettings{Hours: 4}, at(21, 9, 0), at(21, 9, 0), at(21, 13, 0), true},
		"by hours, never before":                      {BackupSettings{Hours: 4}, never, never, at(21, 13, 0), true},
		"by the clock, before its time":               {BackupSettings{At: "21:30"}, at(20, 21, 30), at(20, 21, 30), at(21, 21, 29), false},
		"by the clock, at its time":                   {BackupSettings{At: "21:30"}, at(20, 21, 30), at(20, 21, 30), at(21, 21, 30), true},
		"the till was off at its time":                {BackupSettings{At: "21:30"}, at(20, 21, 30), at(20, 21, 30), at(22, 9, 0), true},
		"made up for once":                            {BackupSettings{At: "21:30"}, at(22, 9, 0), at(22, 9, 0), at(22, 9, 1), false},
		"failed a moment ago":                         {BackupSettings{At: "21:30"}, at(20, 21, 30), at(21, 21, 30), at(21, 21, 40), false},
		"failed a while ago":                          {BackupSettings{At: "21:30"}, at(20, 21, 30), at(21, 21, 30), at(21, 21, 45), true},
		"the clock was put back below the last copy":  {BackupSettings{Hours: 4}, at(25, 12, 0), at(25, 12, 0), at(21, 12, 0), true},
		"and the failure of the future holds nothing": {BackupSettings{Hours: 4}, never, at(25, 12, 0), at(21, 12, 0), true},
		"a time that is none":                         {BackupSettings{At: "25:00"}, never, never, at(21, 12, 0), false},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, c.set.Due(c.last, c.tried, c.now)) })
	}
}

func TestBackupSettings_FolderList(t *testing.T) {
	set := BackupSettings{Folders: "/media/stick/\n\n  /srv/copies \n/media/stick"}
	assert.Equal(t, []string{"/media/stick", "/srv/copies"}, set.FolderList())
}
