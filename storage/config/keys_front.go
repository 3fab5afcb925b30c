package config

import "kassa/pos"

// frontKeys are the settings of the tiles, the customer display and the sounds.
var frontKeys = []key{
	boolean("front.tiles", func(s *pos.Settings) *bool { return &s.Front.Tiles }),
	boolean("display.on", func(s *pos.Settings) *bool { return &s.Front.Display }),
	choice("display.monitor", func(s *pos.Settings) *pos.Monitor { return &s.Front.DisplayOn }, pos.DisplaySecond, pos.DisplayWindow),
	boolean("sound.on", func(s *pos.Settings) *bool { return &s.Front.Sound }),
	boolean("sound.scanned", func(s *pos.Settings) *bool { return &s.Front.Scanned }),
	boolean("sound.unknown", func(s *pos.Settings) *bool { return &s.Front.Unknown }),
	boolean("sound.error", func(s *pos.Settings) *bool { return &s.Front.Error }),
	boolean("sound.news", func(s *pos.Settings) *bool { return &s.Front.News }),
	boolean("sound.sold", func(s *pos.Settings) *bool { return &s.Front.Sold }),
}
