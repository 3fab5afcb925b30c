package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/message"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window.
const (
	actSave    keys.ActionID = "settings.save"
	actBalance keys.ActionID = "settings.balance"
	actSend    keys.ActionID = "settings.send"
	actForget  keys.ActionID = "settings.forget"
	actMore    keys.ActionID = "settings.more"
	actSystems keys.ActionID = "settings.systems"
)

// DefineKeys names the actions of the settings.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actSave, Label: "key.settings.save", Key: "Ctrl+S"},
		keys.Action{ID: actBalance, Label: "key.settings.balance", Key: "F5"},
		keys.Action{ID: actSend, Label: "key.settings.send", Key: "F6"},
		keys.Action{ID: actForget, Label: "key.settings.forget", Key: "F4"},
		keys.Action{ID: actMore, Label: "key.settings.more", Key: "F7"},
		keys.Action{ID: actSystems, Label: "key.settings.systems", Key: "Shift+F4"},
		keys.Action{ID: actTestPage, Label: "key.settings.print.test", Key: "F8"},
		keys.Action{ID: actWizard, Label: "key.settings.print.wizard", Key: "F9"},
		keys.Action{ID: actLogo, Label: "key.settings.print.logo", Key: "F11"},
		keys.Action{ID: actTestLabel, Label: "key.settings.label.test", Key: "Shift+F9"},
		keys.Action{ID: actSound, Label: "key.settings.sound", Key: "Shift+F8"},
		keys.Action{ID: actHistory, Label: "key.settings.history", Key: "F3"},
		keys.Action{ID: actRevert, Label: "key.history.revert", Key: "F9"},
		keys.Action{ID: actJoin, Label: "key.settings.server.join", Key: "Shift+F6"},
		keys.Action{ID: actCheck, Label: "key.settings.server.check", Key: "Shift+F5"},
		keys.Action{ID: actLeave, Label: "key.settings.server.leave", Key: "Shift+F7"},
		keys.Action{ID: actMailCheck, Label: "key.settings.mail.check", Key: "Shift+F2"},
		keys.Action{ID: actMailSend, Label: "key.settings.mail.send", Key: "Shift+F3"},
		keys.Action{ID: actPulse, Label: "key.settings.print.drawer", Key: "F12"},
	)
}

// view is the window of settings.
type view struct {
	env    *ui.Env
	admin  Admin
	closed func(changed bool)

	m       *model
	dialog  *widgets.Dialog
	nav     *widgets.Nav
	holder  *fyne.Container
	pages   map[Tab]fyne.CanvasObject
	fields  map[string]*field
	helped  []helped
	save    *widgets.Button
	leave   *widgets.Button // called by whether something would be lost
	news    *widgets.Banner
	sms     *smsPage
	warn    *contactsPage
	printer *printerPage
	labels  *labelPrinterPage
	copies  *copiesPage
	sounds  *soundTrial
	server  *serverPage
	mail    *mailPage

	tab     Tab
	busy    bool
	changed bool // something was saved
	going   bool // saving is on the way out
	stays   bool // the page comes again, over the window built anew
	past    bool // the history comes next
	balance string
	sent    string
}

// Open shows the settings on the page named by tab, "" for the first. closed is
// called when the window has gone and tells whether anything was saved.
func Open(env *ui.Env, a Admin, tab string, closed func(changed bool)) {
	open(env, a, tab, closed, func() {})
}

// open is Open; shown is called once the page is there.
func open(env *ui.Env, a Admin, tab string, closed func(changed bool), shown func()) {
	task.Run(env.Ctx, env.Runner, a.Kept, func(k *Kept, err error) {
		if err != nil {
			env.Kit.Toast(env.Words.Error(err), widgets.Bad)
			env.Shown("settings", "error", string(pos.CodeOf(err)))
			closed(false)
			return
		}
		v := &view{env: env, admin: a, closed: closed, m: newModel(k), fields: map[string]*field{}}
		DefineKeys(env.Kit.Keys)
		v.build()
		v.show(Tab(tab))
		shown()
	})
}

