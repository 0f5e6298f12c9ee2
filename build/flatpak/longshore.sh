#!/bin/sh
# Chromium's own sandbox cannot nest in Flatpak's: zypak, of the base app, makes Flatpak's the sandbox of
# its processes.
exec zypak-wrapper /app/lib/longshore/longshore "$@"
