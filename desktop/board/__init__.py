"""The board (تخته): units by the stage they have reached."""
