package ui

import (
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Leave asks before a form is left whose changes are not saved: typed work is
// never lost to one Esc. save keeps the changes and leaves, drop leaves without
// them; staying calls neither. form is the name of the form's dialog.
func (e *Env) Leave(form string, save, drop func()) {
	var ask *widgets.Dialog
	then := func(do func()) func() { return func() { ask.Close(); do() } }
	yes := e.Kit.KeyButton(e.T("leave.save", nil), widgets.Primary, keys.Enter, then(save))
	no := e.Kit.KeyButton(e.T("leave.drop", nil), widgets.DangerKind, keys.Del, then(drop))
	stay := e.Kit.KeyButton(e.T("leave.stay", nil), widgets.Secondary, keys.Esc, func() { e.Kit.Stay(); ask.Close() })
	ask = e.Kit.Dialog(widgets.DialogSpec{Name: form + ".leave", Title: e.T("leave.title", nil), Width: widgets.Narrow,
		Body:   widgets.NewParagraph(e.T("leave.text", nil), widgets.Body),
		Footer: widgets.Footer(theme.GapCards, stay, no, yes)})
	ask.Show(yes, func(s *keys.Scope) { s.BindKey(keys.Del, then(drop)) })
	e.Shown(form + ".leave")
}
