package config

import (
	"path/filepath"
	"strings"
	"unicode/utf8"

	"kassa/pos"
)

// backupPassphrase is the secret that seals copies; it has no place in a file.
const backupPassphrase = "backup.passphrase"

// backupKeys are the settings of the copies of the shop's data.
var backupKeys = []key{
	matching("backup.folders", "config.allowed.backup.folders", areFolders, func(s *pos.Settings) *string { return &s.Backup.Folders }),
	whole("backup.every_hours", 0, 168, func(s *pos.Settings) *int { return &s.Backup.Hours }),
	matching("backup.at", "config.allowed.backup.at", isTimeOfDay, func(s *pos.Settings) *string { return &s.Backup.At }),
	boolean("backup.on_close", func(s *pos.Settings) *bool { return &s.Backup.OnClose }),
	whole("backup.keep", 1, 1000, func(s *pos.Settings) *int { return &s.Backup.Keep }),
	whole("backup.keep_days", 0, 3650, func(s *pos.Settings) *int { return &s.Backup.Days }),
	choice("backup.seal", func(s *pos.Settings) *pos.CopySeal { return &s.Backup.Seal }, pos.SealNone, pos.SealPassphrase, pos.SealRecipient),
	matching("backup.recipient", "config.allowed.backup.recipient", isRecipient, func(s *pos.Settings) *string { return &s.Backup.Recipient }),
	boolean("backup.keys", func(s *pos.Settings) *bool { return &s.Backup.Keys }),
}

// mostFolders is how many folders copies may go to.
const mostFolders = 5

// areFolders accepts whole paths, one a line: a copy must not go to wherever a
// program happened to be started.
func areFolders(s string) bool {
	set := pos.BackupSettings{Folders: s}
	list := set.FolderList()
	for _, f := range list {
		if !filepath.IsAbs(f) || pos.HasControl(f) || utf8.RuneCountInString(f) > 400 {
			return false
		}
	}
	return len(list) <= mostFolders
}

func isTimeOfDay(s string) bool {
	_, _, ok := pos.ParseTimeOfDay(s)
	return ok || strings.TrimSpace(s) == ""
}

// isRecipient looks at the form only; whether the key is whole is known where
// it is used.
func isRecipient(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || strings.HasPrefix(s, "age1") && len(s) <= 200 && !pos.HasControl(s)
}
