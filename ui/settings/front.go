package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/sound"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// actSound lets the sounds be heard.
const actSound keys.ActionID = "settings.sound"

// frontForm are the settings of the tiles, the customer display and the sounds.
var frontForm = []setting{
	flag("front.tiles", func(s *pos.Settings) *bool { return &s.Front.Tiles }).on(TabFront),
	flag("display.on", func(s *pos.Settings) *bool { return &s.Front.Display }).on(TabFront),
	choice("display.monitor", TabFront, chosen, func(s *pos.Settings) *pos.Monitor { return &s.Front.DisplayOn }, "second", "window").hinted(),
	flag("sound.on", func(s *pos.Settings) *bool { return &s.Front.Sound }).on(TabFront),
	flag("sound.scanned", func(s *pos.Settings) *bool { return &s.Front.Scanned }).on(TabFront),
	flag("sound.unknown", func(s *pos.Settings) *bool { return &s.Front.Unknown }).on(TabFront),
	flag("sound.error", func(s *pos.Settings) *bool { return &s.Front.Error }).on(TabFront),
	flag("sound.news", func(s *pos.Settings) *bool { return &s.Front.News }).on(TabFront),
	flag("sound.sold", func(s *pos.Settings) *bool { return &s.Front.Sold }).on(TabFront),
}

// on puts a setting on another page.
func (s setting) on(tab Tab) setting {
	s.tab = tab
	return s
}

// soundTrial lets the sounds be heard before they are needed.
type soundTrial struct {
	v    *view
	news *widgets.Banner
	busy bool
}

func (v *view) frontPage() fyne.CanvasObject {
	t := v.env.T
	s := &soundTrial{v: v, news: widgets.NewBanner("", widgets.Info)}
	v.sounds = s
	return v.page(
		widgets.NewParagraph(t("settings.front.tiles", nil), widgets.Muted),
		v.ask("front.tiles"),
		widgets.NewSeparator(),
		widgets.NewParagraph(t("settings.front.display", nil), widgets.Muted),
		v.pair("display.on", "display.monitor"),
		widgets.NewSeparator(),
		widgets.NewParagraph(t("settings.front.sound", nil), widgets.Muted),
		widgets.KeyBar(theme.GapSmall, v.env.Kit.ActionButton(t("settings.front.try", nil), widgets.Secondary, actSound)), s.news,
		v.pair("sound.on", "sound.scanned"),
		v.pair("sound.unknown", "sound.error"),
		v.pair("sound.news", "sound.sold"))
}

// onTry plays one tone after the other, whatever is switched on.
func (s *soundTrial) onTry() {
	if s.busy {
		return
	}
	v := s.v
	s.busy = true
	s.say(v.env.T("settings.front.playing", nil), widgets.Info)
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (struct{}, error) {
		for _, k := range sound.Kinds() {
			if err := v.env.Sound.Try(ctx, k); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	}, func(_ struct{}, err error) {
		s.busy = false
		if err != nil {
			s.say(v.env.Words.Error(err), widgets.Bad)
		} else {
			s.say(v.env.T("settings.front.played", nil), widgets.Good)
		}
		v.env.Shown("settings.sound", "error", idOf(err))
	})
}

func (s *soundTrial) say(text string, tone widgets.Tone) {
	s.news.Set(text, tone)
	s.v.dialog.Refresh()
}
