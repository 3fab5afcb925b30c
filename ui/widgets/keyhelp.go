package widgets

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
)

// ActKeys is the action that tells the keys of whatever is in front.
const ActKeys keys.ActionID = "keys"

// actPalette is the action that finds an action.
const actPalette keys.ActionID = "palette"

// keysAnyway tells the keys where F1 means something of the dialog's own, such as the
// first tender.
const keysAnyway keys.Key = "Ctrl+F1"

// KeyWords is a key and what it does, in the words of the button it is written on.
type KeyWords struct {
	Key   keys.Key
	Words string
}

// KeysShown are the keys on the buttons of the dialog in front that are in sight, in
// the order they are read, and the dialog's title; ok is false where none is open. So
// what a key does is written once: on its button.
func (k *Kit) KeysShown() (title string, list []KeyWords, ok bool) {
	if len(k.dialogs) == 0 {
		return "", nil, false
	}
	d := k.dialogs[len(k.dialogs)-1]
	return d.spec.Title, k.KeysIn(d.spec.Body, d.spec.Footer), true
}

// KeysIn are the keys on the buttons in sight of parts, nil parts left out.
func (k *Kit) KeysIn(parts ...fyne.CanvasObject) (list []KeyWords) {
	seen := map[keys.Key]bool{}
	for _, part := range parts {
		if part == nil {
			continue
		}
		for _, b := range buttonsIn(part) {
			if key := b.Cap(); key != keys.None && !seen[key] {
				seen[key] = true
				list = append(list, KeyWords{key, b.Label})
			}
		}
	}
	return list
}

// Leaves reports that Esc leaves the dialog in front.
func (k *Kit) Leaves() bool {
	return len(k.dialogs) > 0 && !k.dialogs[len(k.dialogs)-1].spec.NoEsc
}

// buttonsIn are the visible buttons that something holds.
func buttonsIn(o fyne.CanvasObject) (list []*Button) {
	if !o.Visible() {
		return nil
	}
	if b, ok := o.(*Button); ok {
		return []*Button{b}
	}
	for _, part := range partsOf(o) {
		list = append(list, buttonsIn(part)...)
	}
	return list
}

// bindKeyHelp lets F1 tell the keys of a dialog, and another key where F1 is the
// dialog's own.
func (k *Kit) bindKeyHelp(s *keys.Scope) {
	if k.OnKeys == nil {
		return
	}
	k.defineKeyHelp()
	s.Bind(ActKeys, k.OnKeys)
	s.BindKey(keysAnyway, k.OnKeys)
}

// bindNoPalette lets the key that finds an action say why it cannot over this dialog.
func (d *Dialog) bindNoPalette() {
	key := d.kit.Keys.KeyOf(actPalette)
	if d.kit.OnNoPalette != nil && key != keys.None && d.spec.Page == "" && d.spec.Name != string(actPalette) {
		d.Scope.BindKey(key, d.kit.OnNoPalette)
	}
}

func (k *Kit) defineKeyHelp() {
	k.Keys.Define(keys.Action{ID: ActKeys, Label: "key.keys", Key: "F1"})
}

// BindHelp lets the key of the keys' list open something nearer first while here
// holds, such as help about the field that has the focus.
func (k *Kit) BindHelp(s *keys.Scope, here func() bool, open func()) {
	k.defineKeyHelp()
	s.Bind(ActKeys, open, keys.When(here))
}

// Cap is the key written on a button that has words, keys.None for none.
func (b *Button) Cap() keys.Key {
	if b.Label == "" {
		return keys.None
	}
	return b.key()
}