func (v *view) build() {
	k := v.env.Kit
	names := make([]string, len(tabs))
	for i, t := range tabs {
		names[i] = v.env.T("settings.tab."+string(t), nil)
	}
	v.nav = k.Nav(names, 0, func(i int) { v.turn(tabs[i]) })
	v.holder = container.NewStack()
	v.news = widgets.NewBanner("", widgets.Bad)
	v.pages = map[Tab]fyne.CanvasObject{
		TabShop:         v.shopPage(),
		TabTill:         v.tillPage(),
		TabMoney:        v.moneyPage(),
		TabIntegrations: v.integrationsPage(),
		TabContacts:     v.contacts(),
		TabPrinter:      v.printerTab(),
		TabLabelPrinter: v.labelPrinterTab(),
		TabCopies:       v.copiesTab(),
		TabLabels:       v.labelsPage(),
		TabFront:        v.frontPage(),
		TabServer:       v.serverTab(),
		TabMail:         v.mailTab(),
	}
	v.save = k.ActionButton(v.env.T("settings.save", nil), widgets.Primary, actSave)
	past := k.ActionButton(v.env.T("settings.history.open", nil), widgets.Secondary, actHistory)
	v.leave = k.KeyButton(v.env.T("word.close", nil), widgets.Secondary, keys.Esc, v.onLeave)
	side := widgets.NewPanel(v.nav, theme.ColorBackground, theme.ColorNone, theme.RadiusCard, theme.GapSmall, theme.GapSmall)
	body := widgets.Columns(theme.GapInside,
		k.Width(func(window float32) float32 { return min(212, window*0.2) }, side),
		widgets.Grow(v.holder))
	v.dialog = k.Dialog(widgets.DialogSpec{
		Name: "settings", Page: "settings", Title: v.env.T("settings.title", nil), Width: widgets.Wide, Height: 732, Fills: true, OnEsc: v.onLeave,
		Body: body,
		Footer: widgets.VBox(theme.GapSmall, v.news,
			widgets.HBox(theme.GapCards, v.leave, past, widgets.Spring(), v.save)),
	})
	v.dialog.OnClosed = v.onClosed
}

func (v *view) show(tab Tab) {
	i := max(slices.Index(tabs, tab), 0)
	v.nav.SetSelected(i)
	v.dialog.Show(v.nav, func(s *keys.Scope) {
		s.Bind(actSave, v.onStay)
		s.Bind(actBalance, v.onBalance)
		s.Bind(actSend, v.onSend)
		s.Bind(actForget, v.onForget)
		s.Bind(actMore, v.onMore)
		s.Bind(actSystems, v.onSystems, keys.When(func() bool { return v.tab == TabIntegrations }))
		s.Bind(actHistory, v.onHistory)
		v.env.Kit.BindHelp(s, func() bool { return v.inHand() != nil }, v.onHelp)
		v.printer.bind(s)
		v.labels.bind(s)
		v.server.bind(s)
		v.mail.bind(s)
		s.Bind(actSound, v.sounds.onTry, keys.When(func() bool { return v.tab == TabFront }))
		s.BindKey(keys.PgUp, func() { v.step(-1) })
		s.BindKey(keys.PgDn, func() { v.step(1) })
	})
	v.turn(tabs[i])
}

// onForget marks the kept secrets of the page to be forgotten, or takes that back.
func (v *view) onForget() {
	if v.tab == TabMail {
		v.mail.panel.onForget()
		return
	}
	v.sms.onForget()
}

// onMore shows the advanced fields of the page, or folds them away.
func (v *view) onMore() {
	if v.tab == TabMail {
		v.mail.onMore()
		return
	}
	v.sms.onMore()
}

// step turns to the next page or the one before.
func (v *view) step(by int) {
	i := min(max(slices.Index(tabs, v.tab)+by, 0), len(tabs)-1)
	v.env.Kit.Focus(v.nav)
	v.nav.SetSelected(i)
	v.turn(tabs[i])
}

func (v *view) turn(t Tab) {
	v.tab = t
	v.dialog.SetTitle(v.env.T("settings.title", nil)+" · "+v.env.T("settings.page."+string(t), nil), "", "")
	v.holder.Objects = []fyne.CanvasObject{v.pages[t]}
	v.refresh()
	v.server.load()
}

// refresh follows a change of whatever field.
func (v *view) refresh() {
	for key, f := range v.fields {
		f.refuse(v.env.Words.Error(v.m.bad[key]))
	}
	v.sms.refresh()
	v.mail.refresh()
	v.warn.refresh()
	v.copies.refresh()
	v.save.SetEnabled(!v.busy)
	v.holder.Refresh()
	v.dialog.Refresh()
	v.tell()
}

