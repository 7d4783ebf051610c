# SPDX-License-Identifier: BSD-2-Clause
libiuplus_la_SOURCES += rrc/codec.c rrc/defaults.c rrc/integrity.c rrc/map.c rrc/map.h rrc/map_connection.c \
	rrc/map_extension.c rrc/map_ie.c rrc/map_reconfiguration.c rrc/map_security.c rrc/srns.c
pkginclude_HEADERS += include/iuplus/rrc.h

