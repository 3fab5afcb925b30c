package widgets

// CloseDialogs takes all dialogs away, the topmost first, as when the till is
// locked while one is open.
func (k *Kit) CloseDialogs() {
	k.Stay()
	for len(k.dialogs) > 0 {
		k.dialogs[len(k.dialogs)-1].Close()
	}
}

// Covered reports that a dialog lies over the screen.
func (k *Kit) Covered() bool { return len(k.dialogs) > 0 }