// tell reports what is on the screen.
func (v *view) tell() {
	bad := ""
	if _, key := v.m.firstBad(); key != "" {
		bad = key
	} else if v.news.Text() != "" {
		bad = "save"
	}
	dirty, leave := "no", "word.close" // nothing is lost
	if v.m.dirty() {
		dirty, leave = "yes", "word.cancel"
	}
	v.leave.SetLabel(v.env.T(leave, nil))
	v.env.Shown("settings", "tab", string(v.tab), "dirty", dirty, "error", bad, "balance", v.balance, "sent", v.sent)
}

// onChanged takes a changed field.
func (v *view) onChanged(key, text string) {
	v.m.set(key, text)
	v.printer.onChanged(key, text)
	v.labels.news.Set("", widgets.Info)
	v.mail.stale()
	v.news.Set("", widgets.Neutral)
	v.refresh()
}

// onStay saves and stays on the page: who changes one thing often changes the next.
func (v *view) onStay() {
	if v.busy {
		return
	}
	v.past, v.going = false, false
	if !v.m.dirty() {
		v.env.Kit.Toast(v.env.T("settings.nothing-new", nil), widgets.Info)
		return
	}
	v.onSave()
}

// onSave checks and saves everything. The window then goes, or comes again as the
// saved settings want it.
func (v *view) onSave() {
	if v.busy {
		return
	}
	if !v.m.dirty() {
		v.dialog.Close()
		return
	}
	if v.copies.problem() != "" || v.copies.missing() {
		v.nav.SetSelected(slices.Index(tabs, TabCopies))
		v.turn(TabCopies)
		v.copies.first.Focus()
		return
	}
	d, ok := v.m.draft()
	if problems, _ := message.Check(v.m.texts["sms.template"]); len(problems) > 0 && v.m.changed("sms.template") {
		v.m.bad["sms.template"], ok = pos.E(pos.CodeInvalid, problems[0].MessageID, problems[0].Data()), false
	}
	if !ok {
		v.showBad()
		return
	}
	v.busy = true
	v.refresh()
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, v.admin.Save(ctx, a, d) },
		v.onSaved)
}

func (v *view) onSaved(_ struct{}, err error) {
	v.busy = false
	if err != nil {
		rest := v.m.refuse(err)
		v.news.Set(v.env.Words.Error(rest), widgets.Bad)
		v.showBad()
		return
	}
	v.changed, v.stays = true, !v.going && !v.past
	if !v.stays {
		v.env.Kit.Toast(v.env.T("settings.saved", nil), widgets.Good)
	}
	v.env.Shown("settings.saved")
	v.dialog.Close()
}

// showBad turns to the first refused field and puts the cursor there.
func (v *view) showBad() {
	tab, key := v.m.firstBad()
	if key == "" {
		v.refresh()
		return
	}
	v.nav.SetSelected(slices.Index(tabs, tab))
	v.turn(tab)
	if f := v.fields[key]; f != nil {
		f.focus()
	}
}

// onLeave closes the window; unsaved changes are asked about first.
func (v *view) onLeave() {
	v.past = false
	if !v.m.dirty() {
		v.dialog.Close()
		return
	}
	v.going = true
	v.env.Leave("settings", v.onSave, v.dialog.Close)
}

// onHistory goes on to the history of the settings. It takes the place of this
// window, which would show what was kept before a change was taken back.
func (v *view) onHistory() {
	if v.busy {
		return
	}
	then := func(do func()) func() { return func() { v.past = true; do() } }
	if !v.m.dirty() {
		then(v.dialog.Close)()
		return
	}
	v.env.Leave("settings", then(v.onSave), then(v.dialog.Close))
}

func (v *view) onClosed() {
	v.server.stop()
	v.closed(v.changed)
	switch {
	case v.env.Actor.ID == "": // a till that was locked meanwhile shows nothing
	case v.past:
		OpenHistory(v.env, v.admin, v.closed)
	case v.stays: // said in the new language, if that is what was changed
		open(v.env, v.admin, string(v.tab), v.closed, func() { v.env.Kit.Toast(v.env.T("settings.saved", nil), widgets.Good) })
	}
}
